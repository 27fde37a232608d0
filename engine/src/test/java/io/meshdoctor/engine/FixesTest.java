package io.meshdoctor.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.meshdoctor.facts.Change;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Tries the fix of every rule on every case that the rule fires for. {@code -Dcases=MD301} tries
 * those of one rule or family.
 */
class FixesTest {

  private static final RuleBase RULES = RuleBase.builtIn();

  @TestFactory
  Stream<DynamicContainer> every_fix_mends_its_fault_and_breaks_nothing() {
    return everywhere(false);
  }

  /** As in large meshes, which no case is. */
  @TestFactory
  Stream<DynamicContainer> rules_that_can_match_nothing_are_not_missed() {
    return everywhere(true);
  }

  private static Stream<DynamicContainer> everywhere(boolean selective) {
    return CatalogTest.folders().stream()
        .filter(folder -> CatalogTest.id(folder).startsWith(System.getProperty("cases", "")))
        .map(
            folder ->
                DynamicContainer.dynamicContainer(
                    folder.getFileName().toString(),
                    firing(folder)
                        .map(
                            one ->
                                DynamicTest.dynamicTest(
                                    one.name().replace('-', ' '),
                                    () -> check(CatalogTest.id(folder), one, selective)))));
  }

  private static Stream<RuleCase> firing(Path folder) {
    try {
      return RuleCase.of(folder).values().stream().filter(one -> !one.expect().isEmpty());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void check(String id, RuleCase one, boolean selective) {
    try (var reasoning = Reasoning.over(RULES, one.given(), List.of(), selective)) {
      var inference = Inference.of(RULES, reasoning);
      assertThat(inference.findings()).isEqualTo(Inference.of(RULES, one.given()).findings());
      var whatIf = new WhatIf(reasoning, inference);
      var own = inference.findings().stream().filter(finding -> finding.code().equals(id)).toList();
      assumeThat(RULES.header(id).untried()).isEmpty();

      for (var finding : own) {
        var trial = whatIf.tried(finding).orElseThrow();

        assertThat(trial.gone()).as("gone: %s", finding.message()).isTrue();
        assertThat(trial.appears()).as("appears").extracting(FixesTest::line).isEmpty();
        assertThat(whatIf.after(finding.changes()))
            .as("what a session concludes that never knew the fault")
            .containsExactlyInAnyOrderElementsOf(
                Inference.of(RULES, changed(one.given(), finding.changes())).findings());
      }
      assertThat(whatIf.after(List.of()))
          .as("what is left when all is undone")
          .containsExactlyInAnyOrderElementsOf(inference.findings());
    }
  }

  private static String line(Finding finding) {
    return finding.code() + ": " + finding.message();
  }

  private static List<Fact> changed(List<Fact> facts, List<Change> changes) {
    List<Fact> changed = new ArrayList<>(facts);
    for (var change : changes) {
      changed =
          new ArrayList<>(
              changed.stream()
                  .flatMap(
                      fact ->
                          change.takes(fact) ? change.inPlaceOf(fact).stream() : Stream.of(fact))
                  .toList());
      change.addition().ifPresent(changed::add);
    }
    return changed;
  }

  @Test
  void every_rule_says_what_its_fix_changes_or_why_it_has_none() {
    Set<String> silent = new TreeSet<>();
    for (var folder : CatalogTest.folders()) {
      var id = CatalogTest.id(folder);
      if (RULES.header(id).untried().isEmpty()) {
        firing(folder)
            .flatMap(one -> Inference.of(RULES, one.given()).findings().stream())
            .filter(finding -> finding.code().equals(id) && finding.changes().isEmpty())
            .forEach(finding -> silent.add(id));
      }
    }

    assertThat(silent).as("rules without changes and without @untried").isEmpty();
  }
}
