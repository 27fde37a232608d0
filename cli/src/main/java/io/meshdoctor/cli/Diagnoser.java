package io.meshdoctor.cli;

import io.meshdoctor.collector.live.LiveProgress;
import io.meshdoctor.engine.Diagnosis;

/** Diagnoses one mesh. */
@FunctionalInterface
interface Diagnoser {

  /**
   * Reads and diagnoses one mesh.
   *
   * @param sources where it is read
   * @param progress sees how far reading is
   * @param rules which rules it is looked at with
   * @param accounting whether the diagnosis has a ledger
   */
  Diagnosis diagnose(
      MeshSources sources, LiveProgress progress, RuleChoice rules, boolean accounting);
}
