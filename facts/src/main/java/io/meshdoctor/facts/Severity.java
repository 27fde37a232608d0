package io.meshdoctor.facts;

/** How bad a finding is. */
public enum Severity {
  /** Requests fail, or the next restart breaks the mesh. */
  ERROR,
  /** Nothing fails yet, or the setting may be meant. */
  WARNING,
  /** It works as configured; the report says so because it surprises people. */
  INFO
}
