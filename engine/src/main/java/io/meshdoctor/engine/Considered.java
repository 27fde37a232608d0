package io.meshdoctor.engine;

import java.util.List;

/**
 * A rule has a subject here: what the ledger is made of.
 *
 * <p>Derived by the engine from the conditions of the rule itself, see {@link LedgerRules}.
 *
 * @param rule id of the rule
 * @param subject what the conditions before the first {@code Listed} matched
 */
record Considered(String rule, Subject subject) {

  /**
   * The very facts that a rule matched, in the order of its conditions. Two subjects are equal only
   * if their facts are the same objects: comparing records by value would be slow and no different.
   *
   * @param facts the facts
   */
  record Subject(List<Object> facts) {

    /** The first facts of a longer match. */
    static Subject of(List<Object> match, int length) {
      return new Subject(List.copyOf(match.subList(0, Math.min(length, match.size()))));
    }

    @Override
    public boolean equals(Object other) {
      if (!(other instanceof Subject that) || facts.size() != that.facts.size()) {
        return false;
      }
      for (int i = 0; i < facts.size(); i++) {
        if (facts.get(i) != that.facts.get(i)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int hashCode() {
      int hash = 1;
      for (var fact : facts) {
        hash = 31 * hash + System.identityHashCode(fact);
      }
      return hash;
    }
  }
}
