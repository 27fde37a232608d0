package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeshNamesTest {

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

    assertThat(names(mesh).gatewayAddresses())
        .isEqualTo(Map.of("192.0.2.1:15443", "a", "[fd00::1]:15443", "a", "192.0.2.2:31002", "b"));
  }
}
