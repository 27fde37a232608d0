package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.EastWestGateway;
import io.meshdoctor.facts.KubeService;
import io.meshdoctor.facts.KubernetesGateway;
import io.meshdoctor.facts.ServiceBacking;
import io.meshdoctor.facts.VirtualMachine;
import io.meshdoctor.facts.Workload;
import io.meshdoctor.facts.Ztunnel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the objects of a mesh in ambient mode tell. */
class AmbientObjectsTest {

  private static final String GATEWAY =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: gw, namespace: istio-system, labels: {topology.istio.io/network: n1}}
      spec:
        gatewayClassName: istio-east-west
        listeners:
        - {name: web, port: 80, protocol: HTTP}
        - {name: mesh, port: 15008, protocol: HBONE, tls: {mode: Terminate}}
      status:
        addresses:
        - {type: IPAddress, value: 192.0.2.1}
        - {type: Hostname, value: gw.example.com}
        - {type: example.com/named, value: x}
        - {value: untyped}
      """;

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: %s-1
        namespace: shop
        labels: {app: %1$s%s}
        annotations: {%s}
      spec: {serviceAccountName: %1$s, containers: [%s]}
      status: {podIP: 10.0.0.1, conditions: [{type: Ready, status: "True"}]}
      """;

  private static final String APP = "{name: app}";

  private static final String ZTUNNEL =
      "{name: istio-proxy, args: [proxy, ztunnel], env: [{name: NETWORK, value: n1}%s]}";

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: cart, namespace: shop, labels: {%s}}
      spec: {selector: {app: cart}, ports: [{port: 80}]}
      """;

  private static final String SHOP =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop, labels: {%s}}
      """;

  @Test
  void of_a_gateway_it_takes_what_istiod_takes() {
    var mesh = new SmallMesh().has("a", GATEWAY);

    var gateway = mesh.only(KubernetesGateway.class, "a");

    assertThat(gateway.addresses()).containsExactly("192.0.2.1", "gw.example.com");
    assertThat(gateway.hbonePort()).isEqualTo(15008);
    assertThat(gateway.isTakenFor("n1")).isTrue();
    assertThat(gateway.origin().show())
        .isEqualTo(
            "kubectl --context=a -n istio-system get gateway.gateway.networking.k8s.io gw -o yaml");
  }

  @Test
  void a_gateway_of_which_hardly_anything_is_left_is_one_of_no_class() {
    var mesh =
        new SmallMesh()
            .has(
                "a",
                "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: x}}");

    assertThat(mesh.only(KubernetesGateway.class, "a").flaw()).contains("class none");
  }

  @ParameterizedTest
  @CsvSource({
    "'', Kubernetes",
    "', {name: CLUSTER_ID, value: c1}', c1",
    "', {name: CLUSTER_ID, value: c1}, {name: ISTIO_META_CLUSTER_ID, value: c2}', c2",
  })
  void ztunnel_is_no_sidecar_and_no_gateway(String env, String clusterId) {
    var mesh = new SmallMesh().has("a", POD, "ztunnel", "", "", ZTUNNEL.formatted(env));

    var ztunnel = mesh.only(Ztunnel.class, "a");

    assertThat(ztunnel.clusterId()).isEqualTo(clusterId);
    assertThat(ztunnel.network()).isEqualTo("n1");
    assertThat(ztunnel.account()).isEqualTo("shop/ztunnel");
    assertThat(mesh.only(Workload.class, "a"))
        .returns(false, Workload::injected)
        .returns(false, Workload::gateway);
    assertThat(mesh.facts()).noneMatch(EastWestGateway.class::isInstance);
  }

  @Test
  void pods_are_in_ambient_mode_by_their_namespace_unless_they_refuse() {
    var label = "istio.io/dataplane-mode: ambient";
    var asked = new SmallMesh().has("a", SHOP, label).has("a", POD, "cart", "", "", APP);
    var refusing =
        new SmallMesh()
            .has("a", SHOP, label)
            .has("a", POD, "cart", ", istio.io/dataplane-mode: none", "", APP);
    var caught =
        new SmallMesh().has("a", POD, "cart", "", "ambient.istio.io/redirection: enabled", APP);

    assertThat(asked.only(Workload.class, "a"))
        .returns(true, Workload::isAmbient)
        .returns(false, Workload::captured);
    assertThat(refusing.only(Workload.class, "a").isAmbient()).isFalse();
    assertThat(caught.only(Workload.class, "a").isAmbient()).isTrue();
  }

  @Test
  void counts_the_endpoints_that_ztunnel_speaks_for() {
    var slice =
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: cart-x, namespace: shop, labels: {kubernetes.io/service-name: cart}}
        endpoints: [{addresses: [10.0.0.1], targetRef: {kind: Pod, name: cart-1}}]
        """;
    var mesh =
        new SmallMesh()
            .has("a", SERVICE, "")
            .has("a", slice)
            .has("a", POD, "cart", "", "ambient.istio.io/redirection: enabled", APP);

    assertThat(mesh.only(ServiceBacking.class, "a").isAllAmbient()).isTrue();
  }

  @Test
  void a_service_is_global_by_its_label_where_no_mesh_configuration_was_read() {
    var mesh = new SmallMesh().istiod("a", "id").has("a", SERVICE, "istio.io/global: \"true\"");

    assertThat(mesh.only(KubeService.class, "a").globalTo()).containsExactly("a");
  }

  @Test
  void selectors_of_the_mesh_configuration_decide_which_services_are_global() {
    var config =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: istio, namespace: istio-system}
        data:
          mesh: |
            serviceScopeConfigs:
            - namespaceSelector: {matchLabels: {tier: open}}
              scope: GLOBAL
            - servicesSelector: {matchLabels: {istio.io/global: "true"}}
              scope: LOCAL
        """;
    var open =
        new SmallMesh()
            .istiod("a", "id")
            .has("a", config)
            .has("a", SHOP, "tier: open")
            .has("a", SERVICE, "");
    var closed =
        new SmallMesh()
            .istiod("a", "id")
            .has("a", config)
            .has("a", SERVICE, "istio.io/global: \"true\"");

    assertThat(open.only(KubeService.class, "a").globalTo()).containsExactly("a");
    assertThat(closed.only(KubeService.class, "a").globalTo()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', ''",
    "'', 'istio.io/use-waypoint: gate', shop/gate",
    "'', 'istio.io/use-waypoint: gate, istio.io/use-waypoint-namespace: edge', edge/gate",
    "'istio.io/use-waypoint: own', 'istio.io/use-waypoint: gate', shop/own",
    "'istio.io/use-waypoint: none', 'istio.io/use-waypoint: gate', ''",
    "'gateway.networking.k8s.io/gateway-name: gate', 'istio.io/use-waypoint: gate', ''",
  })
  void a_service_asks_for_a_waypoint_itself_or_by_its_namespace(
      String own, String namespace, String waypoint) {
    var mesh = new SmallMesh().has("a", SHOP, namespace).has("a", SERVICE, own);

    assertThat(mesh.only(KubeService.class, "a").waypoint()).isEqualTo(waypoint);
  }

  @Test
  void an_entry_that_istiod_made_is_a_virtual_machine_and_one_of_an_operator_is_not() {
    var entry =
        """
        apiVersion: networking.istio.io/v1
        kind: WorkloadEntry
        metadata: {name: %s, namespace: shop, annotations: {%s}}
        spec: {address: 10.9.9.9, network: attic}
        """;
    var mesh =
        new SmallMesh()
            .has("a", entry, "vm", "istio.io/autoRegistrationGroup: vms")
            .has("a", entry, "external", "");

    assertThat(mesh.only(VirtualMachine.class, "a").name()).isEqualTo("vm");
    assertThat(mesh.only(VirtualMachine.class, "a").network()).isEqualTo("attic");
  }
}
