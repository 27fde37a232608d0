package io.meshdoctor.engine;

import io.meshdoctor.engine.Need.Expression;
import io.meshdoctor.facts.Evidence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.drools.model.Condition;
import org.drools.model.Constraint;
import org.drools.model.Declaration;

/**
 * Facts that can be asked with the conditions of rules, once the rules have concluded what they
 * can. A session would answer too, but keeps each match for as long as it lives; here a match is
 * gone when it was seen. Matches come in the order of the facts.
 */
final class FactBase {

  private static final Pattern JOIN = Pattern.compile("(\\w+)\\s*==\\s*(\\$[\\w.()]+)");

  private final Collection<? extends Evidence> facts;
  private final Map<Class<?>, List<Object>> byClass;
  private final Map<Class<?>, List<Object>> byType = new HashMap<>();
  private final Map<Key, Map<String, List<Object>>> byValue = new HashMap<>();
  private final IdentityHashMap<org.drools.model.Pattern<?>, Parts> parts = new IdentityHashMap<>();

  /** Asks among some facts: all that the rules were given, and all that they have derived. */
  FactBase(Collection<? extends Evidence> facts) {
    this.facts = facts;
    this.byClass = facts.stream().collect(Collectors.groupingBy(Object::getClass));
  }

  /** A component of the facts of one type. */
  private record Key(Class<?> type, String component) {}

  /** A component that is to have the value of something bound before, and where to look it up. */
  private record Join(Map<String, List<Object>> byValue, Expression value) {}

  /**
   * The constraints of a pattern.
   *
   * @param all those that all have to be met
   * @param joining those of them that ask for the value of something bound before
   * @param joins what they ask for, where facts can be looked up by it
   * @param same variables that are to be the fact itself
   */
  private record Parts(
      List<Constraint> all, List<Constraint> joining, List<Join> joins, List<String> same) {}

  /** Whether it can be asked with a condition: one that counts nothing and computes nothing. */
  static boolean canAnswer(Condition condition) {
    return switch (condition.getType()) {
      case PATTERN -> !isComputed((org.drools.model.Pattern<?>) condition);
      case AND, OR, NOT, EXISTS ->
          condition.getSubConditions().stream().allMatch(FactBase::canAnswer);
      default -> false;
    };
  }

  /** Whether a pattern takes its facts from an expression. */
  static boolean isComputed(org.drools.model.Pattern<?> pattern) {
    return pattern.getPatternVariable() instanceof Declaration<?> declaration
        && declaration.getSource() != null;
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
        var pattern = (org.drools.model.Pattern<?>) first;
        var all = parts(pattern).all();
        for (var fact : candidates(pattern, bound)) {
          if (areMet(all, pattern, fact, bound)
              && matches(rest, bound.with(pattern, fact), enough)) {
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
  List<Evidence> nearest(org.drools.model.Pattern<?> pattern, Bound bound) {
    var ofPattern = parts(pattern);
    int best = ofPattern.all().size();
    List<Evidence> nearest = new ArrayList<>();
    for (var fact : candidates(pattern, bound)) {
      if (areMet(ofPattern.joining(), pattern, fact, bound)) {
        int failing = 0;
        for (var constraint : ofPattern.all()) {
          failing += isMet(constraint, pattern, fact, bound) ? 0 : 1;
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

  /** The fewest facts of the right type that can be told to hold all matches. */
  List<Object> candidates(org.drools.model.Pattern<?> pattern, Bound bound) {
    if (isComputed(pattern)) {
      return List.of();
    }
    var type = pattern.getPatternVariable().getType();
    for (var same : parts(pattern).same()) {
      var fact = bound.value(same);
      if (type.isInstance(fact)) {
        return List.of(fact);
      }
    }
    var fewest = ofType(type);
    for (var join : parts(pattern).joins()) {
      // what is bound to nothing tells nothing
      var value = join.value().value(bound);
      if (!value.isEmpty()) {
        var joined = join.byValue().getOrDefault(value, List.of());
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

  private Map<String, List<Object>> index(Key key) {
    Map<String, List<Object>> index = new HashMap<>();
    for (var fact : ofType(key.type())) {
      var value = String.valueOf(Need.component(fact, key.component()));
      index.computeIfAbsent(value, one -> new ArrayList<>(1)).add(fact);
    }
    return index;
  }

  private Parts parts(org.drools.model.Pattern<?> pattern) {
    return parts.computeIfAbsent(pattern, this::divide);
  }

  private Parts divide(org.drools.model.Pattern<?> pattern) {
    var type = pattern.getPatternVariable().getType();
    List<Constraint> joining = new ArrayList<>();
    List<Join> joins = new ArrayList<>();
    List<String> same = new ArrayList<>();
    var all = Conditions.singles(pattern.getConstraint());
    for (var constraint : all) {
      var text =
          JOIN.matcher(
              constraint.getType() == Constraint.Type.SINGLE ? Conditions.text(constraint) : "");
      if (text.matches()) {
        joining.add(constraint);
        if (text.group(1).equals("this")) {
          same.add(text.group(2));
        } else if (Need.isComponent(type, text.group(1))) {
          joins.add(
              new Join(
                  byValue.computeIfAbsent(new Key(type, text.group(1)), this::index),
                  Expression.of(text.group(2))));
        }
      }
    }
    return new Parts(all, joining, joins, same);
  }

  private static boolean areMet(
      List<Constraint> constraints, org.drools.model.Pattern<?> pattern, Object fact, Bound bound) {
    for (var constraint : constraints) {
      if (!isMet(constraint, pattern, fact, bound)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMet(
      Constraint constraint, org.drools.model.Pattern<?> pattern, Object fact, Bound bound) {
    try {
      return Conditions.isMet(constraint, pattern, fact, bound);
    } catch (Exception unanswerable) {
      return false;
    }
  }
}
