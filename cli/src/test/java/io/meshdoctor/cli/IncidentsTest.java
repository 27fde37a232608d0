package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.facts.Confidence;
import io.meshdoctor.facts.Severity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Diagnoses what others had with their meshes, by what they reported. */
class IncidentsTest {

  private static final List<Incident> INCIDENTS = Incident.all();

  @TestFactory
  Stream<DynamicTest> the_cause_is_named_first_and_nothing_wrong_is_certain() {
    return INCIDENTS.stream()
        .map(incident -> DynamicTest.dynamicTest(incident.name(), () -> check(incident)));
  }

  private static void check(Incident incident) {
    var roots =
        incident.mesh().diagnose(Recordings.DOCTOR).rootCauses().stream()
            .filter(root -> root.finding().severity() != Severity.INFO)
            .toList();

    assertThat(roots).as("root causes").extracting(IncidentsTest::line).isNotEmpty();
    assertThat(roots)
        .extracting(IncidentsTest::line)
        .first()
        .as("the first of %s", roots.stream().map(IncidentsTest::line).toList())
        .satisfies(line -> assertThat(incident.codes()).contains(line.substring(0, 5)));
    assertThat(roots)
        .filteredOn(root -> root.finding().confidence() == Confidence.CERTAIN)
        .extracting(IncidentsTest::line)
        .as("said to be certain")
        .allMatch(line -> incident.isRight(line.substring(0, 5)));
  }

  private static String line(Conclusion root) {
    return root.finding().code()
        + " "
        + root.finding().confidence()
        + ": "
        + root.finding().message();
  }
}
