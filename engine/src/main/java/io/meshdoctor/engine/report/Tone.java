package io.meshdoctor.engine.report;

/** What a piece of a report is, for reports that can show it in colour. */
public enum Tone {
  /** Names an error. */
  ERROR,
  /** Names a warning, or that something could not be told. */
  WARNING,
  /** Names a note. */
  NOTE,
  /** Names that all is well. */
  GOOD,
  /** What to read first. */
  STRONG,
  /** What to read last. */
  DIM,
  /** What to paste into a shell. */
  COMMAND,
  /** Everything else. */
  PLAIN
}
