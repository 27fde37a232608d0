package io.meshdoctor.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where the mesh is read: live clusters, what was recorded of them, or both. */
final class SourceOptions {

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--bundle",
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "Recorded state of the mesh: what collect wrote, or of one cluster each an archive of istioctl"
              + " bug-report or a directory of kubectl cluster-info dump. Several are one mesh"
              + " together.")
  private List<Path> bundles = new ArrayList<>();

  @Mixin private ClusterOptions clusters;

  /** Whether the command line names recordings. */
  boolean haveBundles() {
    return !bundles.isEmpty();
  }

  /** Whether live clusters are read. */
  boolean areLive() {
    return bundles.isEmpty() || clusters.areNamed();
  }

  ClusterOptions clusters() {
    return clusters;
  }

  /**
   * Where the mesh is read.
   *
   * @param environment environment variables
   */
  MeshSources sources(Map<String, String> environment) {
    if (!areLive() && clusters.areNarrowed()) {
      throw new ParameterException(
          spec.commandLine(),
          "--timeout, --namespace, --service and --read-secrets are for live clusters; leave them"
              + " out, or add --context");
    }
    return new MeshSources(
        bundles,
        areLive() ? Optional.of(clusters.options(environment)) : Optional.empty(),
        Optional.empty());
  }
}
