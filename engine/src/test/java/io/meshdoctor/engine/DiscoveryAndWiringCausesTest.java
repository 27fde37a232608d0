package io.meshdoctor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which findings of discovery and wiring are root causes, and what they explain. */
class DiscoveryAndWiringCausesTest {

  private static final RuleBase RULES = RuleBase.builtIn();

  @TempDir private Path folder;

  @Test
  void the_secret_that_is_used_of_two_explains_why_its_token_is_rejected() throws IOException {
    var diagnosis =
        diagnose(
            """
            - Cluster: { name: east, id: cluster1, role: PRIMARY, systemNamespace: istio-system }
            - Cluster: { name: west, id: cluster2, role: PRIMARY, systemNamespace: istio-system }
            - Listed: { cluster: east, kind: Secret }
            - Listed: { cluster: east, kind: discovery log }
            - Listed: { cluster: east, kind: clusterz }
            - RemoteSecret: { heldBy: east, namespace: istio-system, name: old, pointsTo: west, key: cluster2, keyMatches: true, label: "true", inSystemNamespace: true }
            - RemoteSecret: { heldBy: east, namespace: istio-system, name: young, pointsTo: west, key: cluster2, keyMatches: true, label: "true", inSystemNamespace: true }
            - RemoteClusterStatus: { cluster: east, istiod: a, id: cluster2, of: west, secret: istio-system/old, status: timeout }
            - RemoteClusterError: { cluster: east, istiod: a, id: cluster2, of: west, kind: UNAUTHORIZED, text: Unauthorized }
            """);

    assertThat(found(diagnosis)).contains("MD304", "MD309");
    assertThat(roots(diagnosis)).contains("MD309").doesNotContain("MD304");
    assertThat(unexplained(diagnosis)).isEmpty();
  }

  @Test
  void a_secret_applied_to_the_cluster_it_was_made_from_explains_that_the_other_has_none()
      throws IOException {
    var diagnosis =
        diagnose(
            """
            - Cluster: { name: east, id: cluster1, role: PRIMARY, systemNamespace: istio-system }
            - Cluster: { name: west, id: cluster2, role: PRIMARY, systemNamespace: istio-system }
            - Listed: { cluster: east, kind: Secret }
            - Listed: { cluster: east, kind: remote secrets }
            - RemoteSecret: { heldBy: east, namespace: istio-system, name: own, pointsTo: east, key: cluster1, keyMatches: true, label: "true", inSystemNamespace: true }
            """);

    assertThat(found(diagnosis)).contains("MD301", "MD308");
    assertThat(roots(diagnosis)).contains("MD308").doesNotContain("MD301");
  }

  @Test
  void one_id_of_two_clusters_explains_a_secret_under_another_key() throws IOException {
    var diagnosis =
        diagnose(
            """
            - Cluster: { name: east, id: Kubernetes, role: PRIMARY, systemNamespace: istio-system }
            - Cluster: { name: west, id: Kubernetes, role: PRIMARY, systemNamespace: istio-system }
            - Listed: { cluster: east, kind: Pod }
            - Listed: { cluster: west, kind: Pod }
            - Listed: { cluster: east, kind: Secret }
            - RemoteSecret: { heldBy: east, namespace: istio-system, name: west, pointsTo: west, key: cluster2, label: "true", inSystemNamespace: true }
            """);

    assertThat(found(diagnosis)).contains("MD302", "MD312");
    assertThat(roots(diagnosis)).contains("MD312").doesNotContain("MD302");
  }

  @Test
  void a_wrong_key_is_an_error_only_where_proxies_are_known_by_it() throws IOException {
    var wrongKey =
        """
        - Cluster: { name: east, id: cluster1, role: PRIMARY, systemNamespace: istio-system }
        - Cluster: { name: west, id: cluster2, role: REMOTE, systemNamespace: istio-system }
        - Listed: { cluster: east, kind: Secret }
        - RemoteSecret: { heldBy: east, namespace: istio-system, name: west, pointsTo: west, key: other, label: "true", inSystemNamespace: true }
        """;
    var failing =
        """
        - Probe: { kind: mesh-request, from: west, host: a.b, service: a.b.svc.cluster.local, attempts: 2, failure: UNAVAILABLE }
        """;

    var between = diagnose(wrongKey + failing);
    var serving =
        diagnose(wrongKey + failing + "- Serves: { controlPlane: east, cluster: west }\n");

    assertThat(severity(between, "MD302")).isEqualTo(Severity.WARNING);
    assertThat(unexplained(between)).isNotEmpty();
    assertThat(severity(serving, "MD302")).isEqualTo(Severity.ERROR);
    assertThat(unexplained(serving)).isEmpty();
  }

  @Test
  void a_remote_without_a_way_out_explains_that_its_proxies_stay_at_home() throws IOException {
    var diagnosis =
        diagnose(
            """
            - Cluster: { name: east, id: cluster1, role: PRIMARY, systemNamespace: istio-system }
            - Cluster: { name: west, id: cluster2, role: REMOTE, systemNamespace: istio-system }
            - Serves: { controlPlane: east, cluster: west }
            - Listed: { cluster: west, kind: Service }
            - Listed: { cluster: west, kind: EndpointSlice }
            - Listed: { cluster: west, kind: MutatingWebhookConfiguration }
            - Listed: { cluster: west, kind: adsz }
            - Listed: { cluster: east, kind: adsz }
            - IstiodService: { cluster: west, namespace: istio-system, name: istiod, local: true, pointsTo: west }
            - Istiod: { cluster: west, namespace: istio-system, pod: istiod-w }
            - Workload: { cluster: west, namespace: shop, name: cart, pods: 1, readyPods: 1, injected: true }
            - ConnectedProxies: { cluster: west, istiod: istiod-w, id: cluster2, of: west, namespace: shop, proxies: 1 }
            """);

    assertThat(found(diagnosis)).contains("MD401", "MD402");
    assertThat(roots(diagnosis)).contains("MD402").doesNotContain("MD401");
    assertThat(unexplained(diagnosis)).isEmpty();
  }

  @Test
  void a_remote_that_its_istiod_does_not_read_has_a_gateway_without_routes() throws IOException {
    var diagnosis =
        diagnose(
            """
            - Cluster: { name: east, id: cluster1, role: PRIMARY, systemNamespace: istio-system }
            - Cluster: { name: west, id: cluster2, role: REMOTE, systemNamespace: istio-system }
            - Cluster: { name: south, id: cluster3, role: PRIMARY, systemNamespace: istio-system }
            - Serves: { controlPlane: east, cluster: west }
            - NetworkPair: { from: south, to: west, fromNetwork: n3, toNetwork: n2, crossNetwork: true }
            - Listed: { cluster: east, kind: remote secrets }
            - ClientEndpoints: { cluster: south, namespace: web, pod: client-1, host: a.b.svc.cluster.local, port: 80, towards: west, via: GATEWAY, counted: true, connects: 3, connectFailures: 3 }
            """);

    assertThat(roots(diagnosis)).contains("MD301");
    assertThat(unexplained(diagnosis)).isEmpty();
  }

  @Test
  void a_missing_secret_of_a_primary_explains_what_clients_of_its_remote_show() throws IOException {
    var diagnosis =
        diagnose(
            """
            - Cluster: { name: east, id: cluster1, role: PRIMARY, systemNamespace: istio-system }
            - Cluster: { name: west, id: cluster2, role: REMOTE, systemNamespace: istio-system }
            - Serves: { controlPlane: east, cluster: west }
            - Listed: { cluster: east, kind: remote secrets }
            - ProxyCertificates: { cluster: west, namespace: shop, pod: cart-a }
            - Probe: { kind: mesh-request, from: west, host: a.b, service: a.b.svc.cluster.local, attempts: 2, failure: UNAVAILABLE }
            """);

    assertThat(roots(diagnosis)).contains("MD301");
    assertThat(unexplained(diagnosis)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true, 1, 0", "true, 0, 1", "false, 1, 1"})
  void a_gateway_that_is_up_needs_no_certificate(boolean gateway, int readyPods, int unexplained)
      throws IOException {
    var diagnosis =
        diagnose(
            """
            - Cluster: { name: east, id: cluster1, role: PRIMARY }
            - EastWestGateway: { cluster: east, namespace: edge, name: door, readyPods: %s }
            - ProxyCertificates: { cluster: east, namespace: edge, pod: door-1, gateway: %s }
            """
                .formatted(readyPods, gateway));

    assertThat(unexplained(diagnosis)).hasSize(unexplained);
  }

  @Test
  void a_cluster_that_is_read_under_a_wrong_id_lacks_under_its_own() throws IOException {
    var diagnosis =
        diagnose(
            """
            - Cluster: { name: east, id: cluster1, role: PRIMARY }
            - Cluster: { name: west, id: cluster2, role: PRIMARY }
            - Cluster: { name: north, id: cluster3, role: PRIMARY }
            - Serves: { controlPlane: east, cluster: east }
            - NetworkPair: { from: east, to: north, fromNetwork: n1, toNetwork: n1, crossNetwork: false }
            - Listed: { cluster: east, kind: Secret }
            - RemoteSecret: { heldBy: east, namespace: istio-system, name: to-west, pointsTo: west, leadsTo: north, key: cluster2, keyMatches: true, label: "true", inSystemNamespace: true }
            - ClientService: { cluster: east, namespace: shop, pod: web-1, host: cart.shop, port: 80 }
            - ServiceBacking: { cluster: north, namespace: shop, name: cart, host: cart.shop, ready: 1, meshed: 1 }
            """);

    assertThat(roots(diagnosis)).contains("MD328");
    assertThat(unexplained(diagnosis)).isEmpty();
  }

  @Test
  void one_control_plane_of_several_is_enough_for_a_remote() throws IOException {
    var diagnosis =
        diagnose(
            """
            - Cluster: { name: east, id: cluster1, role: PRIMARY }
            - Cluster: { name: west, id: cluster2, role: PRIMARY }
            - Cluster: { name: north, id: cluster3, role: REMOTE }
            - Serves: { controlPlane: east, cluster: north }
            - Serves: { controlPlane: west, cluster: north }
            - Listed: { cluster: east, kind: adsz }
            - Listed: { cluster: west, kind: adsz }
            - Workload: { cluster: north, namespace: shop, name: cart, pods: 1, readyPods: 1, injected: true }
            - ConnectedProxies: { cluster: east, istiod: istiod-e, id: cluster3, of: north, namespace: shop, proxies: 1 }
            """);

    assertThat(unexplained(diagnosis)).isEmpty();
  }

  @Test
  void a_cluster_that_nobody_knows_is_not_explained_by_a_fault_of_another() throws IOException {
    var diagnosis =
        diagnose(
            """
            - Cluster: { name: east, id: cluster1, role: PRIMARY }
            - Cluster: { name: west, id: cluster2, role: PRIMARY }
            - Listed: { cluster: east, kind: clusterz }
            - Listed: { cluster: east, kind: discovery log }
            - RemoteClusterStatus: { cluster: east, istiod: a, id: cluster2, of: west, status: timeout }
            - RemoteClusterStatus: { cluster: east, istiod: a, id: cluster9, status: timeout }
            """);

    assertThat(roots(diagnosis)).containsExactly("MD303");
    assertThat(symptomsOf(diagnosis, "MD303")).noneMatch(symptom -> symptom.contains("cluster9"));
    assertThat(undecided(diagnosis)).contains("MD903");
    assertThat(unexplained(diagnosis)).isEmpty();
  }

  @Test
  void a_webhook_that_is_not_reached_is_no_fault_of_trust() throws IOException {
    var given =
        """
        - Cluster: { name: east, id: cluster1, role: PRIMARY, systemNamespace: istio-system }
        - Cluster: { name: west, id: cluster2, role: REMOTE, systemNamespace: istio-system }
        - Serves: { controlPlane: east, cluster: east }
        - Serves: { controlPlane: east, cluster: west }
        - NetworkPair: { from: west, to: east, fromNetwork: blue, toNetwork: green, crossNetwork: true }
        - Listed: { cluster: east, kind: ConfigMap }
        - Listed: { cluster: west, kind: ConfigMap }
        - Listed: { cluster: west, kind: Deployment }
        - RootCertificate: { cluster: east, source: istio-ca-root-cert, fingerprint: aa }
        - RootCertificate: { cluster: west, source: istio-ca-root-cert, fingerprint: bb }
        - Probe: { kind: tcp, from: west, to: east, address: "192.0.2.10:15017", attempts: 1, failure: TIMEOUT }
        - Probe: { kind: tcp, from: west, to: east, address: "192.0.2.10:15012", attempts: 1, failure: TIMEOUT }
        - RefusedPods: { cluster: west, namespace: shop, name: cart, reason: %s, text: "failed calling webhook" }
        """;

    var unreachable = diagnose(given.formatted("UNREACHABLE"));
    var untrusted = diagnose(given.formatted("CERTIFICATE"));

    assertThat(roots(unreachable)).contains("MD201", "MD409");
    assertThat(unexplained(unreachable))
        .containsExactly("from west, 192.0.2.10:15012 in east does not accept connections");
    assertThat(roots(untrusted)).contains("MD201").doesNotContain("MD409");
    assertThat(unexplained(untrusted)).hasSize(2);
  }

  @Test
  void commands_name_the_revision() throws IOException {
    var diagnosis =
        diagnose(
            """
            - Cluster: { name: east, id: cluster1, role: PRIMARY, systemNamespace: istio-system }
            - Cluster: { name: west, id: cluster2, role: REMOTE, systemNamespace: istio-system }
            - Cluster: { name: south, id: cluster3, role: REMOTE, systemNamespace: istio-system }
            - Serves: { controlPlane: east, cluster: west }
            - Serves: { controlPlane: east, cluster: south }
            - Listed: { cluster: east, kind: Service }
            - Listed: { cluster: east, kind: Gateway }
            - Listed: { cluster: east, kind: VirtualService }
            - Listed: { cluster: west, kind: EndpointSlice }
            - Listed: { cluster: west, kind: MutatingWebhookConfiguration }
            - Listed: { cluster: west, kind: Pod }
            - Istiod: { cluster: east, namespace: istio-system, pod: istiod-a, revision: blue, ready: true }
            - IstiodService: { cluster: west, namespace: istio-system, name: istiod-blue, addresses: [ 192.0.2.250 ] }
            - IstiodService: { cluster: south, namespace: istio-system, name: istiod-blue, addresses: [ 192.0.2.10 ], pointsTo: east }
            - InjectionWebhook: { cluster: west, name: injector, revision: blue, path: /inject, service: istio-system/istiod-blue }
            - EastWestGateway: { cluster: east, namespace: edge, name: door, addresses: [ 192.0.2.10 ], ports: [ 15443, 15012, 15017 ], podLabels: { istio: door } }
            - GatewayServer: { cluster: east, namespace: edge, name: control, selector: { istio: door }, port: 15012 }
            """);

    assertThat(fixes(diagnosis, "MD403", "MD408"))
        .hasSize(2)
        .allMatch(fix -> fix.contains("install --context= --revision blue -y"));
    assertThat(fixes(diagnosis, "MD404"))
        .singleElement()
        .asString()
        .contains("'s/istio: eastwestgateway/istio: door/'")
        .contains("'s/host: istiod\\b/host: istiod-blue/'");
    assertThat(fixes(diagnosis, "MD412"))
        .singleElement()
        .asString()
        .contains("'s|- istiod-gateway|- edge/control|'")
        .contains("'s/host: istiod\\b/host: istiod-blue/'");
  }

  @Test
  void a_cluster_that_is_synced_needs_no_log() throws IOException {
    var clusters =
        """
        - Cluster: { name: east, id: cluster1, role: PRIMARY }
        - Cluster: { name: west, id: cluster2, role: REMOTE }
        - Listed: { cluster: east, kind: clusterz }
        """;

    var synced =
        diagnose(
            clusters
                + "- RemoteClusterStatus: { cluster: east, istiod: a, id: cluster2, of: west, status: synced }\n");
    var syncing =
        diagnose(
            clusters
                + "- RemoteClusterStatus: { cluster: east, istiod: a, id: cluster2, of: west, status: syncing }\n");

    assertThat(undecided(synced)).doesNotContain("MD303", "MD304", "MD305", "MD314");
    assertThat(undecided(syncing)).contains("MD303", "MD304", "MD305", "MD314");
  }

  private Diagnosis diagnose(String given) throws IOException {
    var file = Files.writeString(folder.resolve("case.yaml"), "given:\n" + given);
    return new Diagnostician(RULES).diagnose("mesh", RuleCase.read(file).given());
  }

  private static List<String> found(Diagnosis diagnosis) {
    return diagnosis.findings().stream().map(one -> one.finding().code()).toList();
  }

  /** The first command of each. */
  private static List<String> fixes(Diagnosis diagnosis, String... codes) {
    return diagnosis.findings().stream()
        .map(Conclusion::finding)
        .filter(finding -> List.of(codes).contains(finding.code()))
        .map(finding -> finding.fix().get(0))
        .toList();
  }

  private static List<String> roots(Diagnosis diagnosis) {
    return diagnosis.rootCauses().stream().map(one -> one.finding().code()).toList();
  }

  private static List<String> undecided(Diagnosis diagnosis) {
    return diagnosis.undecided().stream().map(Diagnosis.Undecided::code).toList();
  }

  private static List<String> unexplained(Diagnosis diagnosis) {
    return diagnosis.undecided().stream()
        .filter(one -> one.code().equals("MD901"))
        .map(one -> one.missing().get(0))
        .toList();
  }

  private static List<String> symptomsOf(Diagnosis diagnosis, String code) {
    return diagnosis.rootCauses().stream()
        .filter(one -> one.finding().code().equals(code))
        .flatMap(one -> one.symptoms().stream())
        .toList();
  }

  private static Severity severity(Diagnosis diagnosis, String code) {
    return diagnosis.findings().stream()
        .map(Conclusion::finding)
        .filter(finding -> finding.code().equals(code))
        .findFirst()
        .orElseThrow()
        .severity();
  }
}
