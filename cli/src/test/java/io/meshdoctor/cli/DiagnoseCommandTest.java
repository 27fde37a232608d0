package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.collector.UnreadableInputException;
import io.meshdoctor.facts.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnoseCommandTest {

  @TempDir Path directory;

  @Test
  void prints_the_report_as_text_and_nothing_else() {
    var run = Run.of(Diagnoses.with(Severity.ERROR), "diagnose", "--bundle", "x");

    assertThat(run.out())
        .startsWith("FAULTY: 1 root cause in mesh prod (0 clusters)\n")
        .contains("error[MD301]: it is broken\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void prints_the_report_as_json_when_asked_to() {
    var run = Run.of(Diagnoses.healthy(), "diagnose", "--bundle", "x", "-o", "json");

    assertThat(run.out()).startsWith("{\n").contains("\"verdict\": \"healthy\"").endsWith("}\n");
  }

  @Test
  void writes_one_report_to_a_file_and_prints_another() throws IOException {
    var file = directory.resolve("report.json");

    var run =
        Run.of(Diagnoses.healthy(), "diagnose", "--bundle=x", "-o", "text", "-o", "json=" + file);

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("HEALTHY: ");
    assertThat(Files.readString(file)).startsWith("{\n").endsWith("}\n");
  }

  @Test
  void prints_nothing_when_all_reports_go_to_files() {
    var run =
        Run.of(
            Diagnoses.healthy(),
            "diagnose",
            "--bundle=x",
            "-o",
            "json=" + directory.resolve("report.json"));

    assertThat(run.out()).isEmpty();
  }

  @Test
  void says_that_a_report_cannot_be_written() {
    var file = directory.resolve("nowhere/report.json");

    var run = Run.of(Diagnoses.healthy(), "diagnose", "--bundle=x", "-o", "json=" + file);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "meshdoctor: the report cannot be written to %s: there is no such directory%n"
                .formatted(file));
  }

  @Test
  void refuses_two_reports_in_one_place() {
    var twice = Run.of("diagnose", "--bundle=x", "-o", "text", "-o", "json");
    var file = Run.of("diagnose", "--bundle=x", "-o", "text=r", "-o", "json=r");

    assertThat(twice.status()).isEqualTo(2);
    assertThat(twice.err()).contains("only one report can go to the standard output");
    assertThat(file.status()).isEqualTo(2);
    assertThat(file.err()).contains("two reports cannot go to one file: r");
  }

  @Test
  void lists_the_formats_when_there_is_none_of_that_name() {
    var run = Run.of("diagnose", "--bundle=x", "-o", "xml");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("no format is called 'xml'; there are text, json")
        .contains("Try 'meshdoctor diagnose --help'.");
  }

  @Test
  void lists_the_severities_when_there_is_none_of_that_name() {
    var run = Run.of("diagnose", "--bundle=x", "--fail-on=fatal");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("no severity is called 'fatal'; there are error, warning, info");
  }

  @Test
  void asks_for_a_recording_when_none_is_named() {
    var run = Run.of("diagnose");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("meshdoctor: nothing to diagnose; name a recording with --bundle PATH");
  }

  @Test
  void takes_all_recordings_as_one_mesh() {
    List<Path> asked = new ArrayList<>();
    Diagnoser diagnoser =
        (bundles, rules) -> {
          asked.addAll(bundles);
          return Diagnoses.healthy();
        };

    Run.with(diagnoser, "diagnose", "--bundle", "a", "b", "--bundle=c");

    assertThat(asked).containsExactly(Path.of("a"), Path.of("b"), Path.of("c"));
  }

  @Test
  void passes_on_where_more_rules_are() {
    List<Path> asked = new ArrayList<>();
    Diagnoser diagnoser =
        (bundles, rules) -> {
          asked.addAll(rules);
          return Diagnoses.healthy();
        };

    Run.with(diagnoser, "diagnose", "--bundle=x", "--rules", "a", "--rules", "b");

    assertThat(asked).containsExactly(Path.of("a"), Path.of("b"));
  }

  @Test
  void says_in_one_line_that_the_input_cannot_be_read() {
    Diagnoser diagnoser =
        (bundles, rules) -> {
          throw new UnreadableInputException("x is no bundle; name a directory or a .tar.gz");
        };

    var run = Run.with(diagnoser, "diagnose", "--bundle=x");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo("meshdoctor: x is no bundle; name a directory or a .tar.gz%n".formatted());
  }

  @Test
  void shows_more_when_asked_to() {
    var run = Run.of(Diagnoses.undecided(), "diagnose", "--bundle=x", "-o", "text", "-v");

    assertThat(run.out()).startsWith("UNDECIDED: ");
  }

  @Test
  void uses_colours_in_a_terminal_only_and_not_when_they_are_unwanted() {
    var terminal = new Terminal(true, true, 80);
    var program =
        new Program(
            "meshdoctor",
            terminal,
            (bundles, rules) -> Diagnoses.with(Severity.ERROR),
            directories -> Run.RULES);

    var coloured = Run.of(program, "diagnose", "--bundle=x");
    var plain = Run.of(program, "diagnose", "--bundle=x", "--no-color");
    var file = directory.resolve("report.txt");
    Run.of(program, "diagnose", "--bundle=x", "-o", "text=" + file);

    assertThat(coloured.out()).contains("\u001b[").contains("error[MD301]: ");
    assertThat(plain.out()).doesNotContain("\u001b").startsWith("FAULTY: ");
    assertThat(file)
        .content()
        .isEqualTo(Run.of(Diagnoses.with(Severity.ERROR), "diagnose", "--bundle=x").out());
  }

  @Test
  void knows_what_the_environment_says_of_the_terminal() {
    assertThat(Terminal.of(true, Map.of())).isEqualTo(new Terminal(true, true, 100));
    assertThat(Terminal.of(true, Map.of("NO_COLOR", "1")).coloured()).isFalse();
    assertThat(Terminal.of(true, Map.of("NO_COLOR", "")).coloured()).isTrue();
    assertThat(Terminal.of(true, Map.of("TERM", "dumb")).coloured()).isFalse();
    assertThat(Terminal.of(false, Map.of()).coloured()).isFalse();
    assertThat(Terminal.of(true, Map.of("COLUMNS", "80")).width()).isEqualTo(80);
    assertThat(Terminal.of(true, Map.of("COLUMNS", "wide")).width()).isEqualTo(100);
  }
}
