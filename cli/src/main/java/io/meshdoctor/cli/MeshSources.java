package io.meshdoctor.cli;

import io.meshdoctor.collector.MeshIntake;
import io.meshdoctor.collector.UnreadableInputException;
import io.meshdoctor.collector.live.LiveOptions;
import io.meshdoctor.collector.live.LiveProgress;
import io.meshdoctor.collector.live.LiveReader;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the clusters of one mesh are read.
 *
 * @param bundles what was recorded
 * @param live which live clusters there are beside that; absent for none
 * @param probes what to decide more with, once they are read; absent where nothing may be run
 */
record MeshSources(List<Path> bundles, Optional<LiveOptions> live, Optional<GuidedProbes> probes) {

  /** The same; of live clusters, proxies of a namespace are asked besides those that are named. */
  MeshSources asking(String namespace) {
    return new MeshSources(
        bundles,
        live.map(
            options -> {
              var namespaces = new LinkedHashSet<>(options.namespaces());
              namespaces.add(namespace);
              return options.withProxies(List.copyOf(namespaces), options.services());
            }),
        probes);
  }

  /** The same; what is undecided once the live clusters are read is decided by probes. */
  MeshSources deciding(Function<LiveOptions, GuidedProbes> deciding) {
    return new MeshSources(bundles, live, live.map(deciding));
  }

  /**
   * Reads all clusters.
   *
   * @param progress sees how far the live ones are
   * @throws UnreadableInputException if one of the bundles or the kubeconfig cannot be used
   */
  MeshIntake read(LiveProgress progress) {
    var intake = new MeshIntake();
    intake.bundles(bundles);
    live.ifPresent(options -> new LiveReader(options, progress).read(intake));
    progress.end();
    return intake;
  }
}
