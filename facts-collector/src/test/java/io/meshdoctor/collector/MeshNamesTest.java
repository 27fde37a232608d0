package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.collector.EnvoyHost.Place;
import io.meshdoctor.collector.IstiodState.GatewayRow;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MeshNamesTest {

  private static final String NAMESPACE =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: istio-system, labels: {topology.istio.io/network: %s}}
      """;

  private static MeshNames names(SmallMesh mesh) {
    return ClusterResolver.of(mesh.state).names();
  }

  @Test
  void knows_where_pods_are_and_what_they_do() {
    var mesh = new SmallMesh().istiod("a", "one").pod("b", "shop", "cart-1", "app: cart", "");

    var names = names(mesh);

    assertThat(names.clustersOfPodIp("10.9.0.1")).containsExactly("a");
    assertThat(names.clustersOfPodIp("10.9.0.2")).isEmpty();
    assertThat(names.clustersOfPod("cart-1")).containsExactly("b");
    assertThat(names.isGatewayPod("b", "shop", "cart-1")).isFalse();
    assertThat(names.startOfPod("a", "istio-system", "istiod-1"))
        .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(names.startOfPod("a", "istio-system", "istiod-2")).isNull();
    assertThat(names.nameOf("b", "one")).isEqualTo("a");
  }

  @Test
  void knows_who_claims_a_cluster_id_once_all_pods_were_read() {
    var mesh =
        new SmallMesh()
            .listed("a", "Pod")
            .istiod("a", "one")
            .pod("a", "shop", "cart-1", "", "{name: ISTIO_META_CLUSTER_ID, value: one}")
            .pod("b", "shop", "cart-2", "", "{name: ISTIO_META_CLUSTER_ID, value: one}")
            .pod("b", "shop", "cart-3", "", "{name: ISTIO_META_CLUSTER_ID, value: two}");
    assertThat(names(mesh).podsClaiming("one")).isEmpty();

    mesh.listed("b", "Pod");

    assertThat(names(mesh).podsClaiming("one"))
        .containsExactlyInAnyOrder("shop/cart-1", "shop/cart-2");
  }

  @Test
  void tells_hosts_of_the_system_from_others() {
    var names = names(new SmallMesh().istiod("a", "one"));

    assertThat(names.isSystem("istiod.istio-system.svc.cluster.local")).isTrue();
    assertThat(names.isSystem("kubernetes.default.svc.cluster.local")).isTrue();
    assertThat(names.isSystem("web.default.svc.cluster.local")).isFalse();
    assertThat(names.isSystem("example")).isFalse();
  }

  @Test
  void knows_at_which_address_and_port_a_gateway_is_reached() {
    var mesh =
        new SmallMesh()
            .has(
                "a",
                """
                apiVersion: v1
                kind: Service
                metadata: {name: door, namespace: doors, labels: {topology.istio.io/network: x}}
                spec:
                  type: LoadBalancer
                  ports: [{port: 15021, nodePort: 31001}, {port: 15443, nodePort: 31002}]
                  externalIPs: ["fd00::1"]
                status: {loadBalancer: {ingress: [{ip: 192.0.2.1}]}}
                """)
            .has(
                "b",
                """
                apiVersion: v1
                kind: Service
                metadata:
                  name: door
                  namespace: doors
                  labels: {topology.istio.io/network: y}
                  annotations: {traffic.istio.io/nodeSelector: "{}"}
                spec:
                  type: NodePort
                  ports: [{port: 15443, nodePort: 31002}]
                """)
            .has(
                "b",
                """
                apiVersion: v1
                kind: Node
                metadata: {name: n1}
                status: {addresses: [{type: ExternalIP, address: 192.0.2.2}]}
                """);

    var names = names(mesh);

    assertThat(names.clustersOfGateway(new Place("192.0.2.1", 15443))).containsExactly("a");
    assertThat(names.clustersOfGateway(new Place("fd00::1", 15443))).containsExactly("a");
    assertThat(names.clustersOfGateway(new Place("192.0.2.2", 31002))).containsExactly("b");
    assertThat(names.clustersOfGateway(new Place("192.0.2.2", 15443))).isEmpty();
  }

  @Test
  void knows_which_cluster_a_gateway_is_in_that_another_one_stands_for() {
    var mesh =
        new SmallMesh()
            .istiod("a", "one")
            .istiod("b", "two")
            .has("b", NAMESPACE.formatted("y"))
            .has(
                "a",
                """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: stand-in, namespace: doors, labels: {topology.istio.io/network: y}}
                spec:
                  gatewayClassName: istio-remote
                  addresses: [{type: IPAddress, value: 192.0.2.1}]
                """);
    var row = new GatewayRow("y", "one", "192.0.2.1", 15443, 0);
    var ofOtherNetwork = new GatewayRow("x", "one", "192.0.2.2", 15443, 0);

    assertThat(names(mesh).nameOf("a", row)).isEqualTo("b");
    assertThat(names(mesh).nameOf("a", ofOtherNetwork)).isEqualTo("a");

    mesh.has("c", NAMESPACE.formatted("y"));

    assertThat(names(mesh).nameOf("a", row)).isEmpty();

    mesh.has(
        "c",
        """
        apiVersion: v1
        kind: Service
        metadata: {name: door, namespace: doors}
        spec: {type: LoadBalancer, ports: [{port: 15443}]}
        status: {loadBalancer: {ingress: [{ip: 192.0.2.1}]}}
        """);

    assertThat(names(mesh).nameOf("a", row)).isEqualTo("c");
  }
}
