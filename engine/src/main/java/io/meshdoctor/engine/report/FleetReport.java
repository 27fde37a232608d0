package io.meshdoctor.engine.report;

import io.meshdoctor.engine.Fleet;
import java.io.IOException;
import java.io.Writer;

/** Writes the diagnoses of many meshes for readers of one kind. */
@FunctionalInterface
public interface FleetReport {

  /**
   * Writes the whole report, its last line end included, and leaves {@code out} open.
   *
   * @throws IOException if {@code out} does
   */
  void write(Fleet fleet, Writer out) throws IOException;
}
