package io.meshdoctor.facts;

/** Something that a conclusion may rest on. */
public interface Evidence {

  /**
   * Says what this is in one clause: lower case, no full stop, so that reports can join clauses.
   *
   * @return the clause, never empty
   */
  String describe();
}
