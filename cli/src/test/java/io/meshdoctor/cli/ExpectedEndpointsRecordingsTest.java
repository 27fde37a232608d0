package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.meshdoctor.collector.BundleReader;
import io.meshdoctor.engine.Diagnostician;
import io.meshdoctor.engine.RuleBase;
import io.meshdoctor.facts.ClientEndpoints;
import io.meshdoctor.facts.ExpectedEndpoints;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Istiod;
import io.meshdoctor.facts.Workload;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is worked out from the configuration of recorded meshes, beside what their Envoys got. */
class ExpectedEndpointsRecordingsTest {

  private static final Diagnostician DOCTOR = new Diagnostician(RuleBase.builtIn());

  static List<String> recordings() throws Exception {
    return RecordingsTest.recordings();
  }

  private static List<Fact> facts(String recording) throws Exception {
    var home = Path.of(ExpectedEndpointsRecordingsTest.class.getResource("/recordings").toURI());
    return BundleReader.read(List.of(home.resolve(recording + ".tar.gz"))).facts();
  }

  private static List<ExpectedEndpoints> atOdds(List<Fact> facts) {
    var actual =
        facts.stream()
            .filter(ClientEndpoints.class::isInstance)
            .map(ClientEndpoints.class::cast)
            .filter(endpoints -> endpoints.subset().isEmpty())
            .toList();
    return facts.stream()
        .filter(ExpectedEndpoints.class::isInstance)
        .map(ExpectedEndpoints.class::cast)
        .filter(
            expected ->
                expected.isAtOddsWith(
                    actual.stream()
                        .filter(endpoints -> endpoints.cluster().equals(expected.cluster()))
                        .filter(endpoints -> endpoints.pod().equals(expected.pod()))
                        .filter(endpoints -> endpoints.namespace().equals(expected.namespace()))
                        .filter(endpoints -> endpoints.host().equals(expected.host()))
                        .filter(endpoints -> endpoints.port() == expected.port())
                        .filter(endpoints -> endpoints.towards().equals(expected.towards()))
                        .toList()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void something_is_worked_out_for_every_mesh_with_sidecars(String recording) throws Exception {
    var facts = facts(recording);
    assumeThat(facts)
        .anyMatch(
            fact ->
                fact instanceof Workload workload && workload.injected() && !workload.gateway());
    // what these give to sidecars is not foretold
    assumeThat(facts).noneMatch(fact -> fact instanceof Istiod istiod && istiod.isAmbientAcross());

    assertThat(facts).hasAtLeastOneElementOfType(ExpectedEndpoints.class);
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void envoy_has_what_the_configuration_gives_it_or_a_root_cause_says_why_not(String recording)
      throws Exception {
    var facts = facts(recording);

    var diagnosis = DOCTOR.diagnose(recording, facts);

    if (!atOdds(facts).isEmpty()) {
      assertThat(diagnosis.rootCauses()).isNotEmpty();
    }
    assertThat(diagnosis.findings()).noneMatch(found -> found.finding().code().equals("MD901"));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void envoy_of_a_healthy_mesh_has_just_what_the_configuration_gives_it(String recording)
      throws Exception {
    if (recording.contains("healthy")) {
      assertThat(atOdds(facts(recording))).isEmpty();
    }
  }
}
