package io.meshdoctor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Finding;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhatIfTest {

  private static final RuleBase BUILT_IN = RuleBase.builtIn();

  @TempDir private Path directory;
  @TempDir private Path cache;

  @Test
  void so_many_fixes_of_one_rule_are_tried() throws IOException {
    var rules = with(rule("W1", "$c : Cluster( version == \"\" )"));
    var clusters =
        IntStream.range(0, WhatIf.MOST_OF_ONE_RULE + 3).mapToObj(n -> cluster("c" + n)).toList();

    var roots = new Diagnostician(rules).diagnose("prod", clusters).rootCauses();

    assertThat(roots).hasSize(WhatIf.MOST_OF_ONE_RULE + 3);
    assertThat(roots.stream().flatMap(root -> root.tried().stream()))
        .hasSize(WhatIf.MOST_OF_ONE_RULE)
        .allMatch(Trial::isGood);
  }

  @Test
  void a_fix_that_makes_something_else_appear_says_what() throws IOException {
    var rules =
        with(
            rule("W1", "$c : Cluster( version == \"\" )"),
            rule("W2", "$c : Cluster( version == \"1\" )"));

    var root = new Diagnostician(rules).diagnose("prod", List.of(cluster("c"))).rootCauses().get(0);

    assertThat(root.finding().code()).isEqualTo("W1");
    assertThat(root.tried())
        .hasValueSatisfying(
            trial -> {
              assertThat(trial.gone()).isTrue();
              assertThat(trial.appears()).extracting(one -> one.code()).containsExactly("W2");
            });
  }

  @Test
  void a_rule_that_could_match_nothing_before_a_fix_takes_part_in_its_trial() throws IOException {
    var rules =
        with(
            rule("W1", "$c : Cluster( version == \"\" )"),
            rule("W2", "$c : Cluster( version == \"1\" )"));

    try (var reasoning = Reasoning.over(rules, List.of(cluster("c")), List.of(), true)) {
      var inference = Inference.of(rules, reasoning);
      var found = inference.findings().stream().filter(one -> !one.changes().isEmpty()).toList();
      var whatIf = new WhatIf(reasoning, inference);
      var trial = whatIf.tried(found.get(0)).orElseThrow();

      assertThat(found).extracting(Finding::code).containsExactly("W1");
      assertThat(trial.appears()).extracting(Finding::code).containsExactly("W2");
      assertThat(whatIf.after(List.of())).containsExactlyInAnyOrderElementsOf(inference.findings());
    }
  }

  @Test
  void a_rule_that_fails_over_a_fix_leaves_the_diagnosis_as_it_was() throws IOException {
    var rules =
        with(
            rule("W1", "$c : Cluster( version == \"\" )"),
            rule("W2", "$c : Cluster( version != \"\", version.substring( 9 ) == \"x\" )"));

    var diagnosis = new Diagnostician(rules).diagnose("prod", List.of(cluster("c"), cluster("d")));

    assertThat(diagnosis.rootCauses())
        .extracting(root -> root.finding().message())
        .containsExactly("found in c", "found in d");
    assertThat(diagnosis.rootCauses()).allMatch(root -> root.tried().isEmpty());
    assertThat(diagnosis.coverage().unread()).isEmpty();
  }

  private RuleBase with(String... rules) throws IOException {
    for (int n = 0; n < rules.length; n++) {
      Files.writeString(directory.resolve("rule" + n + ".drl"), rules[n]);
    }
    var loaded = new UserRules(cache).load(BUILT_IN, List.of(directory));
    assertThat(loaded.problems()).isEmpty();
    return loaded.rules();
  }

  private static Fact cluster(String name) {
    return new Cluster(
        name, "", Role.UNKNOWN, "", "", "", "istio-system", name, "", Origin.UNKNOWN);
  }

  /** A rule whose fix gives a cluster the version 1. */
  private static String rule(String id, String condition) {
    return """
        package acme;
        import io.meshdoctor.facts.*;
        import io.meshdoctor.rules.Conclude;

        rule "rule %s"
            @id( %s )
            @severity( WARNING )
        when
            %s
        then
            insertLogical( Conclude.that( kcontext, "found in %%s", $c.name() )
                .outOf( $c.name() )
                .changing( $c ).to( "version", "1" )
                .finding() );
        end
        """
        .formatted(id, id, condition);
  }
}
