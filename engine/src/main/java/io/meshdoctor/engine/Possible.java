package io.meshdoctor.engine;

import io.meshdoctor.engine.AskedPattern.Test;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Listed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.drools.model.Condition;
import org.drools.model.Pattern;
import org.drools.model.Rule;
import org.drools.model.Variable;

/**
 * Which rules may match some facts, as far as the facts tell that are asked for to be there. A rule
 * that finds no such facts matches nothing, and yet a session keeps for it every fact that any of
 * its conditions asks for.
 *
 * <p>Absences, and what other rules derive or is computed, are taken to be as the rule wants them.
 */
final class Possible {

  /** For so many times the number of facts, matches are looked for; then there may be one. */
  private static final int PATIENCE = 10;

  private final FactBase facts;
  private final long mostTests;
  private final IdentityHashMap<Rule, Boolean> asked = new IdentityHashMap<>();
  private final IdentityHashMap<Pattern<?>, Boolean> alone = new IdentityHashMap<>();
  private long tests;

  /**
   * Asks of some facts.
   *
   * @param facts all but what rules derive
   */
  Possible(Collection<? extends Fact> facts) {
    this.facts = new FactBase(facts);
    this.mostTests = (long) PATIENCE * facts.size();
  }

  /** Some facts that a rule asks for, and what it asks of them once those before are known. */
  private record Step(AskedPattern asked, List<Test> tests) {}

  /** Whether a rule may match. */
  boolean isFor(Rule rule) {
    return asked.computeIfAbsent(
        rule,
        one -> ways(one).anyMatch(way -> way.stream().allMatch(this::isMetAlone) && isMet(way)));
  }

  /** Whether a rule that is not for these facts may match if there were some more. */
  boolean isFor(Rule rule, Collection<? extends Fact> more) {
    return ways(rule)
        .anyMatch(
            way ->
                way.stream().anyMatch(pattern -> isMetByOneOf(more, pattern))
                    && way.stream()
                        .allMatch(pattern -> isMetByOneOf(more, pattern) || isMetAlone(pattern)));
  }

  /** What a rule asks to be there, in each of the ways that it may match in. */
  private static Stream<List<Pattern<?>>> ways(Rule rule) {
    return ways(List.of((Condition) rule.getView())).stream();
  }

  private static List<List<Pattern<?>>> ways(List<Condition> conditions) {
    List<List<Pattern<?>>> ways = List.of(List.of());
    for (var condition : conditions) {
      List<List<Pattern<?>>> longer = new ArrayList<>();
      for (var rest : ways(condition)) {
        for (var way : ways) {
          longer.add(Stream.concat(way.stream(), rest.stream()).toList());
        }
      }
      ways = longer;
    }
    return ways;
  }

  private static List<List<Pattern<?>>> ways(Condition condition) {
    return switch (condition.getType()) {
      case PATTERN -> {
        var pattern = (Pattern<?>) condition;
        yield List.of(isGiven(pattern) ? List.of(pattern) : List.of());
      }
      case AND, EXISTS -> ways(condition.getSubConditions());
      case OR -> condition.getSubConditions().stream().flatMap(one -> ways(one).stream()).toList();
      default -> List.of(List.of());
    };
  }

  /** Whether all that a pattern can match is given, and nothing derived by rules. */
  private static boolean isGiven(Pattern<?> pattern) {
    var type = pattern.getPatternVariable().getType();
    return Fact.class.isAssignableFrom(type)
        && type != Fact.class
        && type != Listed.class
        && !AskedPattern.isComputed(pattern);
  }

  private boolean isMetAlone(Pattern<?> pattern) {
    return alone.computeIfAbsent(
        pattern,
        one -> {
          var step = step(facts.asked(one), AskedPattern.variables(one));
          return facts.candidates(step.asked, Bound.NOTHING).stream()
              .anyMatch(fact -> isMet(step, fact, Bound.NOTHING));
        });
  }

  private static boolean isMetByOneOf(Collection<? extends Fact> more, Pattern<?> pattern) {
    var step = step(AskedPattern.of(pattern), AskedPattern.variables(pattern));
    return more.stream()
        .anyMatch(fact -> step.asked.type().isInstance(fact) && isMet(step, fact, Bound.NOTHING));
  }

  private boolean isMet(List<Pattern<?>> way) {
    List<Step> steps = new ArrayList<>();
    Set<Variable<?>> known = new HashSet<>();
    for (var pattern : way) {
      known.addAll(AskedPattern.variables(pattern));
      steps.add(step(facts.asked(pattern), known));
    }
    tests = 0;
    return isMet(steps, Bound.NOTHING);
  }

  private boolean isMet(List<Step> steps, Bound bound) {
    if (steps.isEmpty()) {
      return true;
    }
    var step = steps.get(0);
    var rest = steps.subList(1, steps.size());
    for (var fact : facts.candidates(step.asked, bound)) {
      if (++tests > mostTests
          || (isMet(step, fact, bound) && isMet(rest, bound.with(step.asked.pattern(), fact)))) {
        return true;
      }
    }
    return false;
  }

  private static Step step(AskedPattern asked, Set<Variable<?>> known) {
    return new Step(asked, asked.tests().stream().filter(test -> test.isOf(known)).toList());
  }

  private static boolean isMet(Step step, Object fact, Bound bound) {
    try {
      for (var test : step.tests) {
        if (!test.isMet(fact, bound)) {
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
