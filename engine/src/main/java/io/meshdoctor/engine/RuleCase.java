package io.meshdoctor.engine;

import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A case of a rule: some facts, and what the rule must conclude from them.
 *
 * <p>Facts may leave out components; what is left out is empty, zero or false.
 *
 * @param name name of its file without {@code .yaml}
 * @param given the facts
 * @param expect the findings as {@code MD301: message}, in any order
 * @param undecided whether the rule must say that it could not look
 */
public record RuleCase(String name, List<Fact> given, List<String> expect, boolean undecided) {

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /**
   * Reads a case.
   *
   * @throws IllegalArgumentException if it is not of the form {@code given}, {@code expect}
   */
  public static RuleCase read(Path file) throws IOException {
    var name = file.getFileName().toString().replace(".yaml", "");
    try {
      JsonNode document = YAML.readTree(Files.readString(file));
      List<Fact> given = new ArrayList<>();
      for (var fact : document.path("given")) {
        for (var entry : fact.properties()) {
          given.add(fact(entry.getKey(), entry.getValue()));
        }
      }
      List<String> expect = new ArrayList<>();
      for (var finding : document.path("expect")) {
        for (var entry : finding.properties()) {
          expect.add(entry.getKey() + ": " + entry.getValue().asString());
        }
      }
      return new RuleCase(name, given, expect, document.path("undecided").asBoolean(false));
    } catch (JacksonException | ClassNotFoundException wrong) {
      throw new IllegalArgumentException(
          "The case (%s) cannot be read: %s".formatted(file, wrong.getMessage()), wrong);
    }
  }

  private static Fact fact(String type, JsonNode components) throws ClassNotFoundException {
    return YAML.treeToValue(
        components, Class.forName("io.meshdoctor.facts." + type).asSubclass(Fact.class));
  }

  /**
   * What the rule says of these facts, in the form of {@link #expect}.
   *
   * @param id id of the rule; other rules run as well and are not reported
   */
  public List<String> findings(RuleBase rules, String id) {
    return Inference.of(rules, given).findings().stream()
        .filter(finding -> finding.code().equals(id))
        .map(RuleCase::line)
        .toList();
  }

  /** Whether the rule says of these facts that it could not look. */
  public boolean isUndecided(RuleBase rules, String id) {
    return new Diagnostician(rules)
        .diagnose(name, given).undecided().stream().anyMatch(one -> one.code().equals(id));
  }

  private static String line(Finding finding) {
    return finding.code() + ": " + finding.message();
  }

  /** All cases of a rule's folder, by name. */
  public static Map<String, RuleCase> of(Path folder) throws IOException {
    Map<String, RuleCase> cases = new java.util.TreeMap<>();
    var home = folder.resolve("cases");
    if (Files.isDirectory(home)) {
      try (var files = Files.list(home)) {
        for (var file : files.sorted().toList()) {
          var one = read(file);
          cases.put(one.name(), one);
        }
      }
    }
    return cases;
  }
}
