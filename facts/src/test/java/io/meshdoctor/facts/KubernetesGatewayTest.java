package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesGatewayTest {

  @Test
  void a_gateway_of_the_right_form_leads_into_the_network_that_it_is_labelled_with() {
    var gateway = gateway("istio-east-west", "n1", 15008, true);

    assertThat(gateway.isTakenFor("n1")).isTrue();
    assertThat(gateway.isTakenFor("n2")).isFalse();
    assertThat(gateway.flaw()).isEmpty();
    assertThat(gateway.flawFor("n1")).isEmpty();
    assertThat(gateway.flawFor("n2")).isEqualTo("is labelled with network n1");
  }

  @ParameterizedTest
  @CsvSource({
    "istio, n1, 15008, true, is of class istio and not of istio-east-west",
    "'', n1, 15008, true, is of class none and not of istio-east-west",
    "istio-east-west, n1, 0, false, has no listener of protocol HBONE",
    "istio-east-west, n1, 15009, true, listens for HBONE on port 15009 and not on 15008",
    "istio-east-west, n1, 15008, false, has an HBONE listener that does not terminate TLS",
    "istio-east-west, '', 15008, true, has no label topology.istio.io/network",
  })
  void says_what_istiod_of_another_cluster_minds(
      String className, String network, int port, boolean terminating, String flaw) {
    var gateway = gateway(className, network, port, terminating);

    assertThat(gateway.flaw()).isEqualTo(flaw);
    assertThat(gateway.isWellFormed()).isFalse();
    assertThat(gateway.isTakenFor("n1")).isFalse();
  }

  @Test
  void one_that_stands_for_a_gateway_elsewhere_counts_and_a_waypoint_does_not() {
    assertThat(gateway("istio-remote", "n1", 15008, false).isTakenFor("n1")).isTrue();
    assertThat(gateway("istio-remote", "n1", 15008, false).isForNetwork()).isFalse();
    assertThat(gateway("istio-waypoint", "", 15008, false).isForNetwork()).isFalse();
    assertThat(gateway("istio-waypoint", "n1", 15008, false).isForNetwork()).isFalse();
    assertThat(gateway("istio", "n1", 15008, true).isForNetwork()).isTrue();
  }

  @Test
  void is_where_its_addresses_are_on_its_own_port() {
    var gateway = gateway("istio-east-west", "n1", 15008, true);

    assertThat(gateway.isAt("192.0.2.1:15008")).isTrue();
    assertThat(gateway.isAt("[2001:db8::1]:15008")).isTrue();
    assertThat(gateway.isAt("192.0.2.1:15443")).isFalse();
    assertThat(gateway.isAt("192.0.2.9:15008")).isFalse();
    assertThat(gateway.isAt("")).isFalse();
  }

  @Test
  void is_not_addressed_by_what_leads_to_it_within_its_own_cluster() {
    var none = at(List.of(), List.of());
    var internal = at(List.of("10.96.0.7"), List.of("10.96.0.7"));
    var both = at(List.of("10.96.0.7", "192.0.2.1"), List.of("10.96.0.7"));

    assertThat(none.isAddressed()).isFalse();
    assertThat(none.lack()).isEqualTo("has no address in its status");
    assertThat(internal.isAddressed()).isFalse();
    assertThat(internal.lack())
        .isEqualTo("has only 10.96.0.7 in its status, which leads to it within east alone");
    assertThat(both.isAddressed()).isTrue();
  }

  @Test
  void knows_its_pods_by_their_names() {
    var gateway = gateway("istio-east-west", "n1", 15008, true);

    assertThat(gateway.isNaming("gateway-6d5f-x2x")).isTrue();
    assertThat(gateway.isNaming("gateways-6d5f-x2x")).isFalse();
  }

  private static KubernetesGateway gateway(
      String className, String network, int port, boolean terminating) {
    return gateway(
        className, network, port, terminating, List.of("192.0.2.1", "2001:db8::1"), List.of());
  }

  private static KubernetesGateway at(List<String> addresses, List<String> internal) {
    return gateway("istio-east-west", "n1", 15008, true, addresses, internal);
  }

  private static KubernetesGateway gateway(
      String className,
      String network,
      int port,
      boolean terminating,
      List<String> addresses,
      List<String> internal) {
    return new KubernetesGateway(
        "east",
        "istio-system",
        "gateway",
        className,
        network,
        Map.of(),
        port,
        terminating,
        List.of(),
        addresses,
        internal,
        List.of(),
        List.of(),
        false,
        Map.of(),
        Origin.UNKNOWN);
  }
}
