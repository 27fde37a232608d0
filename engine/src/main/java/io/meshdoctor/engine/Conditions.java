package io.meshdoctor.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.drools.model.Constraint;
import org.drools.model.Pattern;
import org.drools.model.SingleConstraint;
import org.drools.model.Variable;
import org.jspecify.annotations.Nullable;

/** Asks the conditions of a rule outside of a session. */
final class Conditions {

  private Conditions() {}

  /** The constraints of a pattern that all have to be met. */
  static List<Constraint> singles(Constraint constraint) {
    return switch (constraint.getType()) {
      case SINGLE -> constraint == SingleConstraint.TRUE ? List.of() : List.of(constraint);
      case OR -> List.of(constraint);
      case MULTIPLE, AND ->
          constraint.getChildren().stream().flatMap(one -> singles(one).stream()).toList();
    };
  }

  /** The texts of all constraints of a pattern, such as {@code cluster == $here.name}. */
  static List<String> texts(Pattern<?> pattern) {
    List<String> texts = new ArrayList<>();
    collect(pattern.getConstraint(), texts);
    return texts;
  }

  private static void collect(Constraint constraint, List<String> texts) {
    if (constraint.getType() == Constraint.Type.SINGLE) {
      texts.add(text(constraint));
    } else {
      constraint.getChildren().forEach(child -> collect(child, texts));
    }
  }

  /** The text of a constraint that has no parts. */
  static String text(Constraint single) {
    return single.predicateInformation().getStringConstraint().strip();
  }

  /**
   * Whether a fact meets a constraint of a pattern.
   *
   * @param bound what other patterns have matched before
   * @throws Exception if the constraint throws one
   */
  static boolean isMet(Constraint constraint, Pattern<?> pattern, Object fact, Bound bound)
      throws Exception {
    if (constraint.getType() == Constraint.Type.SINGLE) {
      var single = (SingleConstraint) constraint;
      Variable<?>[] variables = single.getVariables();
      var values = new @Nullable Object[variables.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(variables[i], pattern, fact, bound);
      }
      return single.getPredicate().test(values);
    }
    boolean any = constraint.getType() == Constraint.Type.OR;
    for (var one : constraint.getChildren()) {
      if (isMet(one, pattern, fact, bound) == any) {
        return any;
      }
    }
    return !any;
  }

  private static @Nullable Object value(
      Variable<?> variable, Pattern<?> pattern, Object fact, Bound bound) {
    if (isOf(variable, pattern.getPatternVariable())) {
      return fact;
    }
    for (var binding : pattern.getBindings()) {
      if (isOf(variable, binding.getBoundVariable())) {
        return binding.eval(fact);
      }
    }
    return bound.value(variable.getName());
  }

  /** Names of the variables that a pattern binds. */
  static Set<String> variables(Pattern<?> pattern) {
    Set<String> names = new HashSet<>();
    names.add(pattern.getPatternVariable().getName());
    pattern.getBindings().forEach(binding -> names.add(binding.getBoundVariable().getName()));
    return names;
  }

  /** Whether a constraint speaks of variables that are known, and of no others. */
  static boolean isOf(Constraint constraint, Set<String> known) {
    if (constraint.getType() != Constraint.Type.SINGLE) {
      return constraint.getChildren().stream().allMatch(one -> isOf(one, known));
    }
    for (Variable<?> variable : ((SingleConstraint) constraint).getVariables()) {
      if (!known.contains(variable.getName())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOf(Variable<?> variable, Variable<?> other) {
    return variable.getName().equals(other.getName());
  }
}
