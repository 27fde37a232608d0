package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Trial;
import io.meshdoctor.engine.Verdict;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Role;
import io.meshdoctor.facts.Severity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is said of two clusters is not said of a third. */
class ThreePrimariesTest {

  private static final MeshFiles HEALTHY = ThreePrimaries.healthy();

  @Test
  void nothing_is_wrong_with_three_that_know_each_other() {
    var diagnosis = HEALTHY.diagnose(Recordings.DOCTOR);

    assertThat(diagnosis.clusters())
        .extracting(Cluster::name, Cluster::role, Cluster::network)
        .containsExactly(
            tuple("east", Role.PRIMARY, "network1"),
            tuple("south", Role.PRIMARY, "network3"),
            tuple("west", Role.PRIMARY, "network2"));
    assertThat(wrong(diagnosis)).isEmpty();
    assertThat(diagnosis.verdict()).isNotEqualTo(Verdict.FAULTY);
  }

  /** The odd one out comes last, first and in the middle of the names. */
  @TestFactory
  Stream<DynamicTest> a_fault_is_named_alone_and_its_fix_leaves_nothing() {
    return Stream.of("west", "alps", "rome")
        .flatMap(
            name ->
                Faults.all().stream()
                    .map(
                        fault ->
                            DynamicTest.dynamicTest(
                                "%s, where west is called %s".formatted(fault, name),
                                () -> isNamedAlone(fault, name))));
  }

  private static void isNamedAlone(Faults.Fault fault, String name) {
    var mesh = fault.effect().apply(HEALTHY);

    var roots =
        wrong(
            mesh.renamed(text -> text.replaceAll("\\bwest\\b", name)).diagnose(Recordings.DOCTOR));

    assertThat(roots)
        .extracting(root -> root.finding().code())
        .isNotEmpty()
        .allMatch(fault.codes()::contains);
    assertThat(roots)
        .allSatisfy(root -> assertThat(root.tried()).hasValueSatisfying(ThreePrimariesTest::mends));
  }

  @TestFactory
  Stream<DynamicTest> what_keeps_one_from_reading_another_is_not_about_the_third() {
    return Faults.all().stream()
        .filter(fault -> fault.codes().contains("MD301") || fault.codes().contains("MD304"))
        .map(
            fault ->
                DynamicTest.dynamicTest(
                    fault.toString(),
                    () -> {
                      var roots = wrong(fault.effect().apply(HEALTHY).diagnose(Recordings.DOCTOR));

                      assertThat(roots)
                          .singleElement()
                          .satisfies(
                              root ->
                                  assertThat(root.finding().clusters())
                                      .containsExactlyInAnyOrder("east", "west"));
                    }));
  }

  private static void mends(Trial trial) {
    assertThat(trial.gone()).isTrue();
    assertThat(trial.appears()).isEmpty();
  }

  private static List<Conclusion> wrong(Diagnosis diagnosis) {
    return diagnosis.rootCauses().stream()
        .filter(root -> root.finding().severity() != Severity.INFO)
        .toList();
  }
}
