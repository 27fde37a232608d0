package io.meshdoctor.facts;

/** How sure a finding is. */
public enum Confidence {
  /** What was read proves it. */
  CERTAIN,
  /** What was read fits this better than anything else. */
  LIKELY,
  /** It cannot be told from what was read; the page names the check that decides. */
  POSSIBLE
}
