package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {

  private static final Diagnoser BROKEN =
      (sources, progress, rules, accounting) -> {
        throw new IllegalStateException("The rule (roots differ) has no id.\nMaybe give it one.");
      };

  private static final Diagnoser CAUSED =
      (sources, progress, rules, accounting) -> {
        try {
          Integer.parseInt("hunter2");
          return Diagnoses.healthy();
        } catch (NumberFormatException e) {
          throw new IllegalStateException("The number is none.", e);
        }
      };

  private static final Diagnoser QUOTING =
      (sources, progress, rules, accounting) -> {
        Integer.parseInt("hunter2");
        return Diagnoses.healthy();
      };

  @Test
  void says_in_one_line_that_the_program_failed() {
    var run = Run.with(BROKEN, "diagnose", "--bundle=x");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "meshdoctor: failed: The rule (roots differ) has no id. (-vv shows where)%n"
                .formatted());
  }

  @Test
  void shows_where_it_failed_when_asked_twice_to_show_more() {
    assertThat(Run.with(BROKEN, "diagnose", "--bundle=x", "-v").err()).doesNotContain("    at ");
    assertThat(Run.with(BROKEN, "diagnose", "--bundle=x", "-vv").err())
        .contains("    at io.meshdoctor.cli.DiagnoseCommand.call(");
    assertThat(Run.with(BROKEN, "-vv", "diagnose", "--bundle=x").err()).contains("    at ");
  }

  @Test
  void knows_nothing_more_to_show_when_asked_thrice() {
    List<Run> runs = new ArrayList<>();
    for (var option : List.of("-vv", "-vvv")) {
      runs.add(Run.with(BROKEN, "diagnose", "--bundle=x", option));
    }

    assertThat(runs.get(1)).isEqualTo(runs.get(0));
  }

  @Test
  void quotes_no_library_that_may_quote_a_secret() {
    assertThat(Run.with(QUOTING, "diagnose", "--bundle=x").err())
        .contains("NumberFormatException")
        .doesNotContain("hunter2");
    assertThat(Run.with(QUOTING, "diagnose", "--bundle=x", "-vvv").err())
        .contains("    at java.base/java.lang.Integer.parseInt(")
        .doesNotContain("hunter2");
    assertThat(Run.with(CAUSED, "diagnose", "--bundle=x", "-vvv").err())
        .contains("The number is none.", "caused by NumberFormatException", "    at ")
        .doesNotContain("hunter2");
  }

  @Test
  void says_how_to_go_on_when_memory_is_short() {
    Diagnoser hungry =
        (sources, progress, rules, accounting) -> {
          throw new OutOfMemoryError();
        };

    var run = Run.with(hungry, "diagnose", "--bundle=x");

    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("MESHDOCTOR_JAVA_OPTS=-Xmx4g");
  }

  @Test
  void says_in_one_line_that_an_option_is_unknown_and_hints() {
    var run = Run.of("diagnose", "--bundel=x");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.err())
        .startsWith("meshdoctor: unknown option: '--bundel=x'")
        .contains("--bundle");
  }

  @Test
  void hints_at_the_help_when_nothing_is_similar() {
    var run = Run.of("diagnose", "--bundle=x", "--zzz");

    assertThat(run.err()).contains("Try 'meshdoctor diagnose --help'.");
  }

  @Test
  void shows_the_usage_when_nothing_is_asked_for() {
    var run = Run.of();

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Usage: meshdoctor ").contains("diagnose");
  }

  @Test
  void hints_at_the_command_that_was_meant() {
    var run = Run.of("diagnos");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("diagnose");
  }
}
