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

/** What follows from faults of routing. */
class RoutingCausesTest {

  private static final RuleBase RULES = RuleBase.builtIn();

  private static final String CLUSTERS =
      """
      given:
      - Cluster: { name: east, role: PRIMARY }
      - Cluster: { name: west, role: PRIMARY }
      - Istiod: { cluster: west, ready: true }
      - Listed: { cluster: east, kind: Service }
      - Listed: { cluster: west, kind: Service }
      - KubeService: { cluster: east, namespace: shop, name: cart, host: cart.shop }
      """;

  @TempDir Path folder;

  private Diagnosis diagnose(String given) throws IOException {
    var file = Files.writeString(folder.resolve("given.yaml"), CLUSTERS + given);
    return new Diagnostician(RULES).diagnose("mesh", RuleCase.read(file).given());
  }

  private static List<String> codes(List<Conclusion> conclusions) {
    return conclusions.stream().map(conclusion -> conclusion.finding().code()).toList();
  }

  private static List<String> unexplained(Diagnosis diagnosis) {
    return diagnosis.undecided().stream()
        .filter(one -> one.code().equals("MD901"))
        .map(one -> one.missing().get(0))
        .toList();
  }

  @Test
  void a_service_in_another_namespace_is_why_clients_do_not_find_its_name() throws IOException {
    var diagnosis =
        diagnose(
            """
            - NamespaceTwin: { cluster: east, namespace: shop, name: cart, host: cart.shop, otherCluster: west, otherNamespace: shops, otherHost: cart.shops, asked: true }
            - Probe: { kind: mesh-request, from: west, host: cart.shop, service: cart.shop, attempts: 2, ok: 0, failure: NAME }
            """);

    assertThat(codes(diagnosis.findings())).contains("MD716", "MD717");
    assertThat(codes(diagnosis.rootCauses())).containsExactly("MD716");
  }

  @ParameterizedTest
  @CsvSource({"DISABLE, MD613", "ISTIO_MUTUAL, MD718"})
  void only_a_sound_destination_rule_is_missed_where_it_is_not(String mode, String root)
      throws IOException {
    var diagnosis =
        diagnose(
            """
            - NetworkPair: { from: east, to: west, crossNetwork: true }
            - Serves: { controlPlane: east, cluster: east }
            - Listed: { cluster: east, kind: DestinationRule }
            - Listed: { cluster: east, kind: VirtualService }
            - Listed: { cluster: west, kind: DestinationRule }
            - Listed: { cluster: west, kind: VirtualService }
            - KubeService: { cluster: west, namespace: shop, name: cart, host: cart.shop }
            - ServiceBacking: { cluster: west, namespace: shop, name: cart, host: cart.shop, ready: 1, meshed: 1 }
            - TrafficConfig: { cluster: east, kind: DestinationRule, namespace: shop, name: cart, host: cart.shop }
            - DestinationPolicy: { cluster: east, namespace: shop, name: cart, host: cart.shop, services: [ cart.shop ], tlsMode: %s }
            """
                .formatted(mode));

    assertThat(codes(diagnosis.findings())).contains("MD718");
    assertThat(codes(diagnosis.rootCauses())).containsExactly(root);
  }

  @ParameterizedTest
  @CsvSource({"UNAVAILABLE, ERROR", "TIMEOUT, INFO"})
  void a_service_for_clients_of_its_node_is_a_fault_where_nobody_is_there_to_answer(
      String failure, Severity severity) throws IOException {
    var diagnosis =
        diagnose(
            """
            - NetworkPair: { from: east, to: west, crossNetwork: true }
            - Serves: { controlPlane: east, cluster: east }
            - KubeService: { cluster: east, namespace: shop, name: desk, host: desk.shop, internalTrafficPolicy: Local }
            - ServiceBacking: { cluster: west, namespace: shop, name: desk, host: desk.shop, ready: 1, meshed: 1 }
            - Probe: { kind: mesh-request, from: east, host: desk.shop, service: desk.shop, attempts: 2, ok: 0, failure: %s }
            """
                .formatted(failure));

    assertThat(codes(diagnosis.rootCauses())).containsExactly("MD707");
    assertThat(diagnosis.rootCauses().get(0).finding().severity()).isEqualTo(severity);
  }

  @ParameterizedTest
  @CsvSource({"true, 0", "false, 1"})
  void a_gateway_on_another_node_leads_to_no_pod_of_a_service_for_its_node(
      boolean crossNetwork, int unexplained) throws IOException {
    var diagnosis =
        diagnose(
            """
            - NetworkPair: { from: west, to: east, crossNetwork: %1$s }
            - NetworkPair: { from: east, to: west, crossNetwork: %1$s }
            - Serves: { controlPlane: east, cluster: east }
            - KubeService: { cluster: east, namespace: shop, name: desk, host: desk.shop, internalTrafficPolicy: Local }
            - ServiceBacking: { cluster: west, namespace: shop, name: desk, host: desk.shop, ready: 1, meshed: 1 }
            - ClientEndpoints: { cluster: west, namespace: shop, pod: web-1, host: desk.shop, port: 80, towards: east, via: GATEWAY,
                                 endpoints: 1, healthy: 1, connects: 3, connectFailures: 3, counted: true }
            """
                .formatted(crossNetwork));

    assertThat(codes(diagnosis.rootCauses())).contains("MD707");
    assertThat(unexplained(diagnosis)).hasSize(unexplained);
  }

  @ParameterizedTest
  @CsvSource({"DENIED, 0", "TIMEOUT, 2"})
  void only_the_own_cluster_answers_where_a_policy_refuses_what_goes_to_others(
      String failure, int unexplained) throws IOException {
    var diagnosis =
        diagnose(
            """
            - NetworkPair: { from: east, to: west, crossNetwork: true }
            - Serves: { controlPlane: west, cluster: west }
            - Listed: { cluster: west, kind: AuthorizationPolicy }
            - Listed: { cluster: west, kind: Pod }
            - ServiceBacking: { cluster: east, namespace: shop, name: cart, host: cart.shop, ready: 1, meshed: 1 }
            - ServiceBacking: { cluster: west, namespace: shop, name: cart, host: cart.shop, ready: 1, meshed: 1 }
            - AccessPolicy: { cluster: west, heldBy: west, namespace: shop, name: nobody, action: ALLOW, services: [ cart.shop ] }
            - Probe: { kind: mesh-request, from: east, host: cart.shop, service: cart.shop, attempts: 12, ok: 6, answeredBy: { east: 6 }, failure: %s }
            """
                .formatted(failure));

    assertThat(codes(diagnosis.rootCauses())).contains("MD616");
    assertThat(unexplained(diagnosis)).hasSize(unexplained);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "0, 1"})
  void a_gateway_that_refused_its_listeners_cannot_be_connected_to(int gateways, int unexplained)
      throws IOException {
    var diagnosis =
        diagnose(
            """
            - NetworkPair: { from: east, to: west, crossNetwork: true }
            - Listed: { cluster: west, kind: syncz }
            - StaleProxies: { cluster: west, istiod: istiod-1, of: west, type: Listener, rejected: true, proxies: 1, gateways: %d, namespace: gates, pod: gate-1 }
            - Probe: { kind: tcp, from: east, to: west, address: "192.0.2.1:15443", attempts: 2, ok: 0, failure: REFUSED }
            """
                .formatted(gateways));

    assertThat(codes(diagnosis.rootCauses())).containsExactly("MD720");
    assertThat(unexplained(diagnosis)).hasSize(unexplained);
  }

  @ParameterizedTest
  @CsvSource({"mesh-request, true, ERROR", "mesh-request, false, WARNING", "tcp, true, WARNING"})
  void what_proxies_refused_is_an_error_once_requests_fail(
      String kind, boolean rejected, Severity severity) throws IOException {
    var diagnosis =
        diagnose(
            """
            - Listed: { cluster: east, kind: syncz }
            - StaleProxies: { cluster: east, istiod: istiod-1, of: east, type: Listener, rejected: %s, proxies: 1, namespace: shop, pod: desk-1 }
            - Probe: { kind: %s, from: east, host: cart.shop, service: cart.shop, attempts: 2, ok: 0, failure: RESET }
            """
                .formatted(rejected, kind));

    assertThat(diagnosis.rootCauses().get(0).finding().severity()).isEqualTo(severity);
  }

  @ParameterizedTest
  @CsvSource({"true, 0", "false, 1"})
  void nobody_misses_endpoints_of_a_headless_service(boolean headless, int unexplained)
      throws IOException {
    var diagnosis =
        diagnose(
            """
            - NetworkPair: { from: east, to: west, crossNetwork: true }
            - KubeService: { cluster: east, namespace: shop, name: desk, host: desk.shop, headless: %s }
            - ClientService: { cluster: east, namespace: shop, pod: web-1, host: desk.shop, port: 80 }
            - ServiceBacking: { cluster: west, namespace: shop, name: desk, host: desk.shop, ready: 1, meshed: 1 }
            """
                .formatted(headless));

    assertThat(unexplained(diagnosis)).hasSize(unexplained);
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.2:15443, 1", "'', 0"})
  void an_address_of_a_gateway_that_never_answers_is_seen_beside_one_that_does(
      String unreachable, int unexplained) throws IOException {
    var diagnosis =
        diagnose(
            """
            - ClientEndpoints: { cluster: east, namespace: shop, pod: web-1, host: cart.shop, port: 80, towards: west, via: GATEWAY,
                                 unreachable: [ %s ], endpoints: 2, healthy: 2, connects: 8, connectFailures: 7, counted: true }
            """
                .formatted(unreachable.isEmpty() ? "" : "\"" + unreachable + "\""));

    assertThat(unexplained(diagnosis)).hasSize(unexplained);
  }

  @ParameterizedTest
  @CsvSource({"west, 1", "east, 0"})
  void only_a_subset_that_the_other_gateway_does_not_know_is_why_requests_fail(
      String subsetIn, int symptoms) throws IOException {
    var diagnosis =
        diagnose(
            """
            - NetworkPair: { from: east, to: west, crossNetwork: true }
            - Listed: { cluster: east, kind: DestinationRule }
            - Listed: { cluster: east, kind: VirtualService }
            - Listed: { cluster: west, kind: DestinationRule }
            - Listed: { cluster: west, kind: VirtualService }
            - KubeService: { cluster: west, namespace: shop, name: cart, host: cart.shop }
            - TrafficConfig: { cluster: east, kind: DestinationRule, namespace: shop, name: cart, host: cart.shop, subsetsIn: [ %s ] }
            - Probe: { kind: mesh-request, from: east, host: cart.shop, service: cart.shop, attempts: 2, ok: 0, failure: RESET }
            """
                .formatted(subsetIn));

    assertThat(codes(diagnosis.rootCauses())).contains("MD718");
    assertThat(
            diagnosis.findings().stream()
                .filter(conclusion -> conclusion.finding().code().equals("MD718"))
                .flatMap(conclusion -> conclusion.symptoms().stream()))
        .hasSize(symptoms);
  }
}
