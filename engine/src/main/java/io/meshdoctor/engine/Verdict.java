package io.meshdoctor.engine;

/** What a diagnosis comes to. */
public enum Verdict {
  /** Everything that was needed was read, and nothing is wrong. */
  HEALTHY,
  /** Something is wrong. */
  FAULTY,
  /** Nothing was found to be wrong, but not everything that was needed could be read. */
  UNDECIDED
}
