package io.meshdoctor.cli;

import io.meshdoctor.collector.MeshFacts;
import io.meshdoctor.collector.MeshIntake;
import io.meshdoctor.collector.live.LiveOptions;
import io.meshdoctor.collector.live.LivePods;
import io.meshdoctor.collector.live.LiveProgress;
import io.meshdoctor.collector.live.LiveReader;
import io.meshdoctor.collector.probe.ProbeClusters;
import java.nio.file.Path;
import java.util.List;

/** The mesh that is probed. */
interface ProbeWorld {

  /** What is known of it: read live, or where there are bundles from these. */
  MeshFacts facts(LiveOptions options, List<Path> bundles);

  /** Its clusters. */
  ProbeClusters clusters(LiveOptions options);

  /** Live clusters. */
  ProbeWorld LIVE =
      new ProbeWorld() {
        @Override
        public MeshFacts facts(LiveOptions options, List<Path> bundles) {
          var intake = new MeshIntake();
          if (bundles.isEmpty()) {
            new LiveReader(options, LiveProgress.NONE).read(intake);
          } else {
            intake.bundles(bundles);
          }
          return intake.facts();
        }

        @Override
        public ProbeClusters clusters(LiveOptions options) {
          return new LivePods(options);
        }
      };
}
