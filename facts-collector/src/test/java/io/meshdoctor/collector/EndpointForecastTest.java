package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.facts.ExpectedEndpoints;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Two primaries on two networks, and a client in the first of them. */
class EndpointForecastTest {

  private static final String[] KINDS = {
    "Service",
    "EndpointSlice",
    "Pod",
    "Namespace",
    "Secret",
    "DestinationRule",
    "PeerAuthentication",
    "Sidecar",
    "ServiceEntry"
  };

  private final SmallMesh mesh = new SmallMesh();

  EndpointForecastTest() {
    for (var cluster : List.of("a", "b")) {
      mesh.listed(cluster, KINDS).istiod(cluster, "id-" + cluster);
      config(cluster, "{}");
    }
    mesh.system("a", "n1", "").system("b", "n2", "");
    mesh.pod("a", "web", "client", "", "{name: ISTIO_META_NETWORK, value: n1}");
    mesh.state.cluster("a").proxies.proxy("web", "client");
    mesh.has("b", "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {mesh: prod}}");
    service("a", "");
    service("b", "");
    pod("b", "cart-1", "security.istio.io/tlsMode: istio", true);
    gateway("b", "n2", "192.0.2.2");
    mesh.remoteSecret("a", "id-b", SmallMesh.kubeconfig("https://b.example:6443"));
  }

  private void config(String cluster, String yaml) {
    mesh.state.cluster(cluster).controlPlane.istiod("istio-system", "istiod-1").mesh =
        MeshConfig.of(new YAMLMapper().readTree(yaml));
  }

  private void service(String cluster, String more) {
    mesh.has(
        cluster,
        """
        apiVersion: v1
        kind: Service
        metadata: {name: cart, namespace: shop}
        spec: {selector: {app: cart}, ports: [{port: 80, name: http}]%s}
        """,
        more);
  }

  private void pod(String cluster, String name, String labels, boolean ready) {
    mesh.pod(cluster, "shop", name, "app: cart, " + labels, "");
    mesh.has(
        cluster,
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: %1$s, namespace: shop, labels: {kubernetes.io/service-name: cart}}
        endpoints:
        - {addresses: [10.2.0.%2$d], conditions: {ready: %3$s}, targetRef: {kind: Pod, name: %1$s}}
        """,
        name,
        Integer.parseInt(name.substring(name.indexOf('-') + 1)),
        ready);
  }

  private void gateway(String cluster, String network, String address) {
    mesh.has(
        cluster,
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: crossing-%1$s
          namespace: istio-system
          labels: {topology.istio.io/network: %1$s}
        spec: {type: LoadBalancer, ports: [{port: 15443, name: tls}]}
        status: {loadBalancer: {ingress: [{ip: %2$s}]}}
        """,
        network,
        address);
  }

  private ExpectedEndpoints expected() {
    var found = mesh.facts(ExpectedEndpoints.class);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).towards()).isEqualTo("b");
    return found.get(0);
  }

  @Test
  void pods_of_another_network_are_reached_at_its_gateway() {
    assertThat(expected().gateways()).containsExactly("192.0.2.2:15443");
    assertThat(expected().pods()).isEmpty();
    assertThat(expected().path()).isEqualTo("web/client");
    assertThat(expected().port()).isEqualTo(80);
  }

  @Test
  void a_gateway_that_another_one_stands_for_leads_to_the_cluster_that_it_is_in() {
    mesh.has(
        "a",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: stand-in, namespace: doors, labels: {topology.istio.io/network: n3}}
        spec:
          gatewayClassName: istio-remote
          addresses: [{type: IPAddress, value: 192.0.2.3}]
          listeners: [{name: tls, port: 15443, protocol: TLS, tls: {mode: Passthrough}}]
        """);
    pod("b", "cart-2", "security.istio.io/tlsMode: istio, topology.istio.io/network: n3", true);
    mesh.has(
        "b",
        """
        apiVersion: v1
        kind: Service
        metadata: {name: door, namespace: doors}
        spec: {type: LoadBalancer, ports: [{port: 15443}]}
        status: {loadBalancer: {ingress: [{ip: 192.0.2.3}]}}
        """);

    assertThat(mesh.facts(ExpectedEndpoints.class))
        .filteredOn(expected -> expected.host().startsWith("cart."))
        .extracting(ExpectedEndpoints::towards, ExpectedEndpoints::gateways)
        .containsExactly(tuple("b", List.of("192.0.2.2:15443", "192.0.2.3:15443")));
  }

  @Test
  void pods_of_the_clients_network_are_reached_at_their_own_addresses() {
    mesh.system("b", "n1", "");

    assertThat(expected().pods()).containsExactly("10.2.0.1");
    assertThat(expected().gateways()).isEmpty();
  }

  @Test
  void the_label_of_a_pod_goes_before_the_network_of_its_cluster() {
    pod("b", "cart-2", "security.istio.io/tlsMode: istio, topology.istio.io/network: n1", true);

    assertThat(expected().pods()).containsExactly("10.2.0.2");
    assertThat(expected().gateways()).containsExactly("192.0.2.2:15443");
  }

  @Test
  void pods_of_a_network_without_a_gateway_are_reached_at_their_own_addresses() {
    pod("b", "cart-2", "security.istio.io/tlsMode: istio, topology.istio.io/network: n3", true);

    assertThat(expected().pods()).containsExactly("10.2.0.2");
  }

  @Test
  void pods_without_a_proxy_are_not_reached_through_gateways() {
    pod("b", "cart-3", "topology.istio.io/network: n4", true);
    gateway("b", "n4", "192.0.2.4");

    assertThat(expected().gateways()).containsExactly("192.0.2.2:15443");
    assertThat(expected().pods()).isEmpty();
  }

  @Test
  void a_rule_that_asks_for_mutual_tls_brings_no_pod_without_a_proxy_behind_a_gateway() {
    pod("b", "cart-3", "topology.istio.io/network: n4", true);
    gateway("b", "n4", "192.0.2.4");
    tls("ISTIO_MUTUAL");

    assertThat(expected().gateways()).containsExactly("192.0.2.2:15443");
  }

  @Test
  void nothing_is_reached_through_gateways_without_mutual_tls() {
    tls("DISABLE");

    assertThat(expected().expected()).isEqualTo("none");
  }

  private void tls(String mode) {
    mesh.has(
        "a",
        """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: cart, namespace: shop}
        spec: {host: cart, trafficPolicy: {tls: {mode: %s}}}
        """,
        mode);
  }

  @Test
  void pods_that_are_not_ready_are_no_endpoints() {
    pod("b", "cart-2", "topology.istio.io/network: n1", false);

    assertThat(expected().pods()).isEmpty();
  }

  @Test
  void a_cluster_that_no_secret_leads_to_has_no_endpoints() {
    mesh.state.cluster("a").kubernetes.remoteSecrets.clear();

    assertThat(expected().expected()).isEqualTo("none");
  }

  @Test
  void a_service_that_the_mesh_keeps_in_each_cluster_has_no_endpoints_elsewhere() {
    config("a", "{serviceSettings: [{settings: {clusterLocal: true}, hosts: ['*.local']}]}");

    assertThat(expected().expected()).isEqualTo("none");
  }

  @Test
  void a_namespace_that_is_not_selected_has_no_endpoints() {
    config("a", "{discoverySelectors: [{matchLabels: {mesh: test}}]}");

    assertThat(mesh.facts(ExpectedEndpoints.class)).isEmpty();
  }

  @Test
  void a_port_of_another_name_has_no_endpoints() {
    mesh.has(
        "b",
        """
        apiVersion: v1
        kind: Service
        metadata: {name: cart, namespace: shop}
        spec: {selector: {app: cart}, ports: [{port: 80, name: web}]}
        """);

    assertThat(expected().expected()).isEqualTo("none");
  }

  @Test
  void nothing_is_said_of_a_service_that_a_sidecar_hides() {
    mesh.has(
        "a",
        """
        apiVersion: networking.istio.io/v1
        kind: Sidecar
        metadata: {name: own, namespace: web}
        spec: {egress: [{hosts: ["./*"]}]}
        """);

    assertThat(mesh.facts(ExpectedEndpoints.class)).isEmpty();
  }

  @Test
  void nothing_is_said_where_something_else_decides() {
    service("a", ", internalTrafficPolicy: Local");

    assertThat(mesh.facts(ExpectedEndpoints.class)).isEmpty();
  }

  @Test
  void nothing_is_said_where_something_was_not_read() {
    mesh.state.cluster("b").notListed(Set.of("EndpointSlice"));

    assertThat(mesh.facts(ExpectedEndpoints.class)).isEmpty();
  }
}
