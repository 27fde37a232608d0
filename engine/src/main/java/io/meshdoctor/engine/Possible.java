package io.meshdoctor.engine;

import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Listed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.drools.model.Condition;
import org.drools.model.Constraint;
import org.drools.model.Declaration;
import org.drools.model.Pattern;
import org.drools.model.Rule;

/**
 * Which rules may match some facts, as far as each of their conditions tells alone. A rule that
 * asks for a fact which is nowhere matches nothing, and yet a session keeps for it every fact that
 * its other conditions ask for.
 */
final class Possible {

  private final Map<Class<?>, List<Fact>> byType = new HashMap<>();
  private final IdentityHashMap<Condition, Boolean> asked = new IdentityHashMap<>();

  /**
   * Asks of some facts.
   *
   * @param facts all but what rules derive
   */
  Possible(Collection<? extends Fact> facts) {
    facts.forEach(
        fact -> byType.computeIfAbsent(fact.getClass(), type -> new ArrayList<>()).add(fact));
  }

  /** Whether a rule may match. */
  boolean isFor(Rule rule) {
    return isFor((Condition) rule.getView(), List.of());
  }

  /** Whether a rule may match if there were some more facts. */
  boolean isFor(Rule rule, Collection<? extends Fact> more) {
    return isFor((Condition) rule.getView(), more);
  }

  private boolean isFor(Condition condition, Collection<? extends Fact> more) {
    return switch (condition.getType()) {
      case PATTERN -> isFor((Pattern<?>) condition, more);
      case AND, EXISTS -> condition.getSubConditions().stream().allMatch(one -> isFor(one, more));
      case OR -> condition.getSubConditions().stream().anyMatch(one -> isFor(one, more));
      // an absence is always possible, and whatever else there is may be
      default -> true;
    };
  }

  private boolean isFor(Pattern<?> pattern, Collection<? extends Fact> more) {
    var type = pattern.getPatternVariable().getType();
    if (!isGiven(pattern)) {
      return true;
    }
    var own =
        Conditions.singles(pattern.getConstraint()).stream()
            .filter(constraint -> Conditions.isOwn(constraint, pattern))
            .toList();
    return asked.computeIfAbsent(
            pattern,
            first ->
                byType.entrySet().stream()
                    .filter(ofType -> type.isAssignableFrom(ofType.getKey()))
                    .flatMap(ofType -> ofType.getValue().stream())
                    .anyMatch(fact -> isMet(own, pattern, fact)))
        || more.stream().anyMatch(fact -> type.isInstance(fact) && isMet(own, pattern, fact));
  }

  /** Whether all that a pattern can match is given, and nothing derived by rules. */
  private static boolean isGiven(Pattern<?> pattern) {
    var variable = pattern.getPatternVariable();
    var type = variable.getType();
    return Fact.class.isAssignableFrom(type)
        && type != Fact.class
        && type != Listed.class
        && !(variable instanceof Declaration<?> declaration && declaration.getSource() != null);
  }

  private static boolean isMet(List<Constraint> own, Pattern<?> pattern, Fact fact) {
    try {
      for (var constraint : own) {
        if (!Conditions.isMet(constraint, pattern, fact, Bound.NOTHING)) {
          return false;
        }
      }
      return true;
    } catch (Exception unanswerable) {
      // the session is to say so
      return true;
    }
  }
}
