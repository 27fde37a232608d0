package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.facts.AccessPolicy;
import io.meshdoctor.facts.PeerPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

class SecurityPoliciesTest {

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: %1$s, namespace: shop}
      spec: {selector: {app: %1$s}, ports: [{name: http, port: 80}]}
      """;

  private static final String ACCESS =
      """
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: %s, namespace: %s}
      spec: {%s}
      """;

  private static final String PEER =
      """
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata: {name: %s, namespace: %s, creationTimestamp: "2026-01-0%dT00:00:00Z"}
      spec: {%s}
      """;

  private static final String CART = "cart.shop.svc.cluster.local";
  private static final String WEB = "web.shop.svc.cluster.local";

  /** Two services with proxies in a cluster with a control plane. */
  private static SmallMesh shop() {
    return new SmallMesh()
        .istiod("a", "one")
        .has("a", SERVICE, "cart")
        .has("a", SERVICE, "web")
        .pod("a", "shop", "cart-1", "app: cart", "")
        .pod("a", "shop", "web-1", "app: web", "");
  }

  @Test
  void says_what_a_policy_lets_in_and_to_which_services() {
    var mesh =
        shop()
            .has(
                "a",
                ACCESS,
                "own",
                "shop",
                """
                selector: {matchLabels: {app: cart}},
                rules: [{from: [{source: {principals: [td/ns/shop/sa/web]}},
                                {source: {namespaces: [shop], ipBlocks: [10.0.0.0/8]}}]}]
                """)
            .has("a", ACCESS, "elsewhere", "other", "")
            .has("a", ACCESS, "watch", "shop", "action: AUDIT, rules: [{}]")
            .has("a", ACCESS, "mesh-wide", "istio-system", "action: DENY, rules: [{to: [{}]}]");

    assertThat(mesh.facts(AccessPolicy.class))
        .extracting(
            AccessPolicy::name, AccessPolicy::action, AccessPolicy::services, AccessPolicy::admits)
        .containsExactlyInAnyOrder(
            tuple("own", "ALLOW", List.of(CART), List.of("other", "principal td/ns/shop/sa/web")),
            tuple("mesh-wide", "DENY", List.of(CART, WEB), List.of("other")));
  }

  @Test
  void passes_over_a_policy_beside_one_that_lets_everything_in() {
    var mesh =
        shop()
            .has("a", ACCESS, "nothing", "shop", "")
            .has(
                "a",
                ACCESS,
                "everything",
                "shop",
                "selector: {matchLabels: {app: web}}, rules: [{}]");

    var left = mesh.only(AccessPolicy.class, "a");

    assertThat(left.name()).isEqualTo("nothing");
    assertThat(left.services()).containsExactly(CART);
    assertThat(left.admits()).isEmpty();
  }

  @Test
  void takes_a_policy_that_is_attached_to_a_service_for_that_one_of_ambient_pods() {
    var mesh =
        shop()
            .has("a", SERVICE, "far")
            .has(
                "a",
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: far-1
                  namespace: shop
                  labels: {app: far}
                  annotations: {ambient.istio.io/redirection: enabled}
                spec: {containers: [{name: app}]}
                status: {phase: Running}
                """)
            .has(
                "a",
                ACCESS,
                "own",
                "shop",
                "targetRefs: [{kind: Service, group: \"\", name: far}], rules: [{when: [{}]}]");

    assertThat(mesh.only(AccessPolicy.class, "a").services())
        .containsExactly("far.shop.svc.cluster.local");
  }

  @Test
  void follows_the_policy_that_is_nearest_to_a_pod() {
    var mesh =
        shop()
            .has("a", PEER, "default", "istio-system", 1, "mtls: {mode: STRICT}")
            .has("a", PEER, "late", "shop", 3, "mtls: {mode: STRICT}")
            .has("a", PEER, "early", "shop", 2, "mtls: {mode: DISABLE}")
            .has(
                "a",
                PEER,
                "own",
                "shop",
                4,
                """
                selector: {matchLabels: {app: cart}}, mtls: {mode: PERMISSIVE},
                portLevelMtls: {80: {mode: DISABLE}, 9090: {mode: UNSET}}
                """);

    assertThat(mesh.facts(PeerPolicy.class))
        .extracting(PeerPolicy::name, PeerPolicy::mode, PeerPolicy::services, PeerPolicy::ports)
        .containsExactlyInAnyOrder(
            tuple("early", "DISABLE", List.of(WEB), List.of()),
            tuple("own", "DISABLE", List.of(CART), List.of(80)));
  }

  @Test
  void what_is_said_of_each_port_goes_before_what_is_said_of_all() {
    var mesh =
        shop()
            .has("a", PEER, "default", "shop", 1, "mtls: {mode: DISABLE}")
            .has("a", PEER, "own", "shop", 1, ofPorts("cart", "80: {mode: PERMISSIVE}"));

    assertThat(mesh.facts(PeerPolicy.class))
        .extracting(PeerPolicy::name, PeerPolicy::mode, PeerPolicy::services, PeerPolicy::ports)
        .containsExactly(tuple("default", "DISABLE", List.of(WEB), List.of()));
  }

  @Test
  void what_is_said_of_one_port_leaves_the_others() {
    var mesh =
        shop()
            .has(
                "a",
                """
                apiVersion: v1
                kind: Service
                metadata: {name: cart, namespace: shop}
                spec:
                  selector: {app: cart}
                  ports: [{name: http, port: 80, targetPort: web}, {name: grpc, port: 81, targetPort: 9090}]
                """)
            .has(
                "a",
                """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: cart-1, namespace: shop, labels: {kubernetes.io/service-name: cart}}
                ports: [{name: http, port: 8080}, {name: grpc, port: 9090}]
                endpoints: []
                """)
            .has("a", PEER, "default", "shop", 1, "mtls: {mode: DISABLE}")
            .has(
                "a",
                PEER,
                "own",
                "shop",
                1,
                ofPorts("cart", "8080: {mode: PERMISSIVE}, 7070: {mode: DISABLE}"));

    assertThat(mesh.facts(PeerPolicy.class))
        .extracting(PeerPolicy::name, PeerPolicy::mode, PeerPolicy::services, PeerPolicy::ports)
        .containsExactlyInAnyOrder(
            tuple("default", "DISABLE", List.of(WEB), List.of()),
            tuple("default", "DISABLE", List.of(CART), List.of(9090)));
  }

  @Test
  void where_a_port_of_the_pods_is_not_known_what_is_said_of_all_counts() {
    var mesh =
        shop()
            .has(
                "a",
                """
                apiVersion: v1
                kind: Service
                metadata: {name: cart, namespace: shop}
                spec: {selector: {app: cart}, ports: [{name: http, port: 80, targetPort: web}]}
                """)
            .has("a", PEER, "default", "shop", 1, "mtls: {mode: DISABLE}")
            .has("a", PEER, "own", "shop", 1, ofPorts("cart", "8080: {mode: STRICT}"));

    assertThat(mesh.facts(PeerPolicy.class))
        .extracting(PeerPolicy::name, PeerPolicy::mode, PeerPolicy::services, PeerPolicy::ports)
        .containsExactlyInAnyOrder(
            tuple("default", "DISABLE", List.of(CART, WEB), List.of()),
            tuple("own", "STRICT", List.of(CART), List.of(8080)));
  }

  private static String ofPorts(String app, String modes) {
    return "selector: {matchLabels: {app: %s}}, portLevelMtls: {%s}".formatted(app, modes);
  }

  @Test
  void leaves_the_mode_to_the_next_policy_where_one_does_not_set_it() {
    var mesh =
        shop()
            .has("a", PEER, "default", "istio-system", 1, "mtls: {mode: STRICT}")
            .has("a", PEER, "all", "shop", 1, "mtls: {mode: UNSET}")
            .has("a", PEER, "selecting", "istio-system", 1, "selector: {matchLabels: {app: web}}");

    var left = mesh.only(PeerPolicy.class, "a");

    assertThat(left.name()).isEqualTo("default");
    assertThat(left.services()).containsExactly(CART, WEB);
  }

  @Test
  void judges_pods_of_another_cluster_by_the_policies_of_a_control_plane() {
    var mesh =
        shop()
            .istiod("b", "two")
            .has("b", PEER, "default", "istio-system", 1, "mtls: {mode: DISABLE}");

    assertThat(mesh.facts(PeerPolicy.class))
        .extracting(PeerPolicy::cluster, PeerPolicy::heldBy, PeerPolicy::services)
        .containsExactly(tuple("a", "b", List.of(CART, WEB)));
  }

  @Test
  void a_principal_of_one_of_several_names_of_a_trust_domain_is_that_of_all() {
    var mesh =
        shop()
            .has(
                "a",
                ACCESS,
                "own",
                "shop",
                "rules: [{from: [{source: {principals: [old/ns/shop/sa/web, far/ns/shop/sa/web]}}]}]");
    mesh.state.cluster("a").controlPlane.istiod("istio-system", "istiod-1").mesh =
        MeshConfig.of(new YAMLMapper().readTree("{trustDomain: new, trustDomainAliases: [old]}"));

    assertThat(mesh.only(AccessPolicy.class, "a").admits())
        .containsExactly(
            "principal far/ns/shop/sa/web",
            "principal new/ns/shop/sa/web",
            "principal old/ns/shop/sa/web");
    assertThat(mesh.only(AccessPolicy.class, "a").isClosedTo("new")).isFalse();
  }

  @Test
  void a_policy_that_is_attached_to_a_service_is_nothing_to_a_sidecar() {
    var mesh = shop().has("a", ACCESS, "own", "shop", "targetRefs: [{kind: Service, name: cart}]");

    assertThat(mesh.facts(AccessPolicy.class)).isEmpty();
  }
}
