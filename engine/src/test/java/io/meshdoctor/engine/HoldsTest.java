package io.meshdoctor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Holds;
import io.meshdoctor.facts.Leg;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kie.api.definition.rule.Rule;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Runs the cases of the rules that say by what a stage of a path holds. */
class HoldsTest {

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();
  private static final RuleBase RULES = RuleBase.builtIn().withHolds();
  private static final List<JsonNode> CASES = cases();

  private static List<JsonNode> cases() {
    try (var file = HoldsTest.class.getResourceAsStream("holds.yaml")) {
      return List.copyOf(YAML.readTree(Objects.requireNonNull(file)).values());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void every_rule_has_a_case() {
    var rules = RULES.kieBase().getKiePackage("io.meshdoctor.rules.holds").getRules();

    assertThat(CASES)
        .extracting(one -> one.get("rule").asString())
        .containsExactlyInAnyOrderElementsOf(rules.stream().map(Rule::getName).toList());
  }

  @TestFactory
  Stream<DynamicTest> says_by_what_a_stage_holds() {
    return CASES.stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.get("rule").asString(),
                    () ->
                        assertThat(concluded(one, "given"))
                            .extracting(Holds::message, Holds::whole)
                            .containsExactly(
                                tuple(
                                    one.get("holds").asString(),
                                    one.path("whole").asBoolean(false)))));
  }

  @TestFactory
  Stream<DynamicTest> is_silent_over_what_is_near() {
    return CASES.stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.get("rule").asString(),
                    () -> {
                      assertThat(facts(one, "silent")).isNotEmpty();
                      assertThat(concluded(one, "silent")).isEmpty();
                    }));
  }

  /** What the rule of a case concludes from some of its facts. */
  private static List<Holds> concluded(JsonNode one, String facts) {
    var rule = one.get("rule").asString();
    try (var reasoning = Reasoning.over(RULES, facts(one, facts), List.of(leg(one)))) {
      var justifications = new Justifications(reasoning.session());
      return Inference.of(RULES, reasoning).holds().stream()
          .filter(
              holds -> justifications.of(holds).stream().anyMatch(why -> why.rule().equals(rule)))
          .toList();
    }
  }

  private static Leg leg(JsonNode one) {
    boolean local = one.path("local").asBoolean(false);
    return new Leg(
        "east", "shop", "web", "web-1", "cart.shop.svc.cluster.local", 80, local ? "east" : "west");
  }

  private static List<Fact> facts(JsonNode one, String key) {
    List<Fact> facts = new ArrayList<>();
    for (var fact : one.get(key)) {
      for (var entry : fact.properties()) {
        try {
          var type = Class.forName("io.meshdoctor.facts." + entry.getKey()).asSubclass(Fact.class);
          facts.add(YAML.treeToValue(entry.getValue(), type));
        } catch (ClassNotFoundException unknown) {
          throw new IllegalArgumentException(unknown);
        }
      }
    }
    return facts;
  }
}
