package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.facts.ClusterLocalService;
import io.meshdoctor.facts.ExportedService;
import io.meshdoctor.facts.KubeService;
import io.meshdoctor.facts.LoadBalancing;
import io.meshdoctor.facts.LocalityShare;
import io.meshdoctor.facts.NamespaceTwin;
import io.meshdoctor.facts.RoutedService;
import io.meshdoctor.facts.ServiceEntryHost;
import io.meshdoctor.facts.SubsetBacking;
import io.meshdoctor.facts.TrafficConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

class RoutingFactsTest {

  private static final String CART = "cart.shop.svc.cluster.local";

  private final SmallMesh mesh = new SmallMesh().listed("a", "Pod").listed("b", "Pod");

  private void service(String cluster, String namespace, String more) {
    mesh.has(
        cluster,
        """
        apiVersion: v1
        kind: Service
        metadata: {name: cart, namespace: %s}
        spec: {selector: {app: cart}, ports: [{port: 80, name: http}]%s}
        """,
        namespace,
        more);
  }

  private void pod(String cluster, String version) {
    mesh.has(
        cluster,
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: cart-%s, namespace: shop, labels: {app: cart, version: %s}}
        spec: {containers: [{name: app}]}
        status: {phase: Running, conditions: [{type: Ready, status: "True"}]}
        """,
        version,
        version);
  }

  private void routes(String http) {
    mesh.has(
        "a",
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: cart, namespace: shop}
        spec: {hosts: [cart], %s}
        """,
        http);
  }

  private void rule(String spec) {
    mesh.has(
        "a",
        """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: cart, namespace: shop}
        spec: {%s}
        """,
        spec);
  }

  @Test
  void tells_where_requests_go_that_meet_no_condition() {
    routes(
        "http: [{match: [{headers: {test: {exact: yes}}}], route: [{destination: {host: cart, subset:"
            + " v2}}]}, {route: [{destination: {host: cart, subset: v1}}]}]");

    assertThat(mesh.facts(RoutedService.class))
        .extracting(RoutedService::host, RoutedService::destination, RoutedService::subsets)
        .containsExactly(tuple(CART, CART, List.of("v1")));
  }

  @Test
  void leaves_out_what_gets_no_share() {
    routes(
        "http: [{match: [{uri: {prefix: /}}], route: [{destination: {host: cart, subset: v1},"
            + " weight: 100}, {destination: {host: cart, subset: v2}, weight: 0}]}]");

    assertThat(mesh.facts(RoutedService.class))
        .extracting(RoutedService::subsets)
        .containsExactly(List.of("v1"));
  }

  @Test
  void leaves_out_routes_of_gateways() {
    routes("gateways: [shop/in], http: [{route: [{destination: {host: cart, subset: v1}}]}]");

    assertThat(mesh.facts(RoutedService.class)).isEmpty();
  }

  @Test
  void counts_the_pods_of_subsets_that_requests_go_to() {
    service("a", "shop", "");
    service("b", "shop", "");
    pod("a", "v1");
    pod("b", "v2");
    routes("http: [{route: [{destination: {host: cart, subset: v2}}]}]");
    rule(
        "host: cart, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]");

    assertThat(mesh.facts(SubsetBacking.class))
        .extracting(SubsetBacking::subset, SubsetBacking::cluster, SubsetBacking::ready)
        .containsExactly(tuple("v2", "a", 0), tuple("v2", "b", 1));
    assertThat(mesh.facts(TrafficConfig.class))
        .extracting(TrafficConfig::kind, TrafficConfig::host, TrafficConfig::subsetsIn)
        .containsExactly(
            tuple("VirtualService", CART, List.of()), tuple("DestinationRule", CART, List.of("b")));
  }

  @Test
  void counts_no_pods_of_subsets_by_the_place_of_nodes() {
    service("a", "shop", "");
    pod("a", "v1");
    routes("http: [{route: [{destination: {host: cart, subset: near}}]}]");
    rule("host: cart, subsets: [{name: near, labels: {topology.kubernetes.io/zone: z1}}]");

    assertThat(mesh.facts(SubsetBacking.class)).isEmpty();
  }

  @Test
  void reads_shares_by_region_and_ways_of_balancing_of_the_most_specific_rule() {
    service("a", "shop", "");
    rule(
        "host: '*.local', trafficPolicy: {loadBalancer: {consistentHash: {useSourceIp: true},"
            + " localityLbSetting: {distribute: [{from: r1/z1/*, to: {r1/*: 80, r2/*: 20}}]}}}");

    assertThat(mesh.facts(LocalityShare.class))
        .extracting(LocalityShare::host, LocalityShare::fromRegion, LocalityShare::toRegions)
        .containsExactly(tuple(CART, "r1", List.of("r1", "r2")));
    assertThat(mesh.facts(LoadBalancing.class))
        .extracting(LoadBalancing::kind)
        .containsExactly("consistent hash");
  }

  @Test
  void reads_hosts_of_service_entries_and_exports() {
    mesh.has(
            "a",
            """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: api, namespace: web}
            spec: {hosts: [api.example.com]}
            """)
        .has(
            "a",
            """
            apiVersion: multicluster.x-k8s.io/v1alpha1
            kind: ServiceExport
            metadata: {name: cart, namespace: shop}
            """);

    assertThat(mesh.only(ServiceEntryHost.class, "a").host()).isEqualTo("api.example.com");
    assertThat(mesh.only(ExportedService.class, "a").name()).isEqualTo("cart");
  }

  @Test
  void keeps_services_in_their_cluster_by_the_most_specific_host() {
    service("a", "shop", "");
    service("b", "web", "");
    mesh.state.cluster("a").controlPlane.istiod("istio-system", "istiod-1").mesh =
        MeshConfig.of(
            new YAMLMapper()
                .readTree(
                    """
                    serviceSettings:
                    - settings: {clusterLocal: true}
                      hosts: ["*.svc.cluster.local"]
                    - settings: {clusterLocal: false}
                      hosts: ["*.web.svc.cluster.local"]
                    """));

    assertThat(mesh.facts(ClusterLocalService.class))
        .extracting(ClusterLocalService::cluster, ClusterLocalService::host)
        .containsExactly(tuple("a", CART));
  }

  @Test
  void takes_services_of_two_namespaces_for_one_where_each_is_in_one_cluster_only() {
    mesh.listed("a", "Service").listed("b", "Service");
    service("a", "shop", "");
    service("b", "shops", "");
    service("a", "both", "");
    service("b", "both", "");
    mesh.state.probes.add(
        new SeenProbe(
            "p", "mesh-request", "b", "web", "c-1", "", "", "cart.shop:80", 1, 0, Map.of(), ""));

    assertThat(mesh.facts(NamespaceTwin.class))
        .extracting(NamespaceTwin::namespace, NamespaceTwin::otherNamespace, NamespaceTwin::asked)
        .containsExactly(tuple("shop", "shops", true), tuple("shops", "shop", false));
  }

  @Test
  void tells_no_twins_where_several_could_be_meant() {
    mesh.listed("a", "Service").listed("b", "Service");
    service("a", "shop", "");
    service("b", "shops", "");
    service("b", "test", "");

    assertThat(mesh.facts(NamespaceTwin.class))
        .extracting(NamespaceTwin::cluster)
        .containsExactly("b", "b");
  }

  @Test
  void takes_the_wish_for_near_endpoints_from_the_namespace_where_the_service_has_none() {
    service("a", "shop", "");
    mesh.has(
        "a",
        """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
          annotations: {networking.istio.io/traffic-distribution: PreferClose}
        """);

    assertThat(mesh.only(KubeService.class, "a").isKeepingClose()).isTrue();
  }

  @Test
  void knows_ports_of_which_connections_are_balanced_by_protocol_then_by_name() {
    mesh.has(
        "a",
        """
        apiVersion: v1
        kind: Service
        metadata: {name: cart, namespace: shop}
        spec:
          ports:
          - {port: 1, name: tcp-a}
          - {port: 2, name: tcp, appProtocol: http}
          - {port: 3, name: http, appProtocol: https}
          - {port: 4}
        """);

    assertThat(mesh.only(KubeService.class, "a").connectionPorts()).containsExactly(1, 3);
  }
}
