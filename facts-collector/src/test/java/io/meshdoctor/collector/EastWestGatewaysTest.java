package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.EastWestGateway;
import io.meshdoctor.facts.GatewayServer;
import java.util.List;
import org.junit.jupiter.api.Test;

class EastWestGatewaysTest {

  private static SmallMesh service(String labels, String ports, String rest) {
    return new SmallMesh()
        .has(
            "a",
            """
            apiVersion: v1
            kind: Service
            metadata: {name: door, namespace: doors, labels: {%s}}
            spec:
              selector: {app: door}
              ports: [%s]
              %s
            """,
            labels,
            ports,
            rest);
  }

  private static SmallMesh gatewayPod(SmallMesh mesh, String env) {
    return mesh.has(
        "a",
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: door-1
          namespace: doors
          labels: {app: door, topology.istio.io/network: inside}
        spec:
          containers:
          - name: istio-proxy
            args: [proxy, router]
            env: [%s]
        status: {phase: Running, conditions: [{type: Ready, status: "True"}]}
        """,
        env);
  }

  private static boolean isFound(SmallMesh mesh) {
    return !mesh.facts(EastWestGateway.class).isEmpty();
  }

  @Test
  void says_what_istiod_takes_from_a_labelled_service() {
    var mesh =
        gatewayPod(
            service(
                "topology.istio.io/network: inside",
                "{port: 15021}, {port: 15443}",
                """
                type: LoadBalancer
                  externalIPs: [192.0.2.9]
                status:
                  loadBalancer: {ingress: [{ip: 192.0.2.1, hostname: x}, {hostname: lb.example}]}
                """),
            "");

    var gateway = mesh.only(EastWestGateway.class, "a");

    assertThat(gateway.network()).isEqualTo("inside");
    assertThat(gateway.podNetwork()).isEqualTo("inside");
    assertThat(gateway.addresses()).containsExactly("192.0.2.1", "192.0.2.9");
    assertThat(gateway.hostnames()).containsExactly("lb.example");
    assertThat(gateway.ports()).containsExactly(15021, 15443);
    assertThat(gateway.port()).isEqualTo(15443);
    assertThat(gateway.isListening()).isTrue();
    assertThat(gateway.readyPods()).isEqualTo(-1);
  }

  @Test
  void counts_ready_pods_as_far_as_they_were_read() {
    var mesh = gatewayPod(service("topology.istio.io/network: inside", "{port: 15443}", ""), "");
    mesh.listed("a", "Pod");
    int byPods = mesh.only(EastWestGateway.class, "a").readyPods();
    mesh.listed("a", "EndpointSlice");
    int bySlices = mesh.only(EastWestGateway.class, "a").readyPods();

    assertThat(byPods).isEqualTo(1);
    assertThat(bySlices).isZero();
  }

  @Test
  void recognises_one_that_lost_its_label_by_its_port() {
    assertThat(isFound(gatewayPod(service("", "{port: 15443}", ""), ""))).isTrue();
    assertThat(isFound(service("", "{port: 15443}", ""))).isTrue();
  }

  @Test
  void recognises_one_that_lost_label_and_port_by_what_its_pods_were_told() {
    var told = "{name: ISTIO_META_REQUESTED_NETWORK_VIEW, value: inside}";

    assertThat(isFound(gatewayPod(service("", "{port: 15021}, {port: 15012}", ""), told))).isTrue();
    assertThat(isFound(gatewayPod(service("", "{port: 80}, {port: 443}", ""), told))).isFalse();
  }

  @Test
  void recognises_one_by_a_gateway_that_passes_connections_through() {
    var mesh =
        gatewayPod(service("", "{port: 80}, {port: 443}", ""), "")
            .has(
                "a",
                """
                apiVersion: networking.istio.io/v1
                kind: Gateway
                metadata: {name: through, namespace: doors}
                spec:
                  selector: {app: door}
                  servers:
                  - port: {number: 15443, protocol: TLS, name: tls}
                    tls: {mode: AUTO_PASSTHROUGH}
                    hosts: ["*/*.local"]
                """);

    assertThat(isFound(mesh)).isTrue();
    assertThat(mesh.only(GatewayServer.class, "a").hosts()).containsExactly("*.local");
  }

  @Test
  void takes_neither_a_gateway_for_users_nor_istiod_for_one() {
    var users = gatewayPod(service("", "{port: 15021}, {port: 80}, {port: 443}", ""), "");
    var old = gatewayPod(service("", "{port: 80}, {port: 443}, {port: 15443}", ""), "");
    var istiod =
        new SmallMesh()
            .istiod("a", "one")
            .has(
                "a",
                """
                apiVersion: v1
                kind: Service
                metadata: {name: istiod, namespace: istio-system}
                spec: {selector: {app: istiod}, ports: [{port: 15012}, {port: 443}]}
                """);

    assertThat(isFound(users)).isFalse();
    assertThat(isFound(old)).isFalse();
    assertThat(isFound(istiod)).isFalse();
  }

  @Test
  void ignores_a_gateway_of_the_other_api() {
    var mesh =
        new SmallMesh()
            .has(
                "a",
                """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: door, namespace: doors}
                spec: {gatewayClassName: istio, listeners: [{port: 80}]}
                """);

    assertThat(mesh.facts(GatewayServer.class)).isEmpty();
  }

  @Test
  void looks_for_the_port_of_the_label_and_for_the_usual_one_if_that_is_no_number() {
    var labelled =
        service(
            "topology.istio.io/network: inside, networking.istio.io/gatewayPort: \"443\"",
            "{port: 443}",
            "");
    var broken =
        service(
            "topology.istio.io/network: inside, networking.istio.io/gatewayPort: tls",
            "{port: 443}",
            "");

    assertThat(labelled.only(EastWestGateway.class, "a").port()).isEqualTo(443);
    assertThat(broken.only(EastWestGateway.class, "a").port()).isEqualTo(15443);
    assertThat(broken.only(EastWestGateway.class, "a").portLabel()).isEqualTo("tls");
  }

  @Test
  void takes_addresses_of_nodes_only_if_the_service_opts_in() {
    var mesh =
        new SmallMesh()
            .has(
                "a",
                """
                apiVersion: v1
                kind: Node
                metadata: {name: n1, labels: {edge: "yes"}}
                status:
                  addresses:
                  - {type: InternalIP, address: 10.0.0.1}
                  - {type: ExternalIP, address: 192.0.2.1}
                """)
            .has(
                "a",
                """
                apiVersion: v1
                kind: Node
                metadata: {name: n2}
                status: {addresses: [{type: ExternalIP, address: 192.0.2.2}]}
                """);
    for (var annotation : new String[] {"'{\"edge\":\"yes\"}'", "'{}'", "broken"}) {
      mesh.has(
          "a",
          """
          apiVersion: v1
          kind: Service
          metadata:
            name: door-%s
            namespace: doors
            labels: {topology.istio.io/network: inside}
            annotations: {traffic.istio.io/nodeSelector: %s}
          spec: {type: NodePort, ports: [{port: 15443, nodePort: 31000}]}
          """,
          annotation.length(),
          annotation);
    }

    assertThat(mesh.facts(EastWestGateway.class))
        .extracting(EastWestGateway::addresses)
        .containsExactlyInAnyOrder(
            List.of("192.0.2.1"), List.of("192.0.2.1", "192.0.2.2"), List.of());
  }

  @Test
  void knows_the_labels_of_pods_that_a_deployment_would_make() {
    var mesh =
        service("topology.istio.io/network: inside", "{port: 15443}", "")
            .has(
                "a",
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: door, namespace: doors}
                spec:
                  replicas: 0
                  template:
                    metadata: {labels: {app: door, istio: door}}
                    spec: {containers: [{name: istio-proxy, image: auto}]}
                """);

    assertThat(mesh.only(EastWestGateway.class, "a").podLabels()).containsEntry("istio", "door");
  }
}
