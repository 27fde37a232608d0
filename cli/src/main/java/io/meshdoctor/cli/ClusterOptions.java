package io.meshdoctor.cli;

import io.meshdoctor.collector.live.LiveOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which live clusters are read, and what of them. */
final class ClusterOptions {

  @Option(
      names = "--context",
      paramLabel = "NAME",
      split = ",",
      description =
          "Context of the kubeconfig that leads to a cluster of the mesh. May be repeated. Default:"
              + " all in whose clusters Istio runs.")
  private List<String> contexts = new ArrayList<>();

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The kubeconfig. Default: what KUBECONFIG names, or else ~/.kube/config.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "Time to read all clusters in, such as 45, 30s or 2m; what was not read by then is listed."
              + " Default: 30s.")
  private @Nullable Duration timeout;

  @Option(
      names = "--read-secrets",
      description =
          "Read what remote secrets and cacerts hold, not only their names and labels. Keys and"
              + " tokens are never kept.")
  private boolean secretsRead;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      split = ",",
      description = "Ask the proxies of this namespace, instead of a sample of all proxies.")
  private List<String> namespaces = new ArrayList<>();

  @Option(
      names = "--service",
      paramLabel = "NAMESPACE/NAME",
      split = ",",
      converter = ServiceConverter.class,
      description =
          "Ask the proxies of this service, beside those of the sample or of --namespace.")
  private List<String> services = new ArrayList<>();

  /** Whether the command line names live clusters. */
  boolean areNamed() {
    return !contexts.isEmpty() || kubeconfig != null;
  }

  /** Whether the command line says what to ask live clusters for, or how long. */
  boolean areNarrowed() {
    return timeout != null || secretsRead || !namespaces.isEmpty() || !services.isEmpty();
  }

  /**
   * What to read.
   *
   * @param environment environment variables
   */
  LiveOptions options(Map<String, String> environment) {
    return new LiveOptions(
        kubeconfig,
        contexts,
        timeout == null ? LiveOptions.TIMEOUT : timeout,
        secretsRead,
        namespaces,
        services,
        environment);
  }

  /** Reads a time: a number of seconds, or one with its unit. */
  static final class TimeConverter implements ITypeConverter<Duration> {

    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,4})([smh]?)");

    @Override
    public Duration convert(String value) {
      var time = TIME.matcher(value);
      if (!time.matches()) {
        throw new TypeConversionException("'%s' is no time, such as 30s or 2m".formatted(value));
      }
      long number = Long.parseLong(time.group(1));
      return switch (time.group(2)) {
        case "h" -> Duration.ofHours(number);
        case "m" -> Duration.ofMinutes(number);
        default -> Duration.ofSeconds(number);
      };
    }
  }

  /** Reads the name of a service in its namespace. */
  static final class ServiceConverter implements ITypeConverter<String> {

    private static final Pattern SERVICE = Pattern.compile("[a-z0-9-]+/[a-z0-9-]+");

    @Override
    public String convert(String value) {
      if (!SERVICE.matcher(value).matches()) {
        throw new TypeConversionException(
            "'%s' names no service as NAMESPACE/NAME".formatted(value));
      }
      return value;
    }
  }
}
