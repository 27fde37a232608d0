package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.facts.DestinationPolicy;
import io.meshdoctor.facts.LocalityShare;
import io.meshdoctor.facts.RoutedService;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Istio's own precedence of DestinationRules and VirtualServices. */
class DestinationRulesTest {

  private static final String CART = "cart.shop.svc.cluster.local";

  private final SmallMesh mesh = new SmallMesh().istiod("a", "id-a").listed("a", "Pod");

  DestinationRulesTest() {
    mesh.has(
            "a",
            """
            apiVersion: v1
            kind: Service
            metadata: {name: cart, namespace: shop}
            spec: {selector: {app: cart}, ports: [{port: 80, name: http}]}
            """)
        .pod("a", "web", "web-1", "app: web", "")
        .pod("a", "shop", "cart-1", "app: cart", "");
  }

  private void rule(String namespace, String name, int day, String spec) {
    mesh.has(
        "a",
        """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: %s, namespace: %s, creationTimestamp: "2026-01-0%dT00:00:00Z"}
        spec: {%s}
        """,
        name,
        namespace,
        day,
        spec);
  }

  private void routes(String namespace, String name, int day, String spec) {
    mesh.has(
        "a",
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: %s, namespace: %s, creationTimestamp: "2026-01-0%dT00:00:00Z"}
        spec: {hosts: [%s], http: [{route: [{destination: {host: %s}}]}], %s}
        """,
        name,
        namespace,
        day,
        CART,
        CART,
        spec);
  }

  private void config(String yaml) {
    mesh.state.cluster("a").controlPlane.istiod("istio-system", "istiod-1").mesh =
        MeshConfig.of(new YAMLMapper().readTree(yaml));
  }

  private List<DestinationPolicy> policies() {
    return mesh.facts(DestinationPolicy.class);
  }

  private List<String> clientsOf(String rule) {
    return policies().stream()
        .filter(policy -> policy.name().equals(rule))
        .flatMap(policy -> policy.clients().stream())
        .distinct()
        .toList();
  }

  @Test
  void one_of_the_clients_namespace_goes_before_that_of_the_service_and_that_before_the_root() {
    rule("web", "of-clients", 1, "host: cart.shop.svc.cluster.local");
    rule("shop", "of-service", 2, "host: cart");
    rule("istio-system", "of-root", 3, "host: '*.local'");

    assertThat(clientsOf("of-clients")).containsExactly("web");
    assertThat(clientsOf("of-service")).containsExactly("*", "shop");
    assertThat(clientsOf("of-root")).isEmpty();
    assertThat(policies()).hasSize(3);
  }

  @Test
  void the_root_counts_where_nobody_else_says_anything() {
    rule("istio-system", "of-root", 1, "host: '*.local'");
    rule("other", "of-nobody", 1, "host: '*.local'");

    assertThat(clientsOf("of-root")).containsExactly("*");
    assertThat(clientsOf("of-nobody")).isEmpty();
  }

  @Test
  void one_that_names_the_host_goes_before_one_with_a_wildcard() {
    rule("shop", "wide", 1, "host: '*.local'");
    rule("shop", "narrow", 2, "host: '*.shop.svc.cluster.local'");

    assertThat(clientsOf("wide")).isEmpty();
    assertThat(clientsOf("narrow")).containsExactly("*", "shop");
  }

  @Test
  void one_that_is_not_exported_counts_in_its_namespace_alone() {
    rule("shop", "own", 1, "host: cart, exportTo: ['.']");

    assertThat(clientsOf("own")).containsExactly("shop");
  }

  @Test
  void one_that_is_exported_by_name_counts_there_and_at_home() {
    rule("shop", "named", 1, "host: cart, exportTo: [web, shop]");

    assertThat(clientsOf("named")).containsExactly("shop", "web");
  }

  @Test
  void what_is_exported_by_default_is_said_by_the_mesh_configuration() {
    config("defaultDestinationRuleExportTo: ['.']");
    rule("shop", "own", 1, "host: cart");

    assertThat(clientsOf("own")).containsExactly("shop");
  }

  @Test
  void another_root_namespace_is_said_by_the_mesh_configuration() {
    config("rootNamespace: mesh-config");
    rule("mesh-config", "of-root", 1, "host: '*.local'");

    assertThat(clientsOf("of-root")).containsExactly("*");
  }

  @Test
  void rules_of_one_host_are_joined_the_oldest_first() {
    rule("shop", "newer", 2, "host: cart, trafficPolicy: {tls: {mode: DISABLE}}");
    rule(
        "shop",
        "older",
        1,
        "host: cart, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}, subsets: [{name: v1, labels: {v: '1'}}]");
    rule(
        "shop",
        "third",
        3,
        "host: cart, subsets: [{name: v1, labels: {v: x}}, {name: v2, labels: {v: '2'}}]");

    assertThat(policies().stream().filter(policy -> !policy.clients().isEmpty()).toList())
        .extracting(DestinationPolicy::name, DestinationPolicy::subset, DestinationPolicy::tlsMode)
        .containsExactly(
            tuple("older", "", "ISTIO_MUTUAL"),
            tuple("older", "v1", "ISTIO_MUTUAL"),
            tuple("third", "v2", "ISTIO_MUTUAL"));
  }

  @Test
  void settings_of_a_port_take_the_place_of_all_others_but_tls() {
    rule(
        "shop",
        "cart",
        1,
        """
        host: cart, trafficPolicy: {tls: {mode: SIMPLE}, outlierDetection: {interval: 1s},
          loadBalancer: {localityLbSetting: {enabled: false}},
          portLevelSettings: [{port: {number: 80}, connectionPool: {tcp: {maxConnections: 1}}},
            {port: {number: 81}, tls: {mode: DISABLE}, outlierDetection: {interval: 1s}}]}
        """);

    assertThat(policies())
        .extracting(
            DestinationPolicy::port,
            DestinationPolicy::tlsMode,
            DestinationPolicy::outlierDetection,
            DestinationPolicy::localityLb)
        .containsExactly(
            tuple(0, "SIMPLE", true, "disabled"),
            tuple(80, "SIMPLE", false, ""),
            tuple(81, "DISABLE", true, ""));
  }

  @Test
  void what_is_said_of_each_port_leaves_nothing_to_what_is_said_of_all() {
    rule(
        "shop",
        "cart",
        1,
        """
        host: cart, trafficPolicy: {tls: {mode: DISABLE},
        portLevelSettings: [{port: {number: 80}, tls: {mode: ISTIO_MUTUAL}}]}
        """);

    assertThat(mesh.facts(DestinationPolicy.class))
        .extracting(DestinationPolicy::port, DestinationPolicy::services)
        .containsExactlyInAnyOrder(tuple(0, List.of()), tuple(80, List.of(CART)));
  }

  @Test
  void what_is_said_of_another_port_leaves_a_port_to_what_is_said_of_all() {
    rule(
        "shop",
        "cart",
        1,
        """
        host: cart, trafficPolicy: {tls: {mode: DISABLE},
        portLevelSettings: [{port: {number: 81}, tls: {mode: ISTIO_MUTUAL}}]}
        """);

    assertThat(mesh.facts(DestinationPolicy.class))
        .extracting(DestinationPolicy::port, DestinationPolicy::services)
        .containsExactlyInAnyOrder(tuple(0, List.of(CART)), tuple(81, List.of(CART)));
  }

  @Test
  void a_subset_has_what_is_said_of_the_host_where_it_says_nothing_itself() {
    rule(
        "shop",
        "cart",
        1,
        """
        host: cart, trafficPolicy: {tls: {mode: SIMPLE}, outlierDetection: {interval: 1s}},
        subsets: [{name: v1, trafficPolicy: {tls: {mode: DISABLE}}},
          {name: v2, trafficPolicy: {loadBalancer: {localityLbSetting: {failover: [{from: a, to: b}]}}}},
          {name: v3}]
        """);

    assertThat(policies())
        .filteredOn(policy -> !policy.subset().isEmpty())
        .extracting(
            DestinationPolicy::subset,
            DestinationPolicy::tlsMode,
            DestinationPolicy::outlierDetection,
            DestinationPolicy::localityLb)
        .containsExactly(
            tuple("v1", "DISABLE", true, ""),
            tuple("v2", "SIMPLE", true, "failover"),
            tuple("v3", "SIMPLE", true, ""));
  }

  @Test
  void shares_of_the_mesh_count_where_neither_a_rule_nor_the_service_says_anything() {
    config("localityLbSetting: {distribute: [{from: 'r1/*', to: {'r1/*': 100}}]}");

    assertThat(mesh.facts(LocalityShare.class))
        .extracting(LocalityShare::host, LocalityShare::isOfMesh)
        .containsExactly(tuple(CART, true));
  }

  @Test
  void shares_of_the_mesh_do_not_count_beside_a_rule_that_balances_by_locality() {
    config("localityLbSetting: {distribute: [{from: 'r1/*', to: {'r1/*': 100}}]}");
    rule(
        "shop",
        "cart",
        1,
        "host: cart, trafficPolicy: {loadBalancer: {localityLbSetting: {enabled: false}}}");

    assertThat(mesh.facts(LocalityShare.class)).isEmpty();
  }

  @Test
  void shares_of_the_mesh_do_not_count_where_they_are_switched_off() {
    config("localityLbSetting: {enabled: false, distribute: [{from: 'r1/*', to: {'r1/*': 100}}]}");

    assertThat(mesh.facts(LocalityShare.class)).isEmpty();
  }

  @Test
  void a_virtual_service_of_the_own_namespace_alone_goes_before_one_that_all_see() {
    routes("shop", "all", 1, "");
    routes("web", "own", 2, "exportTo: ['.']");

    assertThat(mesh.facts(RoutedService.class))
        .extracting(RoutedService::name, RoutedService::clients)
        .containsExactly(tuple("all", List.of("*", "shop")), tuple("own", List.of("web")));
  }

  @Test
  void of_virtual_services_that_all_see_the_oldest_counts() {
    routes("shop", "newer", 2, "");
    routes("web", "older", 1, "");

    assertThat(mesh.facts(RoutedService.class))
        .extracting(RoutedService::name)
        .containsExactly("older");
  }

  @Test
  void a_virtual_service_that_nobody_sees_counts_for_nobody() {
    routes("shop", "none", 1, "exportTo: ['~']");

    assertThat(mesh.facts(RoutedService.class)).isEmpty();
  }
}
