package io.meshdoctor.cli;

import io.meshdoctor.engine.Diagnosis;
import java.nio.file.Path;
import java.util.List;

/** Diagnoses one mesh. */
@FunctionalInterface
interface Diagnoser {

  /**
   * Reads and diagnoses one mesh.
   *
   * @param bundles what was recorded of it
   * @param rules directories of rules beside the built-in ones
   */
  Diagnosis diagnose(List<Path> bundles, List<Path> rules);
}
