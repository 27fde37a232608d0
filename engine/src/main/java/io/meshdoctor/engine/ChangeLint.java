package io.meshdoctor.engine;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.expr.ClassExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks at what a rule says that its fix changes: names of components are texts there, which no
 * compiler reads, and a wrong one fails only when the rule fires.
 */
final class ChangeLint {

  private static final Set<String> SELECTING = Set.of("changing", "copying", "removing");

  /** One entry of a map. */
  private static final Pattern ENTRY = Pattern.compile("(\\w+)\\[.+]");

  private final Map<String, Class<?>> bound;
  private final BiConsumer<Node, String> problems;

  /**
   * Looks for problems.
   *
   * @param bound types of the facts that the conditions bind, by variable
   * @param problems takes what is wrong, and where
   */
  ChangeLint(Map<String, Class<?>> bound, BiConsumer<Node, String> problems) {
    this.bound = bound;
    this.problems = problems;
  }

  /** Looks at one call in a conclusion; any other is none of its business. */
  void check(MethodCallExpr call) {
    var name = call.getNameAsString();
    var arguments = call.getArguments();
    if (name.equals("to")) {
      call.getScope()
          .flatMap(ChangeLint::selection)
          .flatMap(this::type)
          .ifPresent(type -> names(arguments, 0, type, components(type)));
    } else if (name.equals("adding") || SELECTING.contains(name)) {
      if (arguments.isEmpty()) {
        return;
      }
      if (arguments.get(0) instanceof ClassExpr literal && type(literal).isEmpty()) {
        var wrong = literal.getTypeAsString();
        problems.accept(
            literal,
            "there is no fact %s%s".formatted(wrong, RuleLint.meant(wrong, FactTypes.names())));
      }
      type(arguments.get(0))
          .ifPresent(
              type ->
                  names(
                      arguments,
                      1,
                      type,
                      name.equals("adding") ? components(type) : FactTypes.properties(type)));
    }
  }

  /** What {@code to} is about: the first argument of the call that it follows. */
  private static Optional<Expression> selection(Expression scope) {
    return scope instanceof MethodCallExpr call
            && SELECTING.contains(call.getNameAsString())
            && !call.getArguments().isEmpty()
        ? Optional.of(call.getArgument(0))
        : Optional.empty();
  }

  private Optional<Class<?>> type(Expression argument) {
    if (argument instanceof ClassExpr literal) {
      return RuleLint.type(literal.getTypeAsString());
    }
    return argument instanceof NameExpr name
        ? Optional.ofNullable(bound.get(name.getNameAsString()))
        : Optional.empty();
  }

  private void names(
      NodeList<Expression> arguments, int first, Class<?> type, SortedSet<String> known) {
    if ((arguments.size() - first) % 2 != 0) {
      problems.accept(
          arguments.get(first),
          "names and values of %s do not alternate".formatted(type.getSimpleName()));
      return;
    }
    for (int i = first; i < arguments.size(); i += 2) {
      if (arguments.get(i) instanceof StringLiteralExpr text) {
        var entry = ENTRY.matcher(text.asString());
        var name = entry.matches() ? entry.group(1) : text.asString();
        if (!known.contains(name)) {
          problems.accept(
              text,
              "%s has no %s%s".formatted(type.getSimpleName(), name, RuleLint.meant(name, known)));
        }
      }
    }
  }

  private static SortedSet<String> components(Class<?> type) {
    return type.isRecord()
        ? Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toCollection(TreeSet::new))
        : new TreeSet<>();
  }
}
