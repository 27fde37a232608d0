package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Fleet;
import io.meshdoctor.engine.FleetMesh;
import io.meshdoctor.facts.Severity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExitStatusTest {

  static Stream<Arguments> meshes() {
    return Stream.of(
        Arguments.of("healthy", Diagnoses.healthy(), List.of(0, 0, 0)),
        Arguments.of("a note", Diagnoses.with(Severity.INFO), List.of(0, 0, 1)),
        Arguments.of("a warning", Diagnoses.with(Severity.WARNING), List.of(0, 1, 1)),
        Arguments.of("an error", Diagnoses.with(Severity.ERROR), List.of(1, 1, 1)),
        Arguments.of(
            "all",
            Diagnoses.with(Severity.ERROR, Severity.WARNING, Severity.INFO),
            List.of(1, 1, 1)),
        Arguments.of("undecided", Diagnoses.undecided(), List.of(4, 4, 4)),
        Arguments.of("undecided, a note", Diagnoses.undecided(Severity.INFO), List.of(4, 4, 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("meshes")
  void is_the_same_for_every_format(String name, Diagnosis diagnosis, List<Integer> expected) {
    for (var format : ReportFormat.words()) {
      assertThat(
              Stream.of("error", "warning", "info")
                  .map(
                      severity ->
                          Run.of(
                                  diagnosis,
                                  "diagnose",
                                  "--bundle=x",
                                  "-o",
                                  format,
                                  "--fail-on",
                                  severity)
                              .status()))
          .as("%s as %s", name, format)
          .isEqualTo(expected);
    }
  }

  @Test
  void fails_on_errors_where_nothing_else_is_said() {
    assertThat(Run.of(Diagnoses.with(Severity.ERROR), "diagnose", "--bundle=x").status())
        .isEqualTo(1);
    assertThat(Run.of(Diagnoses.with(Severity.WARNING), "diagnose", "--bundle=x").status())
        .isZero();
  }

  @Test
  void is_of_many_meshes_the_worst_that_one_has() {
    var healthy = FleetMesh.of("a", Diagnoses.healthy());
    var undecided = FleetMesh.of("b", Diagnoses.undecided());
    var faulty = FleetMesh.of("c", Diagnoses.with(Severity.ERROR));
    var unreadable = FleetMesh.unreadable("d", "d", "ends early");
    var broken = FleetMesh.broken("e", "e", "failed");

    assertThat(of(healthy)).isEqualTo(ExitStatus.PASSED);
    assertThat(of(healthy, undecided)).isEqualTo(ExitStatus.UNDECIDED);
    assertThat(of(faulty, undecided)).isEqualTo(ExitStatus.FAILED);
    assertThat(of(unreadable, faulty)).isEqualTo(ExitStatus.USAGE);
    assertThat(of(unreadable, broken, faulty)).isEqualTo(ExitStatus.BROKEN);
  }

  private static ExitStatus of(FleetMesh... meshes) {
    return ExitStatus.of(Fleet.of(List.of(meshes)), Severity.ERROR);
  }

  @Test
  void has_the_numbers_that_scripts_know() {
    assertThat(Stream.of(ExitStatus.values()).map(ExitStatus::code)).containsExactly(0, 1, 2, 3, 4);
  }
}
