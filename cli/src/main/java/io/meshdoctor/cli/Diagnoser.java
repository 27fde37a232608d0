package io.meshdoctor.cli;

import io.meshdoctor.collector.live.LiveProgress;
import io.meshdoctor.engine.Diagnosis;
import java.nio.file.Path;
import java.util.List;

/** Diagnoses one mesh. */
@FunctionalInterface
interface Diagnoser {

  /**
   * Reads and diagnoses one mesh.
   *
   * @param sources where it is read
   * @param progress sees how far reading is
   * @param rules directories of rules beside the built-in ones
   * @param accounting whether the diagnosis has a ledger
   */
  Diagnosis diagnose(
      MeshSources sources, LiveProgress progress, List<Path> rules, boolean accounting);
}
