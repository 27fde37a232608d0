package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.facts.ConfigClusterSecret;
import io.meshdoctor.facts.GatewayDestination;
import io.meshdoctor.facts.LegacyNetwork;
import io.meshdoctor.facts.RemoteSecret;
import io.meshdoctor.facts.Unread;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What leads to a control plane, and what it has of other clusters by old settings. */
class ControlPlaneAccessTest {

  private final SmallMesh mesh = new SmallMesh();

  @Test
  void a_kubeconfig_for_the_configuration_is_no_remote_secret() {
    mesh.has(
        "a",
        """
        apiVersion: v1
        kind: Secret
        metadata:
          name: istio-kubeconfig
          namespace: external
          labels: {istio/multiCluster: "true"}
          annotations: {networking.istio.io/cluster: id-b}
        data: {config: %s}
        """,
        SmallMesh.base64(SmallMesh.kubeconfig("https://b.example:6443")));

    assertThat(mesh.only(ConfigClusterSecret.class, "a"))
        .extracting(
            ConfigClusterSecret::namespace,
            ConfigClusterSecret::server,
            ConfigClusterSecret::problem)
        .containsExactly("external", "https://b.example:6443", "");
    assertThat(mesh.facts(RemoteSecret.class)).isEmpty();
    assertThat(mesh.facts()).noneMatch(fact -> fact.toString().contains("CANARY"));
  }

  @Test
  void a_kubeconfig_for_the_configuration_is_found_by_one_key_only() {
    mesh.has(
        "a",
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: istio-kubeconfig, namespace: external}
        data: {id-b: %s}
        """,
        SmallMesh.base64(SmallMesh.kubeconfig("https://b.example:6443")));

    assertThat(mesh.only(ConfigClusterSecret.class, "a").problem())
        .isEqualTo("has no key config, but id-b");
    assertThat(mesh.facts(Unread.class)).isEmpty();
  }

  @Test
  void tells_which_registries_old_settings_put_on_a_network() {
    mesh.has(
        "a",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: istio, namespace: istio-system}
        data:
          mesh: ""
          meshNetworks: |-
            networks:
              n1:
                endpoints: [{fromRegistry: id-a}, {fromCidr: 10.0.0.0/8}]
                gateways: [{address: 192.0.2.1, port: 443}]
              n2: {endpoints: [{fromRegistry: id-b}]}
        """);

    assertThat(mesh.facts(LegacyNetwork.class))
        .extracting(LegacyNetwork::network, LegacyNetwork::registry)
        .containsExactly(tuple("n1", "id-a"), tuple("n2", "id-b"));
  }

  @Test
  void tells_where_a_virtual_service_leads_what_comes_in_at_gateways() {
    mesh.has(
        "a",
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: istiod-vs, namespace: istio-system}
        spec:
          hosts: ["*"]
          gateways: [istiod-gateway, mesh]
          tls:
          - match: [{port: 15012, sniHosts: ["*"]}]
            route: [{destination: {host: istiod.istio-system.svc.cluster.local}}]
          - match: [{port: 15017, sniHosts: ["*"], gateways: [other/one]}]
            route: [{destination: {host: istiod}}]
          http:
          - match: [{gateways: [mesh]}]
            route: [{destination: {host: inside}}]
          - route: [{destination: {host: any}}]
        """);

    assertThat(mesh.facts(GatewayDestination.class))
        .extracting(
            GatewayDestination::gateways, GatewayDestination::port, GatewayDestination::destination)
        .containsExactlyInAnyOrder(
            tuple(
                List.of("istio-system/istiod-gateway"),
                15012,
                "istiod.istio-system.svc.cluster.local"),
            tuple(List.of("other/one"), 15017, "istiod.istio-system.svc.cluster.local"),
            tuple(List.of("istio-system/istiod-gateway"), 0, "any.istio-system.svc.cluster.local"));
  }
}
