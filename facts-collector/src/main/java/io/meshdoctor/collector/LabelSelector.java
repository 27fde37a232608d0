package io.meshdoctor.collector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A Kubernetes label selector; all of its parts must hold, and one without parts holds always. */
record LabelSelector(Map<String, String> labels, List<Expression> expressions) {

  /** One of its {@code matchExpressions}. */
  record Expression(String key, String operator, List<String> values) {

    boolean matches(Map<String, String> labels) {
      return switch (operator) {
        case "In" -> labels.containsKey(key) && values.contains(labels.get(key));
        case "NotIn" -> !labels.containsKey(key) || !values.contains(labels.get(key));
        case "Exists" -> labels.containsKey(key);
        case "DoesNotExist" -> !labels.containsKey(key);
        default -> false;
      };
    }

    boolean isValid() {
      return switch (operator) {
        case "In", "NotIn", "Exists", "DoesNotExist" -> true;
        default -> false;
      };
    }
  }

  LabelSelector {
    labels = Map.copyOf(labels);
    expressions = List.copyOf(expressions);
  }

  static LabelSelector of(JsonNode selector) {
    List<Expression> expressions = new ArrayList<>();
    for (var expression : Fields.elements(selector, "matchExpressions")) {
      expressions.add(
          new Expression(
              Fields.text(expression, "key"),
              Fields.text(expression, "operator"),
              Fields.texts(expression.path("values"))));
    }
    return new LabelSelector(Fields.map(selector, "matchLabels"), expressions);
  }

  boolean matches(Map<String, String> other) {
    return other.entrySet().containsAll(labels.entrySet())
        && expressions.stream().allMatch(expression -> expression.matches(other));
  }

  /** Labels with which it matches, as {@code key=value} separated by blanks. */
  String wanted() {
    return Stream.concat(
            labels.entrySet().stream().map(label -> label.getKey() + "=" + label.getValue()),
            expressions.stream()
                .filter(one -> one.operator().equals("In") && !one.values().isEmpty())
                .map(one -> one.key() + "=" + one.values().get(0)))
        .sorted()
        .collect(Collectors.joining(" "));
  }

  boolean isValid() {
    return expressions.stream().allMatch(Expression::isValid);
  }
}
