package io.meshdoctor.engine;

import java.util.List;

/**
 * What a rule speaks about in one mesh: the very facts that the first of its conditions match, in
 * the order of the conditions. Two subjects are equal only if their facts are the same objects:
 * comparing records by value would be slow and no different.
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
