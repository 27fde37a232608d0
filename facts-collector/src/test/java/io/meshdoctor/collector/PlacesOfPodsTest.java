package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.facts.CollectedAt;
import io.meshdoctor.facts.NamespaceWithoutRoot;
import io.meshdoctor.facts.PodRanges;
import io.meshdoctor.facts.RefusedPods;
import io.meshdoctor.facts.RefusedPods.Reason;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesOfPodsTest {

  private static final String NODE =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: %s}
      spec: {podCIDR: %2$s, podCIDRs: [%2$s]}
      """;

  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: cart, namespace: shop}
      spec: {template: {metadata: {labels: {app: cart}}, spec: {containers: [{name: app}]}}}
      status:
        conditions:
        - type: %s
          status: "True"
          message: '%s'
      """;

  @Test
  void leaves_out_ranges_of_nodes_that_no_pod_has_an_address_of() {
    var mesh =
        new SmallMesh()
            .istiod("a", "one")
            .has("a", NODE, "n1", "10.9.0.0/24")
            .has("a", NODE, "n2", "10.8.0.0/24");
    var unread = mesh.only(PodRanges.class, "a").ranges();
    var read = mesh.listed("a", "Pod").only(PodRanges.class, "a").ranges();

    assertThat(unread).containsExactly("10.8.0.0/24", "10.9.0.0/24");
    assertThat(read).containsExactly("10.9.0.0/24");
  }

  @Test
  void finds_namespaces_with_proxies_and_without_a_root() {
    var mesh =
        new SmallMesh()
            .pod("a", "shop", "cart-1", "app: cart", "")
            .pod("a", "web", "web-1", "app: web", "")
            .has(
                "a",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: istio-ca-root-cert, namespace: web}
                data: {root-cert.pem: "%s"}
                """,
                SmallMesh.pem("api-server").replace("\n", "\\n"));
    var unread = mesh.facts(NamespaceWithoutRoot.class);
    mesh.listed("a", "ConfigMap");

    assertThat(unread).isEmpty();
    assertThat(mesh.facts(NamespaceWithoutRoot.class))
        .extracting(NamespaceWithoutRoot::namespace, NamespaceWithoutRoot::pod)
        .containsExactly(tuple("shop", "cart-1"));
  }

  @ParameterizedTest
  @CsvSource({
    "'dial tcp 192.0.2.1:15017: connect: connection refused', UNREACHABLE",
    "'x509: certificate signed by unknown authority', CERTIFICATE",
    "'x509: certificate has expired', CERTIFICATE",
    "'an error of its own', OTHER",
  })
  void says_why_the_webhook_keeps_a_deployment_from_making_pods(String text, Reason reason) {
    var message = "failed calling webhook \"namespace.sidecar-injector.istio.io\": " + text;
    var mesh = new SmallMesh().has("a", DEPLOYMENT, "ReplicaFailure", message);

    assertThat(mesh.only(RefusedPods.class, "a").reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "Progressing, failed calling webhook sidecar-injector.istio.io",
    "ReplicaFailure, exceeded quota",
    "ReplicaFailure, failed calling webhook policies.example",
  })
  void does_not_blame_the_webhook_for_other_failures(String type, String message) {
    var mesh = new SmallMesh().has("a", DEPLOYMENT, type, message);

    assertThat(mesh.facts(RefusedPods.class)).isEmpty();
  }

  @Test
  void says_when_all_was_read_if_that_is_known() {
    var mesh = new SmallMesh();
    var before = Resolver.resolve(mesh.state).facts();
    mesh.state.collectedAt = Instant.parse("2026-05-01T00:00:00Z");
    var after = Resolver.resolve(mesh.state).facts();

    assertThat(before).isEmpty();
    assertThat(after)
        .singleElement()
        .isInstanceOfSatisfying(
            CollectedAt.class,
            collected -> assertThat(collected.time()).isEqualTo("2026-05-01T00:00:00Z"));
  }
}
