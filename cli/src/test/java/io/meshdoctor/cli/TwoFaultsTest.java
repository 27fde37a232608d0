package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.cli.Faults.Fault;
import io.meshdoctor.facts.Severity;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Breaks healthy meshes in one way, and in two independent ways at once. */
class TwoFaultsTest {

  private static final String TWO_CLUSTERS = "multi-primary-multi-network-healthy";

  /** East and west as before, and a remote of east. */
  private static final String THREE_CLUSTERS = "three-clusters-healthy";

  @TestFactory
  Stream<DynamicTest> two_independent_faults_are_two_root_causes() {
    var faults = Faults.all();
    return faults.stream()
        .flatMap(
            one ->
                faults.subList(faults.indexOf(one) + 1, faults.size()).stream()
                    .map(other -> test(TWO_CLUSTERS, List.of(one, other))));
  }

  @TestFactory
  Stream<DynamicTest> a_fault_is_the_same_in_a_mesh_of_three_clusters() {
    return Faults.all().stream()
        .flatMap(
            fault ->
                Stream.of(
                    test(TWO_CLUSTERS, List.of(fault)), test(THREE_CLUSTERS, List.of(fault))));
  }

  private static DynamicTest test(String recording, List<Fault> faults) {
    return DynamicTest.dynamicTest(
        faults + " in " + recording,
        () -> {
          var roots = rootsOf(recording, faults);

          assertThat(faults)
              .as("root causes %s", roots)
              .allSatisfy(fault -> assertThat(roots).containsAnyElementsOf(fault.codes()));
          assertThat(roots)
              .as("and nothing else")
              .allMatch(code -> faults.stream().anyMatch(fault -> fault.codes().contains(code)));
        });
  }

  /** Root causes of a recorded mesh that was broken, notes left out. */
  static Set<String> rootsOf(String recording, List<Fault> faults) {
    var mesh = Faults.unobserved(recording);
    for (var fault : faults) {
      mesh = fault.effect().apply(mesh);
    }
    return mesh.diagnose(Recordings.DOCTOR).rootCauses().stream()
        .filter(root -> root.finding().severity() != Severity.INFO)
        .map(root -> root.finding().code())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
