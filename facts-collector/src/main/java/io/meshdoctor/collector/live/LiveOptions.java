package io.meshdoctor.collector.live;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to read of which clusters.
 *
 * @param kubeconfig file that the operator gave; null for that of the environment
 * @param contexts names of contexts; empty for all in which Istio runs
 * @param timeout time for the whole run
 * @param readSecrets read what remote secrets and {@code cacerts} hold
 * @param namespaces namespaces of which the proxies are asked; empty for a sample of all
 * @param services Services, as {@code namespace/name}, whose proxies are asked in any case
 * @param environment environment variables
 */
public record LiveOptions(
    @Nullable Path kubeconfig,
    List<String> contexts,
    Duration timeout,
    boolean readSecrets,
    List<String> namespaces,
    List<String> services,
    Map<String, String> environment) {

  /** The time that a run has if nothing else is said. */
  public static final Duration TIMEOUT = Duration.ofSeconds(30);

  public LiveOptions {
    contexts = List.copyOf(contexts);
    namespaces = List.copyOf(namespaces);
    services = List.copyOf(services);
    environment = Map.copyOf(environment);
  }

  /** The options of a run of which nothing else is said. */
  public static LiveOptions defaults() {
    return new LiveOptions(null, List.of(), TIMEOUT, false, List.of(), List.of(), System.getenv());
  }

  /** The same, but for the kubeconfig. */
  public LiveOptions withKubeconfig(@Nullable Path file) {
    return new LiveOptions(file, contexts, timeout, readSecrets, namespaces, services, environment);
  }

  /** The same, but for the contexts. */
  public LiveOptions withContexts(List<String> names) {
    return new LiveOptions(
        kubeconfig, names, timeout, readSecrets, namespaces, services, environment);
  }

  /** The same, but for the time. */
  public LiveOptions withTimeout(Duration time) {
    return new LiveOptions(
        kubeconfig, contexts, time, readSecrets, namespaces, services, environment);
  }

  /** The same, but for whether Secrets are read. */
  public LiveOptions withSecrets(boolean read) {
    return new LiveOptions(kubeconfig, contexts, timeout, read, namespaces, services, environment);
  }

  /** The same, but for the proxies that are asked. */
  public LiveOptions withProxies(List<String> ofNamespaces, List<String> ofServices) {
    return new LiveOptions(
        kubeconfig, contexts, timeout, readSecrets, ofNamespaces, ofServices, environment);
  }
}
