package io.meshdoctor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.Finding;
import io.meshdoctor.facts.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of findings that follow from one another only the first is a root cause. */
class CausesTest {

  private static final RuleBase RULES = RuleBase.builtIn();

  @TempDir Path folder;

  private Diagnosis diagnose(String given) throws IOException {
    var file = Files.writeString(folder.resolve("given.yaml"), "given:\n" + given);
    return new Diagnostician(RULES).diagnose("mesh", RuleCase.read(file).given());
  }

  /** Those of some rules; what else these few facts may mean is of no interest. */
  private static List<String> of(List<Conclusion> conclusions, String... codes) {
    return conclusions.stream()
        .filter(conclusion -> List.of(codes).contains(conclusion.finding().code()))
        .map(CausesTest::line)
        .toList();
  }

  private static List<String> symptoms(Diagnosis diagnosis, String code) {
    return diagnosis.findings().stream()
        .filter(conclusion -> conclusion.finding().code().equals(code))
        .flatMap(conclusion -> conclusion.symptoms().stream())
        .toList();
  }

  private static List<Severity> severities(Diagnosis diagnosis, String code) {
    return diagnosis.findings().stream()
        .map(Conclusion::finding)
        .filter(finding -> finding.code().equals(code))
        .map(Finding::severity)
        .toList();
  }

  private static String line(Conclusion conclusion) {
    return conclusion.finding().code() + " " + conclusion.finding().clusters();
  }

  @Test
  void a_ca_that_was_not_given_is_why_all_clusters_with_its_root_are_apart() throws IOException {
    var given =
        """
        - Cluster: { name: east, role: PRIMARY }
        - Cluster: { name: north, role: REMOTE }
        - Cluster: { name: west, role: PRIMARY }
        - Serves: { controlPlane: east, cluster: east }
        - Serves: { controlPlane: east, cluster: north }
        - Serves: { controlPlane: west, cluster: west }
        - Listed: { cluster: east, kind: ConfigMap }
        - Listed: { cluster: north, kind: ConfigMap }
        - Listed: { cluster: west, kind: ConfigMap }
        - Listed: { cluster: east, kind: CA secrets }
        - Listed: { cluster: west, kind: CA secrets }
        - RootCertificate: { cluster: east, source: istio-ca-root-cert, fingerprint: aa }
        - RootCertificate: { cluster: north, source: istio-ca-root-cert, fingerprint: aa }
        - RootCertificate: { cluster: west, source: istio-ca-root-cert, fingerprint: bb }
        - CaSecret: { cluster: east, name: istio-ca-secret, complete: true, selfMade: true }
        - CaSecret: { cluster: west, name: cacerts, complete: true }
        """;

    var diagnosis = diagnose(given);

    assertThat(of(diagnosis.findings(), "MD201", "MD202"))
        .contains("MD201 [east, west]", "MD201 [north, west]", "MD202 [east, west]");
    assertThat(of(diagnosis.rootCauses(), "MD201", "MD202")).containsExactly("MD202 [east, west]");
  }

  @Test
  void a_ca_that_was_not_loaded_is_why_roots_differ_only_from_those_who_have_it()
      throws IOException {
    var given =
        """
        - Cluster: { name: east, role: PRIMARY }
        - Cluster: { name: south, role: PRIMARY }
        - Cluster: { name: west, role: PRIMARY }
        - Listed: { cluster: east, kind: ConfigMap }
        - Listed: { cluster: south, kind: ConfigMap }
        - Listed: { cluster: west, kind: ConfigMap }
        - Listed: { cluster: west, kind: CA secrets }
        - RootCertificate: { cluster: east, source: istio-ca-root-cert, fingerprint: shared }
        - RootCertificate: { cluster: south, source: istio-ca-root-cert, fingerprint: foreign }
        - RootCertificate: { cluster: west, source: istio-ca-root-cert, fingerprint: old }
        - RootCertificate: { cluster: west, source: cacerts, fingerprint: shared }
        """;

    var diagnosis = diagnose(given);

    assertThat(of(diagnosis.findings(), "MD201", "MD203"))
        .containsExactlyInAnyOrder(
            "MD201 [east, south]", "MD201 [east, west]", "MD201 [south, west]", "MD203 [west]");
    assertThat(of(diagnosis.rootCauses(), "MD201", "MD203"))
        .containsExactlyInAnyOrder("MD201 [east, south]", "MD201 [south, west]", "MD203 [west]");
    assertThat(severities(diagnosis, "MD203")).containsExactly(Severity.ERROR);
  }

  @Test
  void a_secret_that_would_part_the_mesh_explains_nothing_that_is_so_now() throws IOException {
    var given =
        """
        - Cluster: { name: east, role: PRIMARY }
        - Cluster: { name: west, role: PRIMARY }
        - Listed: { cluster: west, kind: ConfigMap }
        - Listed: { cluster: west, kind: CA secrets }
        - RootCertificate: { cluster: east, source: istio-ca-root-cert, fingerprint: shared }
        - RootCertificate: { cluster: west, source: istio-ca-root-cert, fingerprint: shared }
        - RootCertificate: { cluster: west, source: cacerts, fingerprint: foreign }
        - Probe: { kind: mesh-request, from: east, host: "cart.shop", attempts: 2, ok: 0, failure: RESET }
        """;

    var diagnosis = diagnose(given);

    assertThat(of(diagnosis.rootCauses(), "MD203")).containsExactly("MD203 [west]");
    assertThat(severities(diagnosis, "MD203")).containsExactly(Severity.WARNING);
    assertThat(symptoms(diagnosis, "MD203")).isEmpty();
  }

  @Test
  void a_client_without_a_proxy_is_why_its_own_service_is_not_reached() throws IOException {
    var given =
        """
        - Cluster: { name: east }
        - NetworkPair: { from: west, to: east, fromNetwork: n2, toNetwork: n1, crossNetwork: true }
        - Listed: { cluster: east, kind: EndpointSlice }
        - Listed: { cluster: east, kind: Namespace }
        - Listed: { cluster: east, kind: Pod }
        - Listed: { cluster: east, kind: Service }
        - Workload: { cluster: east, namespace: web, name: client, pod: client-1, pods: 1, readyPods: 1, labels: { app: client } }
        - KubeService: { cluster: east, namespace: web, name: client, host: client.web.svc, selector: { app: client } }
        - ServiceBacking: { cluster: east, namespace: web, name: client, host: client.web.svc, ready: 1 }
        - ServiceBacking: { cluster: west, namespace: web, name: client, host: client.web.svc, ready: 1, meshed: 1 }
        - ServiceBacking: { cluster: west, namespace: shop, name: cart, host: cart.shop.svc, ready: 1, meshed: 1 }
        - Probe: { kind: mesh-request, from: east, namespace: web, pod: client-1, host: "cart.shop:80", service: cart.shop.svc, attempts: 12, ok: 12, answeredBy: { east: 12 } }
        """;

    var diagnosis = diagnose(given);

    assertThat(of(diagnosis.findings(), "MD105", "MD725"))
        .containsExactlyInAnyOrder("MD105 [east]", "MD725 [east]");
    assertThat(of(diagnosis.rootCauses(), "MD105", "MD725")).containsExactly("MD725 [east]");
    assertThat(severities(diagnosis, "MD725")).containsExactly(Severity.ERROR);
  }

  @Test
  void an_ejected_endpoint_is_an_effect_of_what_makes_it_fail() throws IOException {
    var given =
        """
        - Cluster: { name: east }
        - Cluster: { name: west }
        - NetworkPair: { from: east, to: west }
        - NetworkPair: { from: west, to: east }
        - Listed: { cluster: east, kind: Envoy clusters }
        - Listed: { cluster: east, kind: pod-connectivity, subject: west }
        - Listed: { cluster: west, kind: pod-connectivity, subject: east }
        - Probe: { kind: pod-connectivity, from: east, to: west, attempts: 1, ok: 0, failure: TIMEOUT }
        - Probe: { kind: pod-connectivity, from: west, to: east, attempts: 1, ok: 1 }
        - ServiceBacking: { cluster: west, namespace: shop, name: cart, host: cart.shop.svc, ready: 1 }
        - ClientEndpoints: { cluster: east, host: cart.shop.svc, towards: west, endpoints: 1, ejected: 1 }
        """;

    var diagnosis = diagnose(given);

    assertThat(of(diagnosis.findings(), "MD102", "MD618")).contains("MD618 [east, west]");
    assertThat(of(diagnosis.rootCauses(), "MD102", "MD618")).containsExactly("MD102 [east, west]");
  }

  @Test
  void a_fault_between_control_planes_shows_at_clients_of_either_one_s_remotes()
      throws IOException {
    var given =
        """
        - Cluster: { name: east, role: PRIMARY }
        - Cluster: { name: north, role: REMOTE }
        - Cluster: { name: west, role: PRIMARY }
        - Serves: { controlPlane: west, cluster: north }
        - Listed: { cluster: east, kind: ConfigMap }
        - Listed: { cluster: west, kind: ConfigMap }
        - Listed: { cluster: east, kind: Pod }
        - Listed: { cluster: west, kind: Pod }
        - MeshSettings: { cluster: east, trustDomain: cluster.local }
        - MeshSettings: { cluster: west, trustDomain: west.example }
        - Probe: { kind: mesh-request, from: north, host: "cart.shop", attempts: 2, ok: 1, failure: UNAVAILABLE }
        """;

    var diagnosis = diagnose(given);

    assertThat(of(diagnosis.rootCauses(), "MD208")).containsExactly("MD208 [east, west]");
    assertThat(symptoms(diagnosis, "MD208")).hasSize(1);
  }

  @Test
  void only_the_cluster_with_the_odd_root_gets_another_ca() throws IOException {
    var diagnosis =
        diagnose(
            """
            given:
              - Cluster: { name: east, role: PRIMARY, id: c1, context: east, systemNamespace: istio-system }
              - Cluster: { name: north, role: PRIMARY, id: c2, context: north, systemNamespace: istio-system }
              - Cluster: { name: west, role: PRIMARY, id: c3, context: west, systemNamespace: istio-system }
              - Listed: { cluster: east, kind: ConfigMap }
              - Listed: { cluster: north, kind: ConfigMap }
              - Listed: { cluster: west, kind: ConfigMap }
              - RootCertificate: { cluster: east, source: istio-ca-root-cert, fingerprint: aa }
              - RootCertificate: { cluster: north, source: istio-ca-root-cert, fingerprint: bb }
              - RootCertificate: { cluster: west, source: istio-ca-root-cert, fingerprint: aa }
            """);

    assertThat(diagnosis.findings())
        .extracting(Conclusion::finding)
        .filteredOn(finding -> finding.code().equals("MD201"))
        .hasSize(2)
        .flatExtracting(Finding::fix)
        .isNotEmpty()
        .noneMatch(command -> command.contains("root-ca"))
        .noneMatch(command -> command.contains("=east") || command.contains("=west"));
  }
}
