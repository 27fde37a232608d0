package io.meshdoctor.engine;

import io.meshdoctor.engine.Need.Expression;
import io.meshdoctor.facts.Evidence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.drools.model.Condition;
import org.drools.model.Constraint;
import org.drools.model.Declaration;

/**
 * Says for which facts a rule finds no fault at a subject, and so why it is ruled out. It asks the
 * conditions of the rule itself: what is there although the fault is that it is not, or what is
 * there and is as it should be.
 */
final class Exclusions {

  /** Alternatives that are followed; a rule that leaves more open is about numbers, not facts. */
  private static final int MOST_STATES = 200;

  private static final Pattern JOIN = Pattern.compile("(\\w+)\\s*==\\s*(\\$[\\w.()]+)");

  private final Map<Class<?>, List<Object>> byType = new HashMap<>();
  private final Map<Key, Map<String, List<Object>>> byValue = new HashMap<>();
  private final Map<Constraint, Join> joins = new HashMap<>();
  private final Map<org.drools.model.Pattern<?>, Parts> parts = new IdentityHashMap<>();

  /**
   * Looks among some facts.
   *
   * @param facts all that the rule could match
   */
  Exclusions(Collection<? extends Evidence> facts) {
    facts.forEach(
        fact -> byType.computeIfAbsent(fact.getClass(), type -> new ArrayList<>()).add(fact));
  }

  /** A component of the facts of one type. */
  private record Key(Class<?> type, String component) {}

  /** A component that is to have the value of something bound before. */
  private record Join(String component, Expression value) {

    static final Join NONE = new Join("", Expression.NONE);
  }

  /**
   * The constraints of a pattern.
   *
   * @param all those that all have to be met
   * @param joined those of them that ask for the value of something bound before
   */
  private record Parts(List<Constraint> all, List<Constraint> joined) {}

  /** What is bound on the way, and the facts that were matched on it. */
  private record State(Map<String, Object> bindings, List<Evidence> facts) {

    State with(org.drools.model.Pattern<?> pattern, Object fact) {
      Map<String, Object> more = new HashMap<>(bindings);
      more.put(pattern.getPatternVariable().getName(), fact);
      for (var binding : pattern.getBindings()) {
        more.put(binding.getBoundVariable().getName(), binding.eval(fact));
      }
      List<Evidence> all = new ArrayList<>(facts);
      if (fact instanceof Evidence evidence) {
        all.add(evidence);
      }
      return new State(more, all);
    }
  }

  /**
   * The facts that exclude a fault.
   *
   * @param fault the conditions that make it one
   * @param bindings what the subject binds
   * @return nothing where only that there is nothing excludes it
   */
  Set<Evidence> of(List<Condition> fault, Map<String, Object> bindings) {
    List<State> states = List.of(new State(bindings, List.of()));
    for (var condition : fault) {
      List<State> next = new ArrayList<>();
      Set<Evidence> excluding = new LinkedHashSet<>();
      for (var state : states) {
        var here = new State(state.bindings(), List.of());
        switch (condition.getType()) {
          case PATTERN -> next.addAll(solve(condition, state));
          case NOT -> {
            var found = solve(condition.getSubConditions(), here);
            found.forEach(one -> excluding.addAll(one.facts()));
            if (found.isEmpty()) {
              next.add(state);
            }
          }
          case EXISTS -> {
            if (!solve(condition.getSubConditions(), here).isEmpty()) {
              next.add(state);
            }
          }
          default -> {
            // what counts facts, or chooses among conditions, points to none of them
            return Set.of();
          }
        }
      }
      if (next.isEmpty()) {
        states.forEach(state -> excluding.addAll(nearest(condition, state)));
        return excluding;
      }
      states = next.subList(0, Math.min(next.size(), MOST_STATES));
    }
    return Set.of();
  }

  private List<State> solve(List<Condition> conditions, State state) {
    List<State> states = List.of(state);
    for (var condition : conditions) {
      states = states.stream().flatMap(one -> solve(condition, one).stream()).toList();
    }
    return states;
  }

  private List<State> solve(Condition condition, State state) {
    return switch (condition.getType()) {
      case PATTERN -> {
        var pattern = (org.drools.model.Pattern<?>) condition;
        yield candidates(pattern, state)
            .filter(fact -> failing(pattern, fact, state) == 0)
            .limit(MOST_STATES)
            .map(fact -> state.with(pattern, fact))
            .toList();
      }
      case AND -> solve(condition.getSubConditions(), state);
      case OR ->
          condition.getSubConditions().stream().flatMap(one -> solve(one, state).stream()).toList();
      case NOT -> solve(condition.getSubConditions(), state).isEmpty() ? List.of(state) : List.of();
      case EXISTS ->
          solve(condition.getSubConditions(), state).isEmpty() ? List.of() : List.of(state);
      default -> List.of();
    };
  }

  /** The facts that come nearest to what a pattern asks for: they are about the same. */
  private List<Evidence> nearest(Condition condition, State state) {
    if (condition.getType() != Condition.Type.PATTERN) {
      return List.of();
    }
    var pattern = (org.drools.model.Pattern<?>) condition;
    int best = parts(pattern).all().size();
    List<Evidence> nearest = new ArrayList<>();
    for (var fact : candidates(pattern, state).toList()) {
      int failing = failing(pattern, fact, state);
      if (failing < best) {
        nearest.clear();
        best = failing;
      }
      if (failing == best && fact instanceof Evidence evidence) {
        nearest.add(evidence);
      }
    }
    return nearest;
  }

  /** Facts of the right type that have in common with the subject what they are joined by. */
  private Stream<Object> candidates(org.drools.model.Pattern<?> pattern, State state) {
    var variable = pattern.getPatternVariable();
    if (variable instanceof Declaration<?> declaration && declaration.getSource() != null) {
      return Stream.empty();
    }
    var joined = parts(pattern).joined();
    return joinable(variable.getType(), joined, state).stream()
        .filter(fact -> joined.stream().allMatch(one -> isMet(one, pattern, fact, state)));
  }

  /** The fewest facts that can be told to hold all that are joined. */
  private List<Object> joinable(Class<?> type, List<Constraint> constraints, State state) {
    var fewest = byType.getOrDefault(type, List.of());
    for (var constraint : constraints) {
      var join = join(constraint);
      // what is bound under another name, or to nothing, tells nothing
      var value = join.value().value(state.bindings()::get);
      if (!join.component().equals("this") && !value.isEmpty()) {
        try {
          var joined =
              byValue
                  .computeIfAbsent(new Key(type, join.component()), this::index)
                  .getOrDefault(value, List.of());
          fewest = joined.size() < fewest.size() ? joined : fewest;
        } catch (IllegalStateException computed) {
          // not a component; the other constraints may tell
        }
      }
    }
    return fewest;
  }

  private Parts parts(org.drools.model.Pattern<?> pattern) {
    return parts.computeIfAbsent(
        pattern,
        one -> {
          var all = Conditions.singles(one.getConstraint());
          return new Parts(
              all,
              all.stream().filter(constraint -> !join(constraint).component().isEmpty()).toList());
        });
  }

  private Map<String, List<Object>> index(Key key) {
    Map<String, List<Object>> index = new HashMap<>();
    for (var fact : byType.getOrDefault(key.type(), List.of())) {
      var value = String.valueOf(Need.component(fact, key.component()));
      index.computeIfAbsent(value, one -> new ArrayList<>(1)).add(fact);
    }
    return index;
  }

  private Join join(Constraint constraint) {
    return joins.computeIfAbsent(constraint, Exclusions::read);
  }

  private static Join read(Constraint constraint) {
    var text = JOIN.matcher(constraint.predicateInformation().getStringConstraint().strip());
    return text.matches() ? new Join(text.group(1), Expression.of(text.group(2))) : Join.NONE;
  }

  private int failing(org.drools.model.Pattern<?> pattern, Object fact, State state) {
    return (int)
        parts(pattern).all().stream().filter(one -> !isMet(one, pattern, fact, state)).count();
  }

  private static boolean isMet(
      Constraint constraint, org.drools.model.Pattern<?> pattern, Object fact, State state) {
    try {
      return Conditions.isMet(constraint, pattern, fact, state.bindings());
    } catch (Exception unanswerable) {
      return false;
    }
  }
}
