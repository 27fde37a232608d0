package io.meshdoctor.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.drools.model.BetaIndex;
import org.drools.model.Binding;
import org.drools.model.Constraint;
import org.drools.model.Declaration;
import org.drools.model.Index.ConstraintType;
import org.drools.model.Pattern;
import org.drools.model.SingleConstraint;
import org.drools.model.Variable;
import org.drools.model.functions.Function1;
import org.drools.model.functions.PredicateN;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of a rule, made ready to be asked of many facts outside of a session. It runs what the
 * compiler of the rules has made of its constraints.
 *
 * @param pattern the pattern
 * @param type of the facts that it asks for
 * @param tests that all have to be met
 * @param joins what it has in common with what was matched before
 * @param same variables that are to be the fact itself
 */
record AskedPattern(
    Pattern<?> pattern, Class<?> type, List<Test> tests, List<Join> joins, List<Variable<?>> same) {

  static AskedPattern of(Pattern<?> pattern) {
    List<Test> tests = new ArrayList<>();
    List<Join> joins = new ArrayList<>();
    List<Variable<?>> same = new ArrayList<>();
    var own = variables(pattern);
    for (var constraint : singles(pattern.getConstraint())) {
      var join = constraint instanceof SingleConstraint single ? join(single, own) : null;
      tests.add(test(constraint, pattern, join != null));
      if (join != null && compared((SingleConstraint) constraint).equals("this")) {
        same.add(join.variable());
      } else if (join != null) {
        joins.add(join);
      }
    }
    return new AskedPattern(pattern, pattern.getPatternVariable().getType(), tests, joins, same);
  }

  /** Something that a fact has to meet. */
  interface Test {

    /**
     * Whether a fact meets it.
     *
     * @param bound what other patterns have matched before
     * @throws Exception if the constraint throws one
     */
    boolean isMet(Object fact, Bound bound) throws Exception;

    /** Whether it asks for the value of something bound before. */
    default boolean isJoin() {
      return false;
    }

    /** Whether it speaks of variables that are known, and of no others. */
    boolean isOf(Set<Variable<?>> known);
  }

  /**
   * A value of a fact that is to be one of something bound before.
   *
   * @param ofFact the value of a fact
   * @param variable what was bound before
   * @param ofBound the value of that
   */
  record Join(Function1<Object, ?> ofFact, Variable<?> variable, Function1<Object, ?> ofBound) {

    /** The value of what was bound before, as text; null where there is none to be told. */
    @Nullable String wanted(Bound bound) {
      var from = bound.value(variable);
      try {
        return from == null ? null : Objects.toString(ofBound.apply(from), null);
      } catch (RuntimeException untold) {
        // the session says so, where it comes to it
        return null;
      }
    }
  }

  /** Whether the pattern takes its facts from an expression. */
  static boolean isComputed(Pattern<?> pattern) {
    return pattern.getPatternVariable() instanceof Declaration<?> declaration
        && declaration.getSource() != null;
  }

  /** The variables that a pattern binds. */
  static Set<Variable<?>> variables(Pattern<?> pattern) {
    Set<Variable<?>> variables = new HashSet<>();
    variables.add(pattern.getPatternVariable());
    pattern.getBindings().forEach(binding -> variables.add(binding.getBoundVariable()));
    return variables;
  }

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
   * What a constraint has in common with what was matched before, if that is all it asks for.
   *
   * @param own variables of its own pattern
   */
  @SuppressWarnings("unchecked") // what the compiler of the rules has made says no types
  static @Nullable Join join(SingleConstraint single, Set<Variable<?>> own) {
    if (!(single.getIndex() instanceof BetaIndex<?, ?, ?> index)
        || index.getConstraintType() != ConstraintType.EQUAL) {
      return null;
    }
    for (Variable<?> variable : single.getVariables()) {
      if (!own.contains(variable)) {
        return new Join(
            (Function1<Object, ?>) index.getLeftOperandExtractor(),
            variable,
            (Function1<Object, ?>) index.getRightOperandExtractor());
      }
    }
    return null;
  }

  /** What of a fact a constraint compares, such as {@code cluster} or {@code scope.from}. */
  static String compared(SingleConstraint single) {
    var text = single.predicateInformation().getStringConstraint();
    int end = text.indexOf("==");
    return (end < 0 ? text : text.substring(0, end)).strip();
  }

  private static Test test(Constraint constraint, Pattern<?> pattern, boolean join) {
    if (constraint instanceof SingleConstraint single) {
      return new Single(
          single.getPredicate(),
          List.<Variable<?>>of(single.getVariables()).stream()
              .map(variable -> source(variable, pattern))
              .toList(),
          List.of(single.getVariables()),
          join);
    }
    return new Several(
        constraint.getType() == Constraint.Type.OR,
        constraint.getChildren().stream().map(one -> test(one, pattern, false)).toList());
  }

  private static Source source(Variable<?> variable, Pattern<?> pattern) {
    if (variable == pattern.getPatternVariable()) {
      return (fact, bound) -> fact;
    }
    for (Binding binding : pattern.getBindings()) {
      if (variable == binding.getBoundVariable()) {
        return (fact, bound) -> binding.eval(fact);
      }
    }
    return (fact, bound) -> bound.value(variable);
  }

  /** Where a value of a constraint comes from. */
  private interface Source {

    @Nullable Object value(Object fact, Bound bound);
  }

  private record Single(
      PredicateN predicate, List<Source> sources, List<Variable<?>> variables, boolean isJoin)
      implements Test {

    @Override
    public boolean isMet(Object fact, Bound bound) throws Exception {
      var values = new @Nullable Object[sources.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = sources.get(i).value(fact, bound);
      }
      return predicate.test(values);
    }

    @Override
    public boolean isOf(Set<Variable<?>> known) {
      return known.containsAll(variables);
    }
  }

  private record Several(boolean any, List<Test> tests) implements Test {

    @Override
    public boolean isMet(Object fact, Bound bound) throws Exception {
      for (var test : tests) {
        if (test.isMet(fact, bound) == any) {
          return any;
        }
      }
      return !any;
    }

    @Override
    public boolean isOf(Set<Variable<?>> known) {
      return tests.stream().allMatch(test -> test.isOf(known));
    }
  }
}
