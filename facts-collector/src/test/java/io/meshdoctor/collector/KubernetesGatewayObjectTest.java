package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.GatewayServer;
import io.meshdoctor.facts.Istiod;
import io.meshdoctor.facts.KubernetesGateway;
import org.junit.jupiter.api.Test;

class KubernetesGatewayObjectTest {

  private final SmallMesh mesh = new SmallMesh();

  private KubernetesGateway gateway(String labels, String spec) {
    mesh.has(
        "a",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: crossing, namespace: istio-system, labels: {%s}}
        spec: {gatewayClassName: istio-east-west, %s}
        status: {addresses: [{type: IPAddress, value: 192.0.2.9}]}
        """,
        labels,
        spec);
    return mesh.only(KubernetesGateway.class, "a");
  }

  @Test
  void takes_addresses_of_the_types_that_istiod_takes() {
    var gateway =
        gateway(
            "topology.istio.io/network: n1",
            """
            addresses: [{type: IPAddress, value: 192.0.2.1}, {type: Hostname, value: gw.example},
              {value: 192.0.2.2}, {type: NamedAddress, value: some}]
            """);

    assertThat(gateway.namedAddresses()).containsExactly("192.0.2.1", "gw.example");
    assertThat(gateway.untypedAddresses()).containsExactly("192.0.2.2", "some");
    assertThat(gateway.addresses()).containsExactly("192.0.2.9");
    assertThat(gateway.network()).isEqualTo("n1");
  }

  @Test
  void knows_which_of_its_addresses_are_those_of_its_Service() {
    mesh.has(
        "a",
        """
        apiVersion: v1
        kind: Service
        metadata: {name: any, namespace: istio-system,
          labels: {gateway.networking.k8s.io/gateway-name: crossing}}
        spec: {type: LoadBalancer, clusterIP: 192.0.2.9, clusterIPs: [192.0.2.9, 'fd00::9'],
          ports: [{port: 15008}]}
        """);
    var gateway = gateway("topology.istio.io/network: n1", "listeners: []");

    assertThat(gateway.internalAddresses()).containsExactly("192.0.2.9");
    assertThat(gateway.isAddressed()).isFalse();
  }

  @Test
  void takes_no_address_for_that_of_the_Service_of_another_gateway() {
    mesh.has(
        "a",
        """
        apiVersion: v1
        kind: Service
        metadata: {name: any, namespace: istio-system,
          labels: {gateway.networking.k8s.io/gateway-name: other}}
        spec: {type: LoadBalancer, clusterIP: 192.0.2.9, ports: [{port: 15008}]}
        """);
    var gateway = gateway("topology.istio.io/network: n1", "listeners: []");

    assertThat(gateway.internalAddresses()).isEmpty();
    assertThat(gateway.isAddressed()).isTrue();
  }

  @Test
  void passes_through_where_a_listener_says_so_or_is_on_the_port_for_it() {
    var gateway =
        gateway(
            "topology.istio.io/network: n1, networking.istio.io/gatewayPort: '16443'",
            """
            listeners: [
              {name: a, port: 16443, protocol: TLS, tls: {mode: Passthrough}},
              {name: b, port: 15443, protocol: TLS, tls: {mode: Passthrough}},
              {name: c, port: 9443, protocol: TLS,
                tls: {options: {gateway.istio.io/listener-protocol: auto-passthrough}}},
              {name: d, port: 15008, protocol: HBONE}]
            """);

    assertThat(gateway.passthroughPorts()).containsExactly(16443, 9443);
    assertThat(gateway.hbonePort()).isEqualTo(15008);
    assertThat(gateway.isWayIn()).isTrue();
  }

  @Test
  void is_no_way_in_for_other_networks_without_a_label_on_the_usual_port() {
    var gateway =
        gateway("", "listeners: [{name: a, port: 15443, protocol: TLS, tls: {mode: Terminate}}]");

    assertThat(gateway.isWayIn()).isFalse();
  }

  @Test
  void loses_the_network_where_labels_for_its_infrastructure_leave_it_out() {
    var without =
        gateway("topology.istio.io/network: n1", "infrastructure: {labels: {team: platform}}");
    var with =
        gateway(
            "topology.istio.io/network: n1",
            "infrastructure: {labels: {topology.istio.io/network: n1}}");
    var unset = gateway("topology.istio.io/network: n1", "infrastructure: {annotations: {a: b}}");

    assertThat(without.isLosingNetwork()).isTrue();
    assertThat(with.isLosingNetwork()).isFalse();
    assertThat(unset.isLosingNetwork()).isFalse();
  }

  @Test
  void is_ignored_by_an_istiod_that_is_told_so() {
    mesh.istiod("a", "id-a");
    var gateway =
        gateway(
            "topology.istio.io/network: n1", "addresses: [{type: IPAddress, value: 192.0.2.1}]");

    assertThat(gateway.isIgnoredBy(mesh.only(Istiod.class, "a"))).isFalse();
  }

  @Test
  void is_no_gateway_of_the_other_api() {
    gateway("", "listeners: []");

    assertThat(mesh.facts(GatewayServer.class)).isEmpty();
  }
}
