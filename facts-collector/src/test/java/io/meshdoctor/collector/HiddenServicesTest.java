package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.facts.HiddenService;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HiddenServicesTest {

  private final SmallMesh mesh = new SmallMesh();

  @BeforeEach
  void setUp() {
    mesh.system("a", "", "").istiod("a", "a-id").pod("a", "web", "client-1", "app: client", "");
    service("");
    mesh.state.probes.add(
        new SeenProbe(
            "p",
            "mesh-request",
            "a",
            "web",
            "client-1",
            "",
            "",
            "cart.shop:80",
            1,
            1,
            Map.of(),
            ""));
  }

  private void service(String annotations) {
    mesh.has(
        "a",
        """
        apiVersion: v1
        kind: Service
        metadata: {name: cart, namespace: shop, annotations: {%s}}
        spec: {selector: {app: cart}, ports: [{port: 80}]}
        """,
        annotations);
  }

  private void sidecar(String namespace, String name, String spec) {
    mesh.has(
        "a",
        """
        apiVersion: networking.istio.io/v1
        kind: Sidecar
        metadata: {name: %s, namespace: %s}
        spec: {%s}
        """,
        name,
        namespace,
        spec);
  }

  @ParameterizedTest
  @CsvSource({
    "*/*, 0",
    "shop/*, 0",
    "*/cart.shop.svc.cluster.local, 0",
    "shop/*.shop.svc.cluster.local, 0",
    "./*, 1",
    "~/*, 1",
    "istio-system/*, 1",
    "shop/other.shop.svc.cluster.local, 1",
  })
  void finds_a_service_that_no_host_of_a_sidecar_covers(String host, int hidden) {
    sidecar("web", "default", "egress: [{hosts: ['%s']}]".formatted(host));

    assertThat(mesh.facts(HiddenService.class)).hasSize(hidden);
  }

  @Test
  void goes_by_the_sidecar_that_selects_the_client_before_others() {
    sidecar("web", "a-default", "egress: [{hosts: ['*/*']}]");
    sidecar("istio-system", "root", "egress: [{hosts: ['*/*']}]");
    sidecar("web", "mine", "workloadSelector: {labels: {app: client}}, egress: [{hosts: ['./*']}]");

    assertThat(mesh.facts(HiddenService.class))
        .extracting(HiddenService::by, HiddenService::byName, HiddenService::asked)
        .containsExactly(tuple("sidecar", "mine", true));
  }

  @Test
  void goes_by_the_sidecar_of_the_namespace_before_that_of_the_root() {
    sidecar("web", "default", "egress: [{hosts: ['shop/*']}]");
    sidecar("istio-system", "root", "egress: [{hosts: ['./*']}]");

    assertThat(mesh.facts(HiddenService.class)).isEmpty();
  }

  @Test
  void lets_clients_see_everything_where_a_sidecar_limits_nothing() {
    sidecar("web", "default", "outboundTrafficPolicy: {mode: REGISTRY_ONLY}");

    assertThat(mesh.facts(HiddenService.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"., 1", "~, 1", "'other, more', 1", "'other, web', 0", "*, 0"})
  void finds_a_service_that_is_not_exported_to_its_client(String exportTo, int hidden) {
    service("networking.istio.io/exportTo: '" + exportTo + "'");

    assertThat(mesh.facts(HiddenService.class)).hasSize(hidden).allMatch(HiddenService::asked);
  }

  @Test
  void tells_of_services_nobody_asked_for_only_where_they_are_of_the_clients_own_namespace() {
    mesh.state.probes.clear();
    mesh.pod("a", "shop", "cart-1", "app: cart", "");
    sidecar("shop", "default", "egress: [{hosts: ['web/*']}]");
    sidecar("web", "default", "egress: [{hosts: ['web/*']}]");

    assertThat(mesh.facts(HiddenService.class))
        .extracting(HiddenService::namespace, HiddenService::service, HiddenService::asked)
        .containsExactly(tuple("shop", "cart", false));
  }
}
