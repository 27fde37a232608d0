package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.Listed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindsTest {

  @ParameterizedTest
  @CsvSource({
    "pods, Pod",
    "pod, Pod",
    "Pod, Pod",
    "pods.v1., Pod",
    "deployments.apps, Deployment",
    "deployments.v1.apps, Deployment",
    "gateways.networking.istio.io, Gateway",
    "Gateway.v1.networking.istio.io, Gateway",
    "gateways.gateway.networking.k8s.io, KubernetesGateway",
    "networkpolicies, NetworkPolicy",
    "endpointslices.discovery.k8s.io, EndpointSlice",
    "sidecars.networking.istio.io, Sidecar",
    "serviceentries, ServiceEntry"
  })
  void knows_how_kubectl_names_a_kind(String resource, String kind) {
    assertThat(Kinds.ofResource(resource)).hasValue(kind).get().isIn(Listed.KINDS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gateways",
        "services.serving.knative.dev",
        "networkpolicies.crd.projectcalico.org",
        "telemetries",
        "",
        "."
      })
  void does_not_take_another_resource_for_it(String resource) {
    assertThat(Kinds.ofResource(resource)).isEmpty();
  }

  @Test
  void tells_kinds_of_one_name_apart_by_their_group() {
    assertThat(Kinds.of("networking.istio.io/v1alpha3", "Gateway")).hasValue("Gateway");
    assertThat(Kinds.of("gateway.networking.k8s.io/v1", "Gateway")).hasValue("KubernetesGateway");
    assertThat(Kinds.of("v1", "Service")).hasValue("Service");
    assertThat(Kinds.of("serving.knative.dev/v1", "Service")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "gateways.json, Gateway",
    "gateways.gateway.networking.k8s.io.json, KubernetesGateway",
    "pods.json, Pod"
  })
  void knows_a_kind_by_the_name_of_its_file(String file, String kind) {
    assertThat(Kinds.ofFile(file)).containsExactly(kind);
    assertThat(Kinds.file(kind)).isEqualTo(file);
  }
}
