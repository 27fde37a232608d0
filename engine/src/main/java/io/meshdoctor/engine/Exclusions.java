package io.meshdoctor.engine;

import io.meshdoctor.facts.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.drools.model.Condition;
import org.drools.model.Pattern;

/**
 * Says for which facts a rule finds no fault at a subject, and so why it is ruled out. It asks the
 * conditions of the rule itself: what is there although the fault is that it is not, or what is
 * there and is as it should be.
 */
final class Exclusions {

  /** Alternatives that are followed; a rule that leaves more open is about numbers, not facts. */
  private static final int MOST_WAYS = 200;

  private final FactBase facts;

  /** Looks among some facts. */
  Exclusions(FactBase facts) {
    this.facts = facts;
  }

  /**
   * The facts that exclude a fault.
   *
   * @param fault the conditions that make it one
   * @param subject what the subject binds
   * @return nothing where only that there is nothing excludes it
   */
  Set<Evidence> of(List<Condition> fault, Bound subject) {
    List<Bound> ways = List.of(subject);
    for (var condition : fault) {
      List<Bound> next = new ArrayList<>();
      Set<Evidence> excluding = new LinkedHashSet<>();
      for (var way : ways) {
        switch (condition.getType()) {
          case PATTERN -> next.addAll(facts.matches(List.of(condition), way, MOST_WAYS));
          case NOT -> {
            var found = facts.matches(condition.getSubConditions(), way, MOST_WAYS);
            found.forEach(one -> add(one.factsSince(way), excluding));
            if (found.isEmpty()) {
              next.add(way);
            }
          }
          case EXISTS -> {
            if (facts.hasMatch(condition.getSubConditions(), way)) {
              next.add(way);
            }
          }
          default -> {
            // what counts facts, or chooses among conditions, points to none of them
            return Set.of();
          }
        }
      }
      if (next.isEmpty()) {
        if (condition instanceof Pattern<?> pattern) {
          ways.forEach(way -> excluding.addAll(facts.nearest(pattern, way)));
        }
        return excluding;
      }
      ways = next.subList(0, Math.min(next.size(), MOST_WAYS));
    }
    return Set.of();
  }

  private static void add(List<Object> matched, Set<Evidence> excluding) {
    for (var fact : matched) {
      if (fact instanceof Evidence evidence) {
        excluding.add(evidence);
      }
    }
  }
}
