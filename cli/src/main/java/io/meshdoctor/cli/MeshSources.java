package io.meshdoctor.cli;

import io.meshdoctor.collector.MeshIntake;
import io.meshdoctor.collector.UnreadableInputException;
import io.meshdoctor.collector.live.LiveOptions;
import io.meshdoctor.collector.live.LiveProgress;
import io.meshdoctor.collector.live.LiveReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the clusters of one mesh are read.
 *
 * @param bundles what was recorded
 * @param live which live clusters there are beside that; absent for none
 * @param probes what to decide more with, once they are read; absent where nothing may be run
 */
record MeshSources(List<Path> bundles, Optional<LiveOptions> live, Optional<GuidedProbes> probes) {

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
