package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.collector.UnreadableInputException;
import io.meshdoctor.collector.live.LiveOptions;
import io.meshdoctor.facts.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  void warns_of_credentials_in_a_recording_whatever_the_format() {
    var one = Run.of(Diagnoses.withCredentials(1), "diagnose", "--bundle=x", "-o", "json");
    var three = Run.of(Diagnoses.withCredentials(3), "diagnose", "--bundle=x");

    assertThat(one.status()).isZero();
    assertThat(one.out()).startsWith("{\n");
    assertThat(one.err()).isEqualTo("meshdoctor: warning: it holds tokens in file-1%n".formatted());
    assertThat(three.err())
        .isEqualTo(
            "meshdoctor: warning: it holds tokens in file-1, and 2 files more%n".formatted());
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
  void reads_all_contexts_where_nothing_is_named() {
    var sources = asked("diagnose");

    assertThat(sources.bundles()).isEmpty();
    assertThat(sources.live()).hasValue(live().withTimeout(Duration.ofSeconds(30)));
  }

  @Test
  void reads_only_recordings_where_only_these_are_named() {
    assertThat(asked("diagnose", "--bundle=x").live()).isEmpty();
  }

  @Test
  void reads_live_clusters_and_recordings_as_one_mesh() {
    var sources = asked("diagnose", "--context", "a,b", "--bundle=x", "--context=c");

    assertThat(sources.bundles()).containsExactly(Path.of("x"));
    assertThat(sources.live()).hasValue(live().withContexts(List.of("a", "b", "c")));
  }

  @Test
  void passes_on_what_to_read_of_live_clusters() {
    var sources =
        asked(
            "diagnose",
            "--kubeconfig=k",
            "--timeout=2m",
            "--read-secrets",
            "-n",
            "shop",
            "--service=shop/web");

    assertThat(sources.live())
        .hasValue(
            live()
                .withKubeconfig(Path.of("k"))
                .withTimeout(Duration.ofMinutes(2))
                .withSecrets(true)
                .withProxies(List.of("shop"), List.of("shop/web")));
  }

  @Test
  void probes_only_when_asked_to_and_only_live_clusters() {
    var recorded = Run.of("diagnose", "--bundle=x", "--probe");
    var access = Run.of("diagnose", "--check-access", "--probe");

    assertThat(asked("diagnose").probes()).isEmpty();
    assertThat(asked("diagnose", "--probe").probes()).isPresent();
    assertThat(asked("diagnose", "--probe", "--context=a", "--bundle=x").probes()).isPresent();
    assertThat(recorded.status()).isEqualTo(2);
    assertThat(recorded.err())
        .contains("--probe tests live clusters; leave it out, or add --context");
    assertThat(access.status()).isEqualTo(2);
    assertThat(access.err()).contains("leave out --probe");
  }

  @ParameterizedTest
  @CsvSource({"45,45", "30s,30", "2m,120", "1h,3600"})
  void knows_times(String time, int seconds) {
    assertThat(asked("diagnose", "--timeout", time).live())
        .hasValue(live().withTimeout(Duration.ofSeconds(seconds)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1.5s", "2 m", "soon", "1d", "999999"})
  void says_what_is_no_time(String time) {
    var run = Run.of("diagnose", "--timeout=" + time);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("'%s' is no time, such as 30s or 2m".formatted(time));
  }

  @Test
  void says_what_is_no_service() {
    var run = Run.of("diagnose", "--service=web");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("'web' names no service as NAMESPACE/NAME");
  }

  private static LiveOptions live() {
    return new LiveOptions(
        null, List.of(), LiveOptions.TIMEOUT, false, List.of(), List.of(), Map.of());
  }

  private static MeshSources asked(String... arguments) {
    List<MeshSources> asked = new ArrayList<>();
    Diagnoser diagnoser =
        (sources, progress, rules, accounting) -> {
          asked.add(sources);
          return Diagnoses.healthy();
        };
    Run.with(diagnoser, arguments);
    return asked.get(0);
  }

  @Test
  void takes_all_recordings_as_one_mesh() {
    assertThat(asked("diagnose", "--bundle", "a", "b", "--bundle=c").bundles())
        .containsExactly(Path.of("a"), Path.of("b"), Path.of("c"));
  }

  @Test
  void passes_on_where_more_rules_are() {
    List<RuleChoice> asked = new ArrayList<>();
    Diagnoser diagnoser =
        (sources, progress, rules, accounting) -> {
          asked.add(rules);
          return Diagnoses.healthy();
        };

    Run.with(diagnoser, "diagnose", "--bundle=x", "--rules", "a", "--rules", "b");
    Run.with(diagnoser, "diagnose", "--bundle=x", "--disable", "md301,MD302", "--disable=MD303");

    assertThat(asked)
        .containsExactly(
            RuleChoice.of(List.of(Path.of("a"), Path.of("b"))),
            new RuleChoice(List.of(), List.of("MD301", "MD302", "MD303")));
  }

  @Test
  void says_in_one_line_that_the_input_cannot_be_read() {
    Diagnoser diagnoser =
        (sources, progress, rules, accounting) -> {
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
        Run.program(
            "meshdoctor",
            terminal,
            (sources, progress, rules, accounting) -> Diagnoses.with(Severity.ERROR));

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
