package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.facts.ClusterRegions;
import io.meshdoctor.facts.DestinationPolicy;
import io.meshdoctor.facts.HiddenNamespace;
import io.meshdoctor.facts.KubeService;
import io.meshdoctor.facts.MatchingPods;
import io.meshdoctor.facts.RestrictivePolicy;
import io.meshdoctor.facts.ServiceBacking;
import org.junit.jupiter.api.Test;

class ServicesTest {

  private static final String CART =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: cart, namespace: shop}
      spec: {selector: {app: cart}, ports: [{name: http, port: 80, targetPort: web}]}
      """;

  private static final String SLICE =
      """
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata:
        name: %s
        namespace: shop
        labels: {kubernetes.io/service-name: cart}
      endpoints:
      - addresses: [%s]
        conditions: {ready: true}
        targetRef: {kind: Pod, name: cart-1}
      - addresses: [%s]
        conditions: {ready: false}
        targetRef: {kind: Pod, name: cart-2}
      """;

  private static SmallMesh pods(SmallMesh mesh, String cluster) {
    return mesh.pod(cluster, "shop", "cart-1", "app: cart", "")
        .pod(cluster, "shop", "cart-2", "app: cart", "");
  }

  @Test
  void counts_a_pod_of_two_address_families_once() {
    var mesh =
        pods(new SmallMesh(), "a")
            .has("a", CART)
            .has("a", SLICE, "cart-4", "10.0.0.1", "10.0.0.2")
            .has("a", SLICE, "cart-6", "\"fd00::1\"", "\"fd00::2\"")
            .listed("a", "Pod", "EndpointSlice");

    var backing = mesh.only(ServiceBacking.class, "a");

    assertThat(backing.ready()).isEqualTo(1);
    assertThat(backing.notReady()).isEqualTo(1);
    assertThat(backing.meshed()).isEqualTo(1);
    assertThat(backing.host()).isEqualTo("cart.shop.svc.cluster.local");
  }

  @Test
  void says_nothing_of_what_stands_behind_a_service_if_that_was_not_read() {
    var mesh = new SmallMesh().has("a", CART);
    var before = mesh.facts(ServiceBacking.class);
    mesh.listed("a", "EndpointSlice");
    var empty = mesh.only(ServiceBacking.class, "a");
    mesh.has("a", SLICE, "cart-4", "10.0.0.1", "10.0.0.2");
    var withoutPods = mesh.only(ServiceBacking.class, "a");

    assertThat(before).isEmpty();
    assertThat(empty.ready()).isZero();
    assertThat(withoutPods.ready()).isEqualTo(1);
    assertThat(withoutPods.meshed()).isEqualTo(-1);
  }

  @Test
  void reads_endpoints_only_where_there_is_no_slice() {
    var endpoints =
        """
        apiVersion: v1
        kind: Endpoints
        metadata: {name: cart, namespace: shop}
        subsets: [{addresses: [{ip: 10.0.0.7}, {ip: 10.0.0.8}]}]
        """;
    var mesh = new SmallMesh().has("a", CART).has("a", endpoints);
    int withoutSlice = mesh.only(ServiceBacking.class, "a").ready();
    mesh.has("a", SLICE, "cart-4", "10.0.0.1", "10.0.0.2");
    int withSlice = mesh.only(ServiceBacking.class, "a").ready();

    assertThat(withoutSlice).isEqualTo(2);
    assertThat(withSlice).isEqualTo(1);
  }

  @Test
  void counts_gateways_among_the_system_wherever_they_are() {
    var gateway =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: door, namespace: edge}
        spec: {selector: {app: door}, ports: [{port: 443}]}
        """;
    var proxy =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: door-1, namespace: edge, labels: {app: door}}
        spec: {containers: [{name: istio-proxy, args: [proxy, router]}]}
        status: {phase: Running}
        """;
    var mesh = new SmallMesh().has("a", gateway).has("b", gateway);
    var before = mesh.facts(KubeService.class);
    mesh.has("b", proxy);

    assertThat(before).extracting(KubeService::system).containsExactly(false, false);
    assertThat(mesh.facts(KubeService.class))
        .extracting(KubeService::system)
        .containsExactly(true, true);
  }

  @Test
  void tells_services_of_the_system_from_others() {
    var mesh =
        new SmallMesh()
            .has("a", CART)
            .has(
                "a",
                """
                apiVersion: v1
                kind: Service
                metadata: {name: kubernetes, namespace: default}
                spec: {clusterIP: 10.0.0.1, ports: [{port: 443}]}
                """)
            .has(
                "a",
                """
                apiVersion: v1
                kind: Service
                metadata:
                  name: web
                  namespace: default
                  annotations:
                    kubectl.kubernetes.io/last-applied-configuration: "{}"
                    networking.istio.io/traffic-distribution: PreferClose
                spec: {clusterIP: None}
                """);

    assertThat(mesh.facts(KubeService.class))
        .extracting(KubeService::name, KubeService::system, KubeService::headless)
        .containsExactlyInAnyOrder(
            tuple("cart", false, false),
            tuple("kubernetes", true, false),
            tuple("web", false, true));
    assertThat(mesh.facts(KubeService.class))
        .filteredOn(service -> service.name().equals("web"))
        .allSatisfy(
            service -> {
              assertThat(service.trafficDistribution()).isEqualTo("PreferClose");
              assertThat(service.annotations()).hasSize(1);
            });
  }

  @Test
  void finds_pods_that_wait_for_a_service_only_where_all_was_read() {
    var mesh = pods(new SmallMesh().has("a", CART), "b");
    var before = mesh.facts(MatchingPods.class);
    mesh.listed("b", "Pod", "Service");
    var after = mesh.only(MatchingPods.class, "b");

    assertThat(before).isEmpty();
    assertThat(after.definedIn()).isEqualTo("a");
    assertThat(after.pods()).isEqualTo(2);
    assertThat(after.pod()).isEqualTo("cart-1");
    assertThat(after.served()).isFalse();
  }

  @Test
  void finds_pods_that_a_service_misses_by_its_selector() {
    var mesh =
        pods(new SmallMesh().has("a", CART), "b").listed("b", "Pod", "Service", "Deployment");
    mesh.has("b", CART.replace("app: cart", "app: trolley"));
    var missed = mesh.only(MatchingPods.class, "b");
    mesh.has("b", CART);

    assertThat(missed.definedIn()).isEqualTo("a");
    assertThat(missed.pods()).isEqualTo(2);
    assertThat(mesh.facts(MatchingPods.class)).isEmpty();
  }

  @Test
  void says_whether_pods_that_a_service_of_elsewhere_would_select_have_one_of_their_own() {
    var mesh = pods(new SmallMesh().has("a", CART), "b").listed("b", "Pod", "Service");
    mesh.has("b", CART.replace("name: cart,", "name: basket,"));

    assertThat(mesh.only(MatchingPods.class, "b").served()).isTrue();
  }

  @Test
  void names_the_services_that_a_policy_keeps_clients_from() {
    var policy =
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: %s, namespace: shop}
        spec:
          podSelector: {matchExpressions: [{key: app, operator: In, values: [cart]}]}
          policyTypes: [Ingress]
          ingress: %s
        """;
    var mesh =
        pods(new SmallMesh().has("a", CART), "a")
            .has("a", policy, "own", "[{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]");
    var restricted = mesh.facts(RestrictivePolicy.class);
    mesh.has("a", policy, "all", "[{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]");
    var opened = mesh.facts(RestrictivePolicy.class);

    assertThat(restricted).hasSize(1);
    assertThat(restricted.get(0).name()).isEqualTo("own");
    assertThat(restricted.get(0).services()).containsExactly("cart");
    assertThat(opened).isEmpty();
  }

  @Test
  void names_the_policies_that_shut_the_port_of_ztunnel() {
    var policy =
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: own, namespace: shop}
        spec: {podSelector: {}, policyTypes: [Ingress], ingress: %s}
        """;
    var pod =
        """
        apiVersion: v1
        kind: Pod
        metadata:
          {name: cart-1, namespace: shop, labels: {app: cart}, annotations: {ambient.istio.io/redirection: enabled}}
        spec: {containers: [{name: cart}]}
        status: {phase: Running, podIP: 10.0.0.1}
        """;
    var mesh = new SmallMesh().has("a", CART).has("a", pod);

    var shut = mesh.has("a", policy, "[{ports: [{port: 8080}, {port: 15008, protocol: UDP}]}]");
    assertThat(shut.only(RestrictivePolicy.class, "a").shutsHbone()).isTrue();
    var opened = mesh.has("a", policy, "[{ports: [{port: 15000, endPort: 15010}]}]");
    assertThat(opened.facts(RestrictivePolicy.class)).isEmpty();
    var narrow = mesh.has("a", policy, "[{ports: [{port: 15008}], from: [{podSelector: {}}]}]");
    assertThat(narrow.only(RestrictivePolicy.class, "a").shutsHbone()).isFalse();
  }

  @Test
  void says_what_a_destination_rule_asks_of_a_host_and_of_its_subsets() {
    var mesh =
        new SmallMesh()
            .has(
                "a",
                """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: cart, namespace: shop}
                spec:
                  host: cart
                  exportTo: ["."]
                  trafficPolicy:
                    tls: {mode: DISABLE}
                    outlierDetection: {consecutive5xxErrors: 1}
                    loadBalancer:
                      localityLbSetting: {failover: [{from: here, to: there}]}
                  subsets: [{name: v1, labels: {version: v1}}]
                """);

    assertThat(mesh.facts(DestinationPolicy.class))
        .extracting(
            DestinationPolicy::host,
            DestinationPolicy::subset,
            DestinationPolicy::tlsMode,
            DestinationPolicy::outlierDetection,
            DestinationPolicy::localityLb)
        .containsExactly(
            tuple("cart.shop.svc.cluster.local", "", "DISABLE", true, "failover"),
            tuple("cart.shop.svc.cluster.local", "v1", "DISABLE", true, "failover"));
  }

  @Test
  void finds_namespaces_that_discovery_selectors_leave_out_though_the_mesh_needs_them() {
    var mesh =
        new SmallMesh()
            .istiod("a", "one")
            .istiod("b", "two")
            .has(
                "a",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: istio, namespace: istio-system}
                data:
                  mesh: |
                    discoverySelectors:
                    - matchLabels: {mesh: ours}
                    - matchExpressions: [{key: team, operator: In, values: [red, blue]}]
                """);
    mesh.remoteSecret("a", "two", SmallMesh.kubeconfig("https://192.0.2.2"));
    for (var labels :
        new String[] {
          "seen, labels: {istio-injection: enabled, team: red}",
          "hidden, labels: {istio-injection: enabled, team: green}",
          "foreign, labels: {}"
        }) {
      mesh.has("b", "{apiVersion: v1, kind: Namespace, metadata: {name: %s}}", labels);
      var name = labels.substring(0, labels.indexOf(','));
      mesh.has("b", CART.replace("shop", name));
    }

    assertThat(mesh.facts(HiddenNamespace.class))
        .extracting(
            HiddenNamespace::controlPlane, HiddenNamespace::cluster, HiddenNamespace::namespace)
        .containsExactly(tuple("a", "b", "hidden"));
  }

  @Test
  void lists_the_regions_of_nodes() {
    var mesh = new SmallMesh();
    for (var region : new String[] {"south", "north", "south"}) {
      mesh.has(
          "a",
          """
          apiVersion: v1
          kind: Node
          metadata: {name: %s, labels: {topology.kubernetes.io/region: %s}}
          """,
          "node-" + region,
          region);
    }

    assertThat(mesh.only(ClusterRegions.class, "a").regions()).containsExactly("north", "south");
  }
}
