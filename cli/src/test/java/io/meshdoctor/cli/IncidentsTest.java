package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.facts.Confidence;
import io.meshdoctor.facts.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Diagnoses what others had with their meshes, and counts how often that is right. */
class IncidentsTest {

  private static final List<Incident> INCIDENTS = Incident.all();

  @TestFactory
  Stream<DynamicTest> the_cause_is_named_first_and_nothing_wrong_is_certain() {
    return INCIDENTS.stream()
        .map(incident -> DynamicTest.dynamicTest(incident.name(), () -> check(incident)));
  }

  private static void check(Incident incident) {
    assumeThat(incident.isAwaitingItsRule()).as("there is no rule yet").isFalse();
    var roots =
        incident.diagnosis().rootCauses().stream()
            .filter(root -> root.finding().severity() != Severity.INFO)
            .toList();

    assertThat(roots)
        .extracting(IncidentsTest::code)
        .as("root causes %s", roots.stream().map(IncidentsTest::line).toList())
        .isNotEmpty()
        .first()
        .isIn(incident.codes());
    assertThat(roots)
        .filteredOn(root -> root.finding().confidence() == Confidence.CERTAIN)
        .extracting(IncidentsTest::code)
        .as("what is certain of %s", roots.stream().map(IncidentsTest::line).toList())
        .allMatch(code -> incident.codes().contains(code) || incident.also().contains(code));
  }

  @Test
  void every_incident_is_diagnosed_or_it_is_said_why_not() {
    assertThat(Incident.inexpressible())
        .allSatisfy(
            incident -> {
              assertThat(incident.get("url").asString()).startsWith("https://");
              assertThat(incident.get("why").asString()).isNotBlank();
            });
    assertThat(
            Stream.concat(
                INCIDENTS.stream().map(Incident::url),
                Incident.inexpressible().stream().map(one -> one.get("url").asString())))
        .doesNotHaveDuplicates();
  }

  @Test
  void the_readme_says_how_often_it_is_right() throws Exception {
    var recordings =
        Recordings.names().stream()
            .map(Recordings::recording)
            .map(one -> Score.of(one.diagnosis(), one.causes(), new TreeSet<>(one.right())))
            .reduce(Score.NONE, Score::plus);
    var incidents =
        INCIDENTS.stream()
            .filter(one -> !one.isAwaitingItsRule())
            .map(
                one ->
                    Score.of(
                        one.diagnosis(), List.of(Set.copyOf(one.codes())), Set.copyOf(one.also())))
            .reduce(Score.NONE, Score::plus);

    var readme = Files.readString(Path.of("../README.md"));
    assertThat(readme)
        .contains(
            String.join(
                "\n",
                Score.HEAD,
                recordings.row("recordings of real meshes, broken in known ways or healthy"),
                incidents.row("incidents of others, by what they reported")));
    assertThat(readme.replace('\n', ' '))
        .contains(
            "%d more incidents are of a kind that no bundle can show"
                .formatted(Incident.inexpressible().size()));
  }

  private static String code(Conclusion root) {
    return root.finding().code();
  }

  private static String line(Conclusion root) {
    return "%s, %s: %s"
        .formatted(root.finding().code(), root.finding().confidence(), root.finding().message());
  }
}
