package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  private static final Program PLUGIN =
      Run.program(
          "kubectl meshdoctor",
          Terminal.NONE,
          (sources, progress, rules, accounting) -> Diagnoses.healthy());

  @Test
  void tells_its_version() {
    assertThat(Run.of("--version").out())
        .matches("meshdoctor \\d+\\.\\d+\\.\\d+\\S* \\(Java .+\\)\\R");
  }

  @Test
  void names_every_command_in_its_help() {
    assertThat(Run.of("--help").out())
        .contains(
            "diagnose", "fleet", "collect", "explain", "rules", "generate-completion", "help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"diagnose", "fleet", "collect", "explain", "rules"})
  void shows_the_help_of_a_command_in_both_ways(String command) {
    var asked = Run.of(command, "--help");

    assertThat(asked.status()).isZero();
    assertThat(asked.out()).contains("Usage: meshdoctor " + command).contains("--no-color");
    assertThat(Run.of("help", command)).isEqualTo(asked);
  }

  @Test
  void lists_the_exit_statuses() {
    assertThat(Run.of("diagnose", "--help").out())
        .contains("  0   Nothing at or above --fail-on was found.")
        .contains("  4   Nothing was found, but not everything");
  }

  @Test
  void calls_itself_what_the_user_calls_it() {
    assertThat(Run.of(PLUGIN, "diagnose", "--help").out())
        .contains("Usage: kubectl meshdoctor diagnose")
        .contains("  kubectl meshdoctor diagnose --bundle");
    assertThat(Run.of(PLUGIN, "explain", "MD000").err())
        .contains("`kubectl meshdoctor rules list`");
  }

  @Test
  void makes_completions_for_the_executable() {
    assertThat(Run.of("generate-completion").out())
        .contains("complete -F _complete_meshdoctor ")
        .contains(
            "fleet", "--jobs", "\"markdown\" \"html\" \"sarif\" \"junit\"", "list test lint new");
    assertThat(Run.of(PLUGIN, "generate-completion").out())
        .contains("complete -F _complete_kubectl-meshdoctor ");
  }
}
