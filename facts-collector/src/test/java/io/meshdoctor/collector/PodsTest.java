package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.Istiod;
import io.meshdoctor.facts.Workload;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodsTest {

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: %1$s
        namespace: shop
        labels:
          app: cart
          pod-template-hash: abc12
          topology.kubernetes.io/zone: %2$s
        ownerReferences: [{kind: ReplicaSet, name: cart-abc12, controller: true}]
      spec:
        containers: [{name: app, image: cart:1}]
        initContainers:
        - {name: istio-init}
        - name: istio-proxy
          image: docker.io/istio/proxyv2:1.30.0@sha256:00
          restartPolicy: Always
          env:
          - {name: ISTIO_META_NETWORK, value: inside}
          - {name: ISTIO_META_CLUSTER_ID, value: one}
      status:
        phase: %3$s
        podIP: %4$s
        startTime: "%5$s"
        conditions: [{type: Ready, status: "%6$s"}]
      """;

  private static SmallMesh cart(SmallMesh mesh) {
    return mesh.has(
        "a", POD, "cart-abc12-z", "z1", "Running", "10.0.0.1", "2026-01-02T00:00:00Z", "True");
  }

  @Test
  void counts_alike_pods_instead_of_keeping_them() {
    var early = "2026-01-01T00:00:00Z";
    var late = "2026-01-03T00:00:00Z";
    var mesh =
        cart(new SmallMesh())
            .has("a", POD, "cart-abc12-a", "z2", "Running", "10.0.0.2", late, "False")
            .has("a", POD, "cart-abc12-a", "z2", "Running", "10.0.0.2", late, "False")
            .has("a", POD, "cart-abc12-0", "z2", "Failed", "10.0.0.3", early, "False");

    var workload = mesh.only(Workload.class, "a");

    assertThat(workload.name()).isEqualTo("cart");
    assertThat(workload.pods()).isEqualTo(2);
    assertThat(workload.readyPods()).isEqualTo(1);
    assertThat(workload.pod()).isEqualTo("cart-abc12-a");
    assertThat(workload.labels()).isEqualTo(Map.of("app", "cart"));
    assertThat(workload.startedAt()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
    assertThat(workload.newestAt()).isEqualTo(Instant.parse(late));
  }

  @Test
  void finds_the_proxy_of_a_native_sidecar() {
    var mesh = cart(new SmallMesh());

    var workload = mesh.only(Workload.class, "a");

    assertThat(workload.injected()).isTrue();
    assertThat(workload.gateway()).isFalse();
    assertThat(workload.network()).isEqualTo("inside");
    assertThat(workload.clusterId()).isEqualTo("one");
  }

  @Test
  void leads_from_an_address_to_the_pod_but_not_from_that_of_a_node() {
    var mesh = cart(new SmallMesh());
    mesh.has(
        "a",
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: agent, namespace: shop}
        spec: {hostNetwork: true, containers: [{name: agent}]}
        status: {phase: Running, podIP: 192.0.2.9}
        """);

    var pods = mesh.state.cluster("a").kubernetes.pods;

    assertThat(pods.at("10.0.0.1")).isEqualTo(pods.named("shop", "cart-abc12-z")).isNotNull();
    assertThat(pods.at("192.0.2.9")).isNull();
    assertThat(pods.named("shop", "agent")).isNotNull();
  }

  @Test
  void takes_envoy_alone_for_a_gateway_and_the_label_before_the_annotation() {
    var mesh =
        new SmallMesh()
            .has(
                "a",
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: door
                  namespace: shop
                  labels: {sidecar.istio.io/inject: "true", topology.istio.io/network: inside}
                  annotations: {sidecar.istio.io/inject: "false"}
                spec:
                  containers:
                  - name: istio-proxy
                    args: [proxy, router]
                    env: [{name: ISTIO_META_REQUESTED_NETWORK_VIEW, value: inside}]
                status: {phase: Running}
                """)
            .has(
                "a",
                """
                apiVersion: v1
                kind: Namespace
                metadata: {name: shop, labels: {istio.io/rev: canary}}
                """);

    var workload = mesh.only(Workload.class, "a");

    assertThat(workload.gateway()).isTrue();
    assertThat(workload.injected()).isTrue();
    assertThat(workload.injectLabel()).isEqualTo("true");
    assertThat(workload.networkLabel()).isEqualTo("inside");
    assertThat(workload.networkView()).isEqualTo("inside");
    assertThat(workload.namespaceInjects()).isTrue();
  }

  @Test
  void keeps_the_environment_of_istiod_without_what_may_be_secret() {
    var mesh = new SmallMesh().istiod("a", "one");

    var istiod = mesh.only(Istiod.class, "a");

    assertThat(istiod.env()).isEqualTo(Map.of("CLUSTER_ID", "one", "EXTERNAL_ISTIOD", "true"));
    assertThat(istiod.version()).isEqualTo("1.30.1");
    assertThat(istiod.external()).isTrue();
    assertThat(istiod.ready()).isTrue();
  }
}
