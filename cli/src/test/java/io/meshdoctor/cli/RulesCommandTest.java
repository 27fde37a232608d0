package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandTest {

  @TempDir Path directory;

  private void write(String folder, String name, String text) throws IOException {
    var cases = Files.createDirectories(directory.resolve(folder).resolve("cases"));
    Files.writeString(cases.resolve(name + ".yaml"), text);
  }

  @Test
  void lists_the_rules_in_a_table() {
    var run = Run.of("rules", "list");

    assertThat(run.status()).isZero();
    assertThat(run.out().lines().findFirst().orElseThrow())
        .matches("ID +SEVERITY +STAGE +TITLE +SOURCE");
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("MD301 +error +discovery +\\S.* +built in"))
        .noneMatch(line -> line.endsWith(" "));
  }

  @Test
  void lists_the_rules_as_json() {
    var run = Run.of("rules", "list", "-o", "json");

    assertThat(run.out())
        .startsWith("[\n  {\n    \"id\": \"MD")
        .contains(
            """
                "id": "MD301",
                "severity": "error",
                "stage": "discovery",
            """)
        .endsWith("]\n");
  }

  @Test
  void passes_when_every_case_holds() throws IOException {
    write("MD301-any", "silent-when-there-is-no-cluster", "given: []\nexpect: []\n");

    var run = Run.of("rules", "test", directory.toString());

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "ok      MD301  silent when there is no cluster%n1 case, 0 failed%n".formatted());
  }

  @Test
  void says_what_a_case_expects_in_vain() throws IOException {
    write("MD301-any", "fires-for-nothing", "given: []\nexpect:\n  - MD301: it is broken\n");
    write("MD301-any", "silent-when-there-is-no-cluster", "given: []\nexpect: []\n");

    var run = Run.of("rules", "test", directory.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("FAILED  MD301  fires for nothing")
        .contains("not found:    MD301: it is broken")
        .contains("2 cases, 1 failed");
  }

  @Test
  void says_that_a_case_cannot_be_read_and_runs_the_others() throws IOException {
    write("MD301-any", "fires-for-nothing", "given:\n  - NoSuchFact: {}\n");
    write("MD301-any", "silent-when-there-is-no-cluster", "given: []\nexpect: []\n");

    var run = Run.of("rules", "test", directory.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("cannot be read").contains("2 cases, 1 failed");
  }

  @Test
  void fails_a_case_of_a_rule_that_there_is_not() throws IOException {
    write("MD000-none", "silent-always", "given: []\nexpect: []\n");

    var run = Run.of("rules", "test", directory.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("no rule is called MD000");
  }

  @Test
  void tests_rules_of_users_together_with_the_built_in_ones() throws IOException {
    List<Path> asked = new ArrayList<>();
    var program =
        new Program(
            "meshdoctor",
            Terminal.NONE,
            0,
            Map.of(),
            (sources, progress, rules, accounting) -> {
              throw new IllegalStateException("This command diagnoses nothing.");
            },
            (sources, progress, rules, prepared) -> {
              throw new IllegalStateException("This command examines nothing.");
            },
            ProbeWorld.LIVE,
            choice -> {
              asked.addAll(choice.directories());
              return Run.RULES;
            });
    write("MD301-any", "silent-when-there-is-no-cluster", "given: []\nexpect: []\n");
    var rule = directory.resolve("MD301-any/any.drl");

    Files.writeString(rule, "package io.meshdoctor.rules.discovery;\n");
    Run.of(program, "rules", "test", directory.toString(), "--rules=other");
    Files.writeString(rule, "package acme.mesh;\n");
    Run.of(program, "rules", "test", directory.toString());

    assertThat(asked).containsExactly(Path.of("other"), directory);
  }

  @Test
  void does_not_pass_when_there_was_nothing_to_run() {
    var empty = Run.of("rules", "test", directory.toString());
    var missing = Run.of("rules", "test", directory.resolve("nowhere").toString());

    assertThat(empty.status()).isEqualTo(2);
    assertThat(empty.err()).contains("there are no cases/*.yaml below");
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("is not a directory");
  }

  /** With a home, where compiled rules are kept. */
  private Run atHome(String... arguments) {
    var environment = Map.of("HOME", directory.resolve("home").toString());
    var err = new StringWriter();
    var program =
        new Program(
            "meshdoctor",
            Terminal.NONE,
            0,
            environment,
            (sources, progress, rules, accounting) -> Diagnoses.healthy(),
            (sources, progress, rules, prepared) -> {
              throw new IllegalStateException("This command examines nothing.");
            },
            ProbeWorld.LIVE,
            RuleSource.of(environment, new PrintWriter(err)));
    var run = Run.of(program, arguments);
    return new Run(run.status(), run.out(), err + run.err());
  }

  @Test
  void a_new_rule_is_well_formed_and_its_cases_hold() {
    var rules = directory.resolve("rules");

    var made = atHome("rules", "new", "acme2", "an istiod is not ready", "--dir", rules.toString());
    var lint = atHome("rules", "lint", rules.toString());
    var test = atHome("rules", "test", rules.toString());

    assertThat(made.err()).isEmpty();
    assertThat(made.status()).isZero();
    assertThat(made.out().lines())
        .hasSize(6)
        .contains(rules + "/ACME2-an-istiod-is-not-ready/an-istiod-is-not-ready.drl")
        .endsWith("Its cases: meshdoctor rules test " + rules);
    assertThat(lint).isEqualTo(new Run(0, "1 file, 0 problems%n".formatted(), ""));
    assertThat(test.err()).isEmpty();
    assertThat(test.out()).endsWith("3 cases, 0 failed%n".formatted());
    assertThat(test.status()).isZero();
  }

  @Test
  void a_new_rule_overwrites_nothing_and_replaces_no_other() {
    var rules = directory.resolve("rules").toString();

    atHome("rules", "new", "ACME2", "odd", "--dir", rules);
    var again = atHome("rules", "new", "ACME2", "odd", "--dir", rules);
    var taken = atHome("rules", "new", "MD301", "odd", "--dir", rules);
    var noId = atHome("rules", "new", "ACME-2", "odd", "--dir", rules);
    var noName = atHome("rules", "new", "ACME3", "o\"dd", "--dir", rules);

    assertThat(List.of(again.status(), taken.status(), noId.status(), noName.status()))
        .containsOnly(2);
    assertThat(again.err()).contains("ACME2-odd is there already");
    assertThat(taken.err()).contains("there is a rule MD301");
    assertThat(noId.err()).contains("such as ACME2");
    assertThat(noName.err()).contains("a name is at most 100 letters");
  }

  @Test
  void says_what_is_wrong_with_rules_and_what_was_meant() throws IOException {
    var rule = Files.readString(Path.of("../examples/rules/old-proxies.drl"));
    Files.writeString(directory.resolve("good.drl"), rule);
    Files.writeString(
        directory.resolve("typo.drl"),
        rule.replace("ACME1", "ACME3").replace("version str", "versoin str"));
    Files.writeString(directory.resolve("taken.drl"), rule.replace("ACME1", "MD301"));

    var run = atHome("rules", "lint", directory.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("typo.drl:12:")
        .contains("ConnectedProxies has no versoin; did you mean version?")
        .contains("taken.drl: note: replaces the built-in rule MD301")
        .endsWith("3 files, 1 problem%n".formatted());
  }

  @Test
  void does_not_call_right_what_it_did_not_see() {
    var empty = atHome("rules", "lint", directory.toString());
    var missing = atHome("rules", "lint", directory.resolve("nowhere").toString());

    assertThat(empty.status()).isEqualTo(2);
    assertThat(empty.err()).contains("there is no .drl below");
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("is not a directory");
  }

  @Test
  void asks_for_a_subcommand() {
    var run = Run.of("rules");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("missing required subcommand");
  }
}
