package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.ServiceBacking;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class KubernetesReaderTest {

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: cart, namespace: shop}
      spec: {selector: {app: cart}, ports: [{port: 80}]}
      """;

  private static final String SLICE =
      """
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: cart-1, namespace: shop, labels: {kubernetes.io/service-name: cart}}
      endpoints: [{addresses: [10.0.0.1], targetRef: {kind: Pod, name: cart-1}}]
      """;

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: cart-1
        namespace: shop
        labels: {app: cart}
        annotations: {ambient.istio.io/redirection: enabled}
      spec: {containers: [{name: app}]}
      status: {podIP: 10.0.0.1}
      """;

  private static final String NAMESPACE =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop, labels: {istio-injection: enabled}}
      """;

  @Test
  void says_the_same_in_whatever_order_objects_come_and_however_often() {
    List<String> objects = new ArrayList<>(List.of(SERVICE, SLICE, POD, NAMESPACE, POD));
    var mesh = new SmallMesh();
    objects.forEach(object -> mesh.has("a", object));
    Collections.reverse(objects);
    var reversed = new SmallMesh();
    objects.forEach(object -> reversed.has("a", object));

    assertThat(reversed.facts()).isEqualTo(mesh.facts()).isNotEmpty();
  }

  @Test
  void counts_a_pod_that_ztunnel_speaks_for_as_one_of_the_mesh() {
    var mesh = new SmallMesh().has("a", SERVICE).has("a", SLICE).has("a", POD);

    assertThat(mesh.only(ServiceBacking.class, "a").meshed()).isEqualTo(1);
  }

  @Test
  void passes_over_kinds_of_the_same_name_in_other_groups_and_kinds_it_does_not_know() {
    var mesh =
        new SmallMesh()
            .has("a", SERVICE.replace("v1", "serving.knative.dev/v1"))
            .has("a", "{apiVersion: example.com/v1, kind: Whatever, metadata: {name: x}}")
            .has("a", "{apiVersion: v1, kind: Event, metadata: {name: x}}");

    assertThat(mesh.facts()).hasSize(1);
  }

  @Test
  void reads_objects_of_which_hardly_anything_is_left() {
    var mesh = new SmallMesh();
    for (var kind :
        new String[] {
          "v1 Namespace",
          "v1 Node",
          "v1 Pod",
          "v1 Service",
          "v1 Endpoints",
          "v1 ConfigMap",
          "v1 Secret",
          "apps/v1 Deployment",
          "discovery.k8s.io/v1 EndpointSlice",
          "networking.k8s.io/v1 NetworkPolicy",
          "networking.istio.io/v1 Gateway",
          "networking.istio.io/v1 DestinationRule",
          "networking.istio.io/v1 ServiceEntry",
          "networking.istio.io/v1 Sidecar",
          "networking.istio.io/v1 VirtualService",
          "multicluster.x-k8s.io/v1alpha1 ServiceExport",
          "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration"
        }) {
      var words = kind.split(" ", -1);
      mesh.has("a", "{apiVersion: %s, kind: %s}", words[0], words[1]);
      mesh.has(
          "a",
          "{apiVersion: %s, kind: %s, metadata: 1, spec: [x], data: x, status: x}",
          words[0],
          words[1]);
    }

    assertThat(mesh.facts()).isNotEmpty();
  }
}
