package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetCommandTest {

  private static final Path EXAMPLES = Path.of("../examples");

  @TempDir private Path directory;

  @BeforeEach
  void two_recordings() throws IOException {
    copy("remote-secret-missing.tar.gz", "b.tar.gz");
    copy("healthy.tar.gz", "a.tar.gz");
  }

  private void copy(String example, String name) throws IOException {
    Files.copy(
        EXAMPLES.resolve(example), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private Run fleet(String... more) {
    var arguments = new String[more.length + 2];
    arguments[0] = "fleet";
    arguments[1] = directory.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return Run.of(arguments);
  }

  @Test
  void has_a_line_for_each_recording_in_a_directory() {
    var run = fleet();

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("FLEET: 2 meshes: 1 faulty, 1 healthy\n")
        .containsPattern("(?m)^\\S+ +faulty +1 +0 +MD316: ")
        .containsPattern("(?m)^\\S+ +healthy +0 +0$");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void says_what_meshes_share() throws IOException {
    copy("remote-secret-missing.tar.gz", "c.tar.gz");

    assertThat(fleet().out())
        .contains("the same cause in several meshes\n  MD316 in 2 meshes: ")
        .contains("-missing (b.tar.gz),", "-missing (c.tar.gz)\n");
  }

  @Test
  void a_broken_recording_costs_its_own_line_and_is_the_exit_status() throws IOException {
    Files.writeString(directory.resolve("broken.tar.gz"), "CANARY is no archive");

    var run = fleet("-o", "json");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out())
        .contains("\"kind\": \"Fleet\"")
        .contains("\"kind\": \"Unreadable\"")
        .contains("\"verdict\": \"healthy\"")
        .doesNotContain("CANARY is");
  }

  @Test
  void says_which_directories_hold_no_recording() throws IOException {
    Files.createDirectories(directory.resolve("notes"));

    var run = fleet();

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "meshdoctor: warning: %s holds no recording, and is passed over%n"
                .formatted(directory.resolve("notes")));
  }

  @Test
  void a_path_that_is_not_there_is_unreadable() {
    var run = Run.of("fleet", directory.resolve("none").toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).containsPattern("(?m)^none +unreadable ");
  }

  @Test
  void passes_where_nothing_is_as_bad_as_asked_for() throws IOException {
    Files.delete(directory.resolve("b.tar.gz"));

    assertThat(fleet().status()).isZero();
  }

  @Test
  void takes_a_recording_once_however_often_it_is_named() {
    var run = fleet(directory.resolve("a.tar.gz").toString());

    assertThat(run.out()).startsWith("FLEET: 2 meshes");
  }

  @Test
  void shows_each_report_when_asked_for_details() {
    assertThat(fleet("-v").out()).contains("error[MD316]: ", "HEALTHY: nothing wrong");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "markdown", "html", "sarif", "junit"})
  void prints_the_same_bytes_however_many_run_at_a_time(String format) {
    var one = fleet("-o", format, "--jobs=1");
    var two = fleet("-o", format, "--jobs=2");

    assertThat(one.status()).isEqualTo(1);
    assertThat(two).isEqualTo(one);
  }

  @Test
  void says_that_no_jobs_are_too_few() {
    var run = fleet("--jobs=0");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--jobs is at least 1");
  }
}
