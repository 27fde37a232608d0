package io.meshdoctor.engine;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

  /**
   * Whether a fact meets a constraint of a pattern.
   *
   * @param bindings values of the variables of other patterns, by name
   * @throws Exception if the constraint throws one
   */
  static boolean isMet(
      Constraint constraint, Pattern<?> pattern, Object fact, Map<String, Object> bindings)
      throws Exception {
    if (constraint.getType() == Constraint.Type.SINGLE) {
      var single = (SingleConstraint) constraint;
      var values =
          Stream.of(single.getVariables())
              .map(one -> value(one, pattern, fact, bindings))
              .toArray();
      return single.getPredicate().test(values);
    }
    boolean any = constraint.getType() == Constraint.Type.OR;
    for (var one : constraint.getChildren()) {
      if (isMet(one, pattern, fact, bindings) == any) {
        return any;
      }
    }
    return !any;
  }

  private static @Nullable Object value(
      Variable<?> variable, Pattern<?> pattern, Object fact, Map<String, Object> bindings) {
    if (isOf(variable, pattern.getPatternVariable())) {
      return fact;
    }
    for (var binding : pattern.getBindings()) {
      if (isOf(variable, binding.getBoundVariable())) {
        return binding.eval(fact);
      }
    }
    return bindings.get(variable.getName());
  }

  /** Whether a constraint speaks of its own pattern only. */
  static boolean isOwn(Constraint constraint, Pattern<?> pattern) {
    return constraint.getType() == Constraint.Type.SINGLE
        ? Stream.of(((SingleConstraint) constraint).getVariables())
            .allMatch(
                variable ->
                    isOf(variable, pattern.getPatternVariable())
                        || pattern.getBindings().stream()
                            .anyMatch(binding -> isOf(variable, binding.getBoundVariable())))
        : constraint.getChildren().stream().allMatch(one -> isOwn(one, pattern));
  }

  private static boolean isOf(Variable<?> variable, Variable<?> other) {
    return variable.getName().equals(other.getName());
  }
}
