package io.meshdoctor.cli;

import io.meshdoctor.collector.MeshFacts;
import io.meshdoctor.collector.MeshIntake;
import io.meshdoctor.collector.live.LiveOptions;
import io.meshdoctor.collector.live.LivePods;
import io.meshdoctor.collector.live.LiveProgress;
import io.meshdoctor.collector.live.LiveReader;
import io.meshdoctor.collector.probe.ProbeClusters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/** The mesh that is probed. */
interface ProbeWorld {

  /** What is known of it: read live, or where there are bundles from these. */
  MeshFacts facts(LiveOptions options, List<Path> bundles);

  /** Its clusters. */
  ProbeClusters clusters(LiveOptions options);

  /** What the user answers to a question; empty where nobody does. */
  String answer();

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

        @Override
        public String answer() {
          try {
            var in = new InputStreamReader(System.in, Charset.defaultCharset());
            var line = new BufferedReader(in).readLine();
            return line == null ? "" : line;
          } catch (IOException closed) {
            return "";
          }
        }
      };
}
