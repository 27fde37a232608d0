package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
            directories -> {
              asked.addAll(directories);
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

  @Test
  void asks_for_a_subcommand() {
    var run = Run.of("rules");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("missing required subcommand");
  }
}
