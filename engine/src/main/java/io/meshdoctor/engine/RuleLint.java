package io.meshdoctor.engine;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.MethodReferenceExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.Statement;
import io.meshdoctor.facts.Evidence;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.rules.Conclude;
import io.meshdoctor.rules.Header;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AnnotationDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.BindingDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.EvalDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.drools.drl.parser.ParserError;
import org.jspecify.annotations.Nullable;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * Reads a file of rules before it is compiled, and says what is wrong with it by line and column,
 * which the compiler does not. Allows what a rule of meshdoctor may be and nothing else: conditions
 * over the documented facts, and one logical insertion.
 *
 * <p>Guards against mistakes. It is no sandbox: a rule is code of whoever may write the file.
 */
final class RuleLint {

  private static final String FACTS = "io.meshdoctor.facts.";
  private static final Set<String> IMPORTS =
      Set.of(
          "io.meshdoctor.facts.*",
          "io.meshdoctor.rules.Conclude",
          "java.util.List",
          "java.util.Set",
          "java.util.Map");
  private static final Set<String> STATIC_NAMES =
      Set.of("Conclude", "String", "List", "Set", "Map");
  private static final Set<String> FORBIDDEN_CALLS =
      Set.of("getClass", "wait", "notify", "notifyAll", "getKieRuntime", "getKnowledgeRuntime");
  private static final Pattern FIELD =
      Pattern.compile(
          "(?:\\$?\\w+\\s*:=?\\s*)?!?\\(?\\s*([a-z]\\w*)\\b(?!\\s*\\().*", Pattern.DOTALL);

  private static final Pattern KIND = Pattern.compile("kind\\s*==\\s*\"([^\"]*)\"");

  private final String file;
  private final List<RuleProblem> problems = new ArrayList<>();

  private RuleLint(String file) {
    this.file = file;
  }

  /**
   * What is wrong with a file, in the order of its lines.
   *
   * @param file path of the file, for messages
   * @param text what stands in it
   */
  static List<RuleProblem> check(String file, String text) {
    var lint = new RuleLint(file);
    lint.check(text);
    lint.problems.sort(
        Comparator.comparingInt(RuleProblem::line).thenComparingInt(RuleProblem::column));
    return lint.problems.stream().distinct().toList();
  }

  private void check(String text) {
    var parser = new DrlParser(LanguageLevelOption.DRL6);
    PackageDescr file;
    try {
      file = parser.parse(false, text);
    } catch (DroolsParserException unparsable) {
      problem(0, 0, "cannot be parsed: " + firstLine(unparsable.getMessage()));
      return;
    }
    parser
        .getErrors()
        .forEach(
            error -> {
              if (error instanceof ParserError place) {
                problem(place.getRow(), place.getCol() + 1, firstLine(place.getMessage()));
              } else {
                problem(0, 0, firstLine(error.getMessage()));
              }
            });
    if (file == null || !problems.isEmpty()) {
      return;
    }
    if (file.getName().isEmpty()) {
      problem(1, 1, "has no package; begin with one of your own, such as package acme.mesh;");
    } else if (file.getName().startsWith("io.meshdoctor")) {
      problem(file, "is in the package of the built-in rules; use one of your own");
    }
    file.getImports().stream()
        .filter(one -> !IMPORTS.contains(one.getTarget()) && !one.getTarget().startsWith(FACTS))
        .forEach(
            one -> problem(one, "imports %s, which rules may not use".formatted(one.getTarget())));
    file.getFunctionImports().forEach(one -> problem(one, "imports a function"));
    file.getFunctions().forEach(one -> problem(one, "defines a function"));
    file.getGlobals().forEach(one -> problem(one, "uses a global"));
    file.getTypeDeclarations().forEach(one -> problem(one, "declares a type"));
    file.getRules().forEach(this::rule);
  }

  private void rule(RuleDescr rule) {
    rule.getAttributes()
        .values()
        .forEach(
            attribute ->
                problem(attribute, "uses %s, which rules may not".formatted(attribute.getName())));
    var annotations = rule.getAnnotationNames();
    if (annotations.stream().noneMatch("id"::equals)) {
      problem(rule, "rule \"%s\" has no @id".formatted(rule.getName()));
    }
    if (annotations.stream().noneMatch("severity"::equals)) {
      problem(
          rule,
          "rule \"%s\" has no @severity, one of ERROR, WARNING, INFO".formatted(rule.getName()));
    }
    header(rule);
    Map<String, Class<?>> bound = new HashMap<>();
    condition(rule.getLhs(), bound);
    consequence(rule, bound);
  }

  private void header(RuleDescr rule) {
    Map<String, Object> values = new HashMap<>();
    for (AnnotationDescr annotation : rule.getAnnotations()) {
      if (!Header.KEYS.contains(annotation.getName())) {
        problem(
            annotation,
            "has @%s, which is not known%s"
                .formatted(annotation.getName(), meant(annotation.getName(), Header.KEYS)));
      }
      values.put(annotation.getName(), String.valueOf(annotation.getSingleValue()));
    }
    if (values.containsKey("id") && values.containsKey("severity")) {
      try {
        Header.of(rule.getName(), values);
      } catch (IllegalArgumentException wrong) {
        problem(rule, firstLine(wrong.getMessage()));
      }
    }
  }

  private void condition(BaseDescr condition, Map<String, Class<?>> bound) {
    if (condition instanceof EvalDescr) {
      problem(condition, "uses eval");
    } else if (condition instanceof PatternDescr pattern) {
      pattern(pattern, bound);
    } else if (condition instanceof ConditionalElementDescr element) {
      element.getDescrs().forEach(child -> condition((BaseDescr) child, bound));
    }
  }

  private void pattern(PatternDescr pattern, Map<String, Class<?>> bound) {
    var type = type(pattern.getObjectType());
    if (type.isEmpty()) {
      if (pattern.getSource() == null) {
        problem(
            pattern,
            "there is no fact %s%s"
                .formatted(
                    pattern.getObjectType(), meant(pattern.getObjectType(), FactTypes.names())));
      }
      return;
    }
    if (pattern.getIdentifier() != null) {
      bound.put(pattern.getIdentifier(), type.get());
    }
    for (BaseDescr constraint : pattern.getDescrs()) {
      var text =
          constraint instanceof ExprConstraintDescr expression
              ? expression.getExpression()
              : constraint instanceof BindingDescr binding ? binding.getExpression() : "";
      var field = FIELD.matcher(text.strip());
      if (field.matches()
          && !field.group(1).equals("this")
          && !FactTypes.properties(type.get()).contains(field.group(1))) {
        problem(
            constraint,
            "%s has no %s%s"
                .formatted(
                    type.get().getSimpleName(),
                    field.group(1),
                    meant(field.group(1), FactTypes.properties(type.get()))));
      }
      kind(type.get(), text, constraint);
      if (text.contains("getClass") || text.contains("new ")) {
        problem(constraint, "a condition may only compare");
      }
    }
  }

  /** What nobody ever lists is never read, and the rule for ever undecided. */
  private void kind(Class<?> type, String constraint, BaseDescr place) {
    var kind = KIND.matcher(constraint.strip());
    if (type == Listed.class && kind.matches() && !Listed.KINDS.contains(kind.group(1))) {
      problem(
          place,
          "nothing is listed as %s%s".formatted(kind.group(1), meant(kind.group(1), Listed.KINDS)));
    }
  }

  private void consequence(RuleDescr rule, Map<String, Class<?>> bound) {
    var parsed =
        new JavaParser(
                new ParserConfiguration()
                    .setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17))
            .parseBlock("{\n" + rule.getConsequence() + "\n}");
    int before = rule.getConsequenceLine() - 1;
    if (!parsed.isSuccessful() || parsed.getResult().isEmpty()) {
      problem(
          rule.getConsequenceLine(),
          0,
          "cannot be parsed after then: " + firstLine(parsed.getProblems().get(0).getMessage()));
      return;
    }
    BlockStmt block = parsed.getResult().get();
    if (block.getStatements().size() != 1 || !isConclusion(block.getStatement(0))) {
      problem(
          rule.getConsequenceLine(),
          0,
          "rule \"%s\" has to have the one statement insertLogical( Conclude.that( ... ) ... .finding() ) after then"
              .formatted(rule.getName()));
    }
    block.walk(node -> fault(node).ifPresent(fault -> problem(before, node, fault)));
    var changes = new ChangeLint(bound, (node, wrong) -> problem(before, node, wrong));
    block.findAll(MethodCallExpr.class).forEach(changes::check);
  }

  /** Something in the code after {@code then}, whose lines are counted from {@code before}. */
  private void problem(int before, Node node, String message) {
    problem(
        before + node.getRange().map(range -> range.begin.line).orElse(1),
        node.getRange().map(range -> range.begin.column).orElse(0),
        message);
  }

  /** What a rule derives is a finding, and nothing that other rules take for a fact. */
  private static boolean isConclusion(Statement statement) {
    return statement instanceof ExpressionStmt expression
        && expression.getExpression() instanceof MethodCallExpr call
        && call.getScope().isEmpty()
        && call.getNameAsString().equals("insertLogical")
        && call.getArguments().size() == 1
        && call.getArgument(0) instanceof MethodCallExpr finding
        && finding.getNameAsString().equals("finding")
        && isOfConclude(finding);
  }

  private static boolean isOfConclude(MethodCallExpr call) {
    Expression first = call;
    while (first instanceof MethodCallExpr further && further.getScope().isPresent()) {
      first = further.getScope().get();
    }
    return first instanceof NameExpr name
        && name.getNameAsString().equals(Conclude.class.getSimpleName());
  }

  private static Optional<String> fault(Node node) {
    if (node instanceof LambdaExpr || node instanceof MethodReferenceExpr) {
      return Optional.of("uses a lambda");
    }
    if (node instanceof ObjectCreationExpr creation) {
      return type(creation.getType().getNameAsString()).isPresent()
          ? Optional.empty()
          : Optional.of("makes a new %s".formatted(creation.getType()));
    }
    if (node instanceof MethodCallExpr call) {
      if (FORBIDDEN_CALLS.contains(call.getNameAsString())) {
        return Optional.of("calls %s()".formatted(call.getNameAsString()));
      }
      if (call.getScope().isEmpty() && !call.getNameAsString().equals("insertLogical")) {
        return Optional.of("calls %s()".formatted(call.getNameAsString()));
      }
      return call.getScope().flatMap(RuleLint::staticFault);
    }
    if (node instanceof FieldAccessExpr access) {
      return staticFault(access.getScope());
    }
    return Optional.empty();
  }

  /** What starts with a name that is no variable is a class, or a package. */
  private static Optional<String> staticFault(Expression scope) {
    var head = scope;
    while (head instanceof FieldAccessExpr access) {
      head = access.getScope();
    }
    if (!(head instanceof NameExpr name)) {
      return Optional.empty();
    }
    var text = name.getNameAsString();
    boolean known =
        text.startsWith("$")
            || text.equals("kcontext")
            || STATIC_NAMES.contains(text)
            || type(text).isPresent();
    return known ? Optional.empty() : Optional.of("uses %s".formatted(scope));
  }

  /** A type of facts, by its name. */
  static Optional<Class<?>> type(String name) {
    try {
      return Optional.of(
          Class.forName(
              FACTS + name.substring(name.lastIndexOf('.') + 1),
              false,
              Evidence.class.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError unknown) {
      return Optional.empty();
    }
  }

  /** What was perhaps meant, to go on with; empty where nothing is near. */
  static String meant(String wrong, Collection<String> known) {
    return known.stream()
        .sorted()
        .min(Comparator.comparingInt(name -> Distance.of(wrong, name)))
        .filter(name -> Distance.of(wrong, name) <= 2)
        .map("; did you mean %s?"::formatted)
        .orElse("");
  }

  private void problem(BaseDescr place, String message) {
    problem(place.getLine(), place.getColumn() + 1, message);
  }

  private void problem(int line, int column, String message) {
    problems.add(new RuleProblem(file, Math.max(line, 0), Math.max(column, 0), message));
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }
}
