package io.meshdoctor.collector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * An AuthorizationPolicy.
 *
 * @param labels labels of the pods that it is about; empty for all
 * @param targets names of the Services that it is attached to; empty where it is attached to none
 * @param attached it is about what its {@code targetRefs} name, and about nothing else
 * @param action {@code ALLOW}, {@code DENY}, {@code AUDIT} or {@code CUSTOM}
 * @param rules number of its rules
 * @param open one of its rules means every request
 * @param admits as {@link io.meshdoctor.facts.AccessPolicy#admits}
 */
record AuthorizationPolicyObject(
    ObjectKey key,
    Map<String, String> labels,
    List<String> targets,
    boolean attached,
    String action,
    int rules,
    boolean open,
    List<String> admits) {

  private static final List<String> PLAIN = List.of("principals", "namespaces", "ipBlocks");

  static AuthorizationPolicyObject of(JsonNode item) {
    var spec = item.path("spec");
    List<JsonNode> references = new ArrayList<>(Fields.elements(spec, "targetRefs"));
    if (spec.path("targetRef").isObject()) {
      references.add(spec.path("targetRef"));
    }
    var action = Fields.text(spec, "action");
    var rules = Fields.elements(spec, "rules");
    SortedSet<String> admits = new TreeSet<>();
    rules.forEach(rule -> admits.addAll(sources(rule)));
    return new AuthorizationPolicyObject(
        ObjectKey.of("authorizationpolicy", item),
        Fields.map(spec, "selector", "matchLabels"),
        references.stream()
            .filter(reference -> Fields.text(reference, "kind").equals("Service"))
            .map(reference -> Fields.text(reference, "name"))
            .toList(),
        !references.isEmpty(),
        action.isEmpty() ? "ALLOW" : action,
        rules.size(),
        rules.stream().anyMatch(AuthorizationPolicyObject::isOpen),
        List.copyOf(admits));
  }

  private static boolean isOpen(JsonNode rule) {
    return List.of("from", "to", "when").stream()
        .allMatch(part -> Fields.elements(rule, part).isEmpty());
  }

  /** What may send the requests that a rule means. */
  private static List<String> sources(JsonNode rule) {
    List<String> found = new ArrayList<>();
    for (var from : Fields.elements(rule, "from")) {
      var source = from.path("source");
      var kinds = source.isObject() ? List.copyOf(source.propertyNames()) : List.<String>of();
      // two kinds in one source must both hold, which is more than can be told here
      if (kinds.size() != 1 || !PLAIN.contains(kinds.get(0))) {
        found.add("other");
        continue;
      }
      var word =
          switch (kinds.get(0)) {
            case "principals" -> "principal ";
            case "namespaces" -> "namespace ";
            default -> "address ";
          };
      Fields.texts(source.path(kinds.get(0))).forEach(value -> found.add(word + value));
    }
    return found.isEmpty() ? List.of("other") : found;
  }

  /** Whether it can refuse a request, by itself. */
  boolean isRestrictive() {
    return switch (action) {
      case "ALLOW" -> !open;
      case "DENY", "CUSTOM" -> rules > 0;
      default -> false;
    };
  }

  /** Whether it lets in every request, as far as policies of its action decide. */
  boolean isLettingAllIn() {
    return action.equals("ALLOW") && open;
  }
}
