package io.meshdoctor.engine;

import io.meshdoctor.engine.AskedPattern.Test;
import io.meshdoctor.facts.Evidence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.drools.model.Condition;
import org.drools.model.Pattern;
import org.drools.model.functions.Function1;
import org.jspecify.annotations.Nullable;

/**
 * Facts that can be asked with the conditions of rules, once the rules have concluded what they
 * can. A session would answer too, but keeps each match for as long as it lives; here a match is
 * gone when it was seen. Matches come in the order of the facts.
 */
final class FactBase {

  private final Collection<? extends Evidence> facts;
  private final Map<Class<?>, List<Object>> byClass;
  private final Map<Class<?>, List<Object>> byType = new HashMap<>();
  private final Map<Key, Optional<Map<String, List<Object>>>> byValue = new HashMap<>();
  private final IdentityHashMap<Pattern<?>, AskedPattern> asked = new IdentityHashMap<>();

  /** Asks among some facts: all that the rules were given, and all that they have derived. */
  FactBase(Collection<? extends Evidence> facts) {
    this.facts = facts;
    this.byClass = facts.stream().collect(Collectors.groupingBy(Object::getClass));
  }

  /** A value of the facts of one type. */
  private record Key(Class<?> type, Function1<Object, ?> value) {}

  /** Whether it can be asked with a condition: one that counts nothing and computes nothing. */
  static boolean canAnswer(Condition condition) {
    return switch (condition.getType()) {
      case PATTERN -> !AskedPattern.isComputed((Pattern<?>) condition);
      case AND, OR, NOT, EXISTS ->
          condition.getSubConditions().stream().allMatch(FactBase::canAnswer);
      default -> false;
    };
  }

  /** What a rule speaks about, as the matches of the conditions that say so. */
  void subjects(Division division, Predicate<Bound> enough) {
    if (division.hasSubjects()) {
      matches(division.subject(), Bound.NOTHING, enough);
    }
  }

  /** The first things that a rule speaks about. */
  List<Subject> subjects(Division division, int most) {
    List<Subject> first = new ArrayList<>();
    subjects(
        division,
        match -> {
          first.add(new Subject(match.facts()));
          return first.size() == most;
        });
    return first;
  }

  /** Whether there is a match of some conditions. */
  boolean hasMatch(List<Condition> conditions, Bound bound) {
    return matches(conditions, bound, match -> true);
  }

  /** The first matches of some conditions. */
  List<Bound> matches(List<Condition> conditions, Bound bound, int most) {
    List<Bound> first = new ArrayList<>();
    matches(
        conditions,
        bound,
        match -> {
          first.add(match);
          return first.size() == most;
        });
    return first;
  }

  /**
   * Goes through the matches of some conditions.
   *
   * @param bound what was matched before
   * @param enough takes a match, and says whether no other is wanted
   * @return whether no other was wanted
   */
  private boolean matches(List<Condition> conditions, Bound bound, Predicate<Bound> enough) {
    if (conditions.isEmpty()) {
      return enough.test(bound);
    }
    var first = conditions.get(0);
    var rest = conditions.subList(1, conditions.size());
    switch (first.getType()) {
      case PATTERN -> {
        var asked = asked((Pattern<?>) first);
        for (var fact : candidates(asked, bound)) {
          if (areMet(asked.tests(), fact, bound)
              && matches(rest, bound.with(asked.pattern(), fact), enough)) {
            return true;
          }
        }
        return false;
      }
      case AND -> {
        return matches(first.getSubConditions(), bound, match -> matches(rest, match, enough));
      }
      case OR -> {
        return first.getSubConditions().stream()
            .anyMatch(one -> matches(List.of(one), bound, match -> matches(rest, match, enough)));
      }
      case NOT -> {
        return !hasMatch(first.getSubConditions(), bound) && matches(rest, bound, enough);
      }
      case EXISTS -> {
        return hasMatch(first.getSubConditions(), bound) && matches(rest, bound, enough);
      }
      default -> {
        return false;
      }
    }
  }

  /** The facts that come nearest to what a pattern asks for: they are about the same. */
  List<Evidence> nearest(Pattern<?> pattern, Bound bound) {
    var asked = asked(pattern);
    var joining = asked.tests().stream().filter(Test::isJoin).toList();
    int best = asked.tests().size();
    List<Evidence> nearest = new ArrayList<>();
    for (var fact : candidates(asked, bound)) {
      if (areMet(joining, fact, bound)) {
        int failing = 0;
        for (var test : asked.tests()) {
          failing += isMet(test, fact, bound) ? 0 : 1;
        }
        if (failing < best) {
          nearest.clear();
          best = failing;
        }
        if (failing == best && fact instanceof Evidence evidence) {
          nearest.add(evidence);
        }
      }
    }
    return nearest;
  }

  /** A pattern, made ready once. */
  AskedPattern asked(Pattern<?> pattern) {
    return asked.computeIfAbsent(pattern, AskedPattern::of);
  }

  /** The fewest facts of the right type that can be told to hold all matches. */
  List<Object> candidates(AskedPattern asked, Bound bound) {
    if (AskedPattern.isComputed(asked.pattern())) {
      return List.of();
    }
    for (var same : asked.same()) {
      var fact = bound.value(same);
      if (asked.type().isInstance(fact)) {
        return List.of(fact);
      }
    }
    var fewest = ofType(asked.type());
    for (var join : asked.joins()) {
      // what is bound to nothing tells nothing
      var wanted = join.wanted(bound);
      var index = wanted == null ? null : index(new Key(asked.type(), join.ofFact()));
      if (index != null) {
        var joined = index.getOrDefault(wanted, List.of());
        fewest = joined.size() < fewest.size() ? joined : fewest;
      }
    }
    return fewest;
  }

  private List<Object> ofType(Class<?> type) {
    return byType.computeIfAbsent(
        type,
        one -> {
          var ofType =
              byClass.entrySet().stream()
                  .filter(ofClass -> one.isAssignableFrom(ofClass.getKey()))
                  .map(Map.Entry::getValue)
                  .toList();
          return switch (ofType.size()) {
            case 0 -> List.of();
            case 1 -> ofType.get(0);
            // in the order of the facts, whatever their classes
            default -> facts.stream().filter(one::isInstance).map(Object.class::cast).toList();
          };
        });
  }

  private @Nullable Map<String, List<Object>> index(Key key) {
    return byValue.computeIfAbsent(key, this::indexed).orElse(null);
  }

  /** The facts of a type by a value of theirs; none where a fact does not tell it. */
  private Optional<Map<String, List<Object>>> indexed(Key key) {
    Map<String, List<Object>> index = new HashMap<>();
    try {
      for (var fact : ofType(key.type())) {
        var value = String.valueOf(key.value().apply(fact));
        index.computeIfAbsent(value, one -> new ArrayList<>(1)).add(fact);
      }
    } catch (RuntimeException unanswerable) {
      return Optional.empty();
    }
    return Optional.of(index);
  }

  private static boolean areMet(List<Test> tests, Object fact, Bound bound) {
    for (var test : tests) {
      if (!isMet(test, fact, bound)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMet(Test test, Object fact, Bound bound) {
    try {
      return test.isMet(fact, bound);
    } catch (Exception unanswerable) {
      return false;
    }
  }
}
