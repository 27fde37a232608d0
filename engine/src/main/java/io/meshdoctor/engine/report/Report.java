package io.meshdoctor.engine.report;

import io.meshdoctor.engine.Diagnosis;
import java.io.IOException;
import java.io.Writer;

/** Writes diagnoses for readers of one kind. Two reports of one diagnosis are equal. */
public interface Report {

  /**
   * Writes the whole report, its last line end included, and leaves {@code out} open.
   *
   * @throws IOException if {@code out} does
   */
  void write(Diagnosis diagnosis, Writer out) throws IOException;
}
