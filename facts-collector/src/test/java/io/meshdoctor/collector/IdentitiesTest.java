package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.ClusterWithoutIstio;
import io.meshdoctor.facts.InjectionWebhook;
import io.meshdoctor.facts.IstiodService;
import io.meshdoctor.facts.MeshSettings;
import io.meshdoctor.facts.NetworkPair;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Role;
import io.meshdoctor.facts.Serves;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class IdentitiesTest {

  private static final String WEBHOOK =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingWebhookConfiguration
      metadata: {name: %s, labels: {istio.io/rev: default}}
      webhooks:
      - name: namespace.sidecar-injector.istio.io
        clientConfig: {service: {name: istiod, namespace: istio-system, path: %s}}
        namespaceSelector: {matchLabels: {%s: x}}
      """;

  private static Cluster cluster(SmallMesh mesh, String name) {
    return mesh.facts(Cluster.class).stream()
        .filter(cluster -> cluster.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static SmallMesh injector(SmallMesh mesh, String cluster, String id, String network) {
    return mesh.has(
        cluster,
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: istio-sidecar-injector, namespace: istio-system}
        data:
          values: '{"global":{"network":"%s","multiCluster":{"clusterName":"%s"}}}'
        """,
        network,
        id);
  }

  @Test
  void takes_the_id_from_istiod_before_anything_else() {
    var mesh = injector(new SmallMesh().istiod("a", "one"), "a", "other", "inside");

    var cluster = cluster(mesh, "a");

    assertThat(cluster.id()).isEqualTo("one");
    assertThat(cluster.origin().kind()).isEqualTo("pod");
    assertThat(cluster.version()).isEqualTo("1.30.1");
  }

  @Test
  void takes_the_id_from_the_deployment_where_istiod_has_no_pod() {
    var mesh =
        new SmallMesh()
            .has(
                "a",
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: istiod, namespace: istio-system}
                spec:
                  replicas: 0
                  template:
                    metadata: {labels: {app: istiod}}
                    spec:
                      containers:
                      - name: discovery
                        image: pilot:1.29.0
                        env: [{name: CLUSTER_ID, value: one}]
                """)
            .listed("a", "Pod");

    var cluster = cluster(mesh, "a");

    assertThat(cluster.id()).isEqualTo("one");
    assertThat(cluster.role()).isEqualTo(Role.PRIMARY);
    assertThat(cluster.version()).isEqualTo("1.29.0");
  }

  @Test
  void goes_on_from_what_istiod_says_to_values_to_webhook_to_secrets_to_proxies() {
    var mesh = new SmallMesh();
    mesh.state.cluster("b").server = "https://192.0.2.2:6443";
    mesh.pod("b", "shop", "cart", "app: cart", "{name: ISTIO_META_CLUSTER_ID, value: by-proxy}");
    var byProxy = cluster(mesh, "b").id();
    mesh.remoteSecret("a", "by-secret", SmallMesh.kubeconfig("https://192.0.2.2:6443"));
    var bySecret = cluster(mesh, "b").id();
    mesh.has("b", WEBHOOK, "hook", "/inject/cluster/by-webhook/net/inside", "injects");
    var byWebhook = cluster(mesh, "b").id();
    injector(mesh, "b", "by-values", "inside");
    var byValues = cluster(mesh, "b").id();
    mesh.state.cluster("b").controlPlane.istiod("istio-system", "istiod-1").configClusterId =
        "by-istiod";
    var byIstiod = cluster(mesh, "b").id();

    assertThat(new String[] {byProxy, bySecret, byWebhook, byValues, byIstiod})
        .containsExactly("by-proxy", "by-secret", "by-webhook", "by-values", "by-istiod");
  }

  @Test
  void believes_secrets_and_the_oldest_proxy_more_than_the_path_of_the_webhook() {
    var mesh = new SmallMesh();
    mesh.state.cluster("b").server = "https://192.0.2.2:6443";
    mesh.has("b", WEBHOOK, "hook", "/inject/cluster/by-webhook/net/inside", "injects");
    mesh.remoteSecret("a", "first", SmallMesh.kubeconfig("https://192.0.2.2:6443"));
    var withoutPods = cluster(mesh, "b").id();
    connects(mesh, "a", "by-webhook");
    var byConnection = cluster(mesh, "b").id();
    mesh.listed("b", "Pod");
    var bySecretAlone = cluster(mesh, "b").id();
    mesh.pod("b", "shop", "cart", "app: cart", "{name: ISTIO_META_CLUSTER_ID, value: first}");
    var byBoth = cluster(mesh, "b").id();

    assertThat(withoutPods).isEqualTo("first");
    assertThat(byConnection).isEqualTo("by-webhook");
    assertThat(bySecretAlone).isEqualTo("by-webhook");
    assertThat(byBoth).isEqualTo("first");
  }

  @Test
  void believes_no_secrets_that_disagree() {
    var mesh = new SmallMesh();
    mesh.state.cluster("b").server = "https://192.0.2.2:6443";
    mesh.remoteSecret("a", "one", SmallMesh.kubeconfig("https://192.0.2.2:6443"));
    mesh.remoteSecret("a", "two", SmallMesh.kubeconfig("https://192.0.2.2:6443"));

    assertThat(cluster(mesh, "b").id()).isEmpty();
  }

  @Test
  void believes_gateways_before_other_proxies() {
    var mesh = new SmallMesh();
    for (var pod : new String[] {"cart-1", "cart-2"}) {
      mesh.pod("a", "shop", pod, "app: cart", "{name: ISTIO_META_CLUSTER_ID, value: wrong}");
    }
    mesh.has(
        "a",
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: door, namespace: shop}
        spec:
          containers:
          - name: istio-proxy
            env: [{name: ISTIO_META_CLUSTER_ID, value: right}]
        """);

    assertThat(cluster(mesh, "a").id()).isEqualTo("right");
  }

  @Test
  void ignores_a_webhook_that_is_switched_off() {
    var mesh =
        new SmallMesh()
            .has("a", WEBHOOK, "off", "/inject/cluster/old/net/x", "istio.io/deactivated");

    assertThat(cluster(mesh, "a").id()).isEmpty();
    assertThat(mesh.facts(InjectionWebhook.class)).isEmpty();
  }

  @Test
  void knows_where_a_remote_has_istio_by_the_service_that_its_webhook_asks() {
    var mesh =
        new SmallMesh()
            .has("a", WEBHOOK.replace("istio-system", "mesh"), "one", "/inject", "other")
            .has("b", WEBHOOK.replace("istio-system", "mesh"), "one", "/inject", "other")
            .has("b", "{apiVersion: v1, kind: Namespace, metadata: {name: istio-system}}");

    assertThat(cluster(mesh, "a").systemNamespace()).isEqualTo("mesh");
    assertThat(cluster(mesh, "b").systemNamespace()).isEqualTo("istio-system");
  }

  @Test
  void reads_both_forms_of_an_injection_path() {
    var mesh =
        new SmallMesh()
            .has("a", WEBHOOK, "hook", "'/inject/:ENV:cluster=c/1:ENV:net=inside'", "injects")
            .has("b", WEBHOOK, "hook", "/inject/net/inside/cluster/c--slash--1", "injects");

    assertThat(mesh.facts(InjectionWebhook.class))
        .extracting("pathCluster", "pathNetwork")
        .containsExactly(tuple("c/1", "inside"), tuple("c/1", "inside"));
  }

  @Test
  void takes_a_cluster_that_is_annotated_for_others_for_a_remote_even_with_an_istiod() {
    var mesh = new SmallMesh().istiod("a", "one").istiod("b", "two").system("b", "", "one");

    assertThat(cluster(mesh, "b").role()).isEqualTo(Role.REMOTE);
    assertThat(mesh.facts(Serves.class))
        .extracting(Serves::controlPlane, Serves::cluster)
        .containsExactlyInAnyOrder(tuple("a", "a"), tuple("a", "b"));
  }

  @Test
  void takes_a_cluster_that_is_annotated_for_itself_or_for_all_for_what_it_runs() {
    var mesh =
        new SmallMesh()
            .istiod("a", "one")
            .system("a", "", "*")
            .istiod("b", "two")
            .system("b", "", "one, two");

    assertThat(cluster(mesh, "a").role()).isEqualTo(Role.PRIMARY);
    assertThat(cluster(mesh, "b").role()).isEqualTo(Role.PRIMARY);
  }

  @Test
  void knows_no_role_where_pods_were_not_read() {
    var mesh = new SmallMesh().system("a", "", "").system("b", "", "").listed("b", "Pod");

    assertThat(cluster(mesh, "a").role()).isEqualTo(Role.UNKNOWN);
    assertThat(cluster(mesh, "b").role()).isEqualTo(Role.REMOTE);
  }

  @Test
  void knows_who_serves_a_remote_by_the_service_of_istiod_if_the_annotation_names_nobody() {
    var mesh = leadingToC("nobody");

    var service = mesh.only(IstiodService.class, "b");

    assertThat(service.local()).isFalse();
    assertThat(service.addresses()).containsExactly("192.0.2.7");
    assertThat(service.pointsTo()).isEqualTo("c");
    assertThat(mesh.facts(Serves.class))
        .extracting(Serves::controlPlane, Serves::cluster)
        .contains(tuple("c", "b"))
        .doesNotContain(tuple("a", "b"));
  }

  @Test
  void believes_connections_and_the_service_of_istiod_together_more_than_the_annotation() {
    var mesh =
        leadingToC("one").has("b", WEBHOOK, "hook", "/inject/cluster/two/net/inside", "injects");
    var byAnnotation = mesh.facts(Serves.class);
    connects(mesh, "c", "two");

    assertThat(byAnnotation)
        .extracting(Serves::controlPlane, Serves::cluster)
        .contains(tuple("a", "b"))
        .doesNotContain(tuple("c", "b"));
    assertThat(mesh.facts(Serves.class))
        .extracting(Serves::controlPlane, Serves::cluster)
        .contains(tuple("c", "b"))
        .doesNotContain(tuple("a", "b"));
  }

  /** A remote whose Service for istiod leads to one of two primaries. */
  private static SmallMesh leadingToC(String annotation) {
    return new SmallMesh()
        .istiod("a", "one")
        .istiod("c", "three")
        .has(
            "c",
            """
            apiVersion: v1
            kind: Service
            metadata: {name: door, namespace: istio-system}
            spec: {type: LoadBalancer, ports: [{port: 15012}]}
            status: {loadBalancer: {ingress: [{ip: 192.0.2.7}]}}
            """)
        .system("b", "", annotation)
        .has(
            "b",
            """
            apiVersion: v1
            kind: Service
            metadata: {name: istiod, namespace: istio-system}
            spec: {ports: [{port: 15012}]}
            """)
        .has(
            "b",
            """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              name: istiod
              namespace: istio-system
              labels: {kubernetes.io/service-name: istiod}
            endpoints: [{addresses: [192.0.2.7], conditions: {}}]
            """)
        .listed("b", "Pod");
  }

  /** A proxy of a cluster ID is connected to istiod of a cluster. */
  private static void connects(SmallMesh mesh, String controlPlane, String id) {
    mesh.state.cluster(controlPlane).controlPlane.istiod("istio-system", "istiod-1").proxies =
        List.of(new IstiodState.ProxyRow("shop", "client-1", id, "", "", "", false));
  }

  @Test
  void knows_who_serves_a_remote_by_the_only_secret_for_it_at_last() {
    var mesh = new SmallMesh().istiod("a", "one").listed("b", "Pod");
    mesh.state.cluster("b").server = "https://192.0.2.2";
    mesh.remoteSecret("a", "two", SmallMesh.kubeconfig("https://192.0.2.2"));

    assertThat(mesh.facts(Serves.class))
        .extracting(Serves::controlPlane, Serves::cluster)
        .containsExactlyInAnyOrder(tuple("a", "a"), tuple("a", "b"));
  }

  @Test
  void takes_the_network_from_the_namespace_then_values_then_webhook_then_pods() {
    var mesh = new SmallMesh().listed("a", "ConfigMap", "Pod", "Service");
    mesh.pod("a", "shop", "cart", "topology.istio.io/network: by-pod", "");
    var byPod = cluster(mesh, "a").network();
    mesh.has("a", WEBHOOK, "hook", "/inject/cluster/one/net/by-webhook", "injects");
    var byWebhook = cluster(mesh, "a").network();
    injector(mesh, "a", "one", "by-values");
    var byValues = cluster(mesh, "a").network();
    mesh.system("a", "by-namespace", "");
    var byNamespace = cluster(mesh, "a").network();

    assertThat(new String[] {byPod, byWebhook, byValues, byNamespace})
        .containsExactly("by-pod", "by-webhook", "by-values", "by-namespace");
  }

  @Test
  void takes_the_network_that_all_else_agrees_on_for_that_of_a_cluster() {
    var mesh = injector(new SmallMesh().system("a", "copied", ""), "a", "one", "own");
    mesh.pod("a", "shop", "cart", "topology.istio.io/network: own", "");
    var disputed = cluster(mesh, "a").network();
    mesh.listed("a", "ConfigMap", "Pod", "Service");
    var withoutGateway = cluster(mesh, "a").network();
    mesh.has(
        "a",
        """
        apiVersion: v1
        kind: Service
        metadata: {name: gate, namespace: istio-system, labels: {topology.istio.io/network: own}}
        spec: {ports: [{port: 15443}]}
        """);
    var withGateway = cluster(mesh, "a").network();

    assertThat(disputed).isEmpty();
    assertThat(withoutGateway).isEqualTo("copied");
    assertThat(withGateway).isEqualTo("own");
  }

  @Test
  void puts_a_gateway_between_two_networks_only_if_both_are_known() {
    var mesh =
        new SmallMesh()
            .system("a", "inside", "")
            .system("b", "outside", "")
            .system("c", "", "")
            .system("d", "inside", "");
    for (var kind : List.of("Namespace", "Pod")) {
      mesh.state.cluster("c").listed(kind, "", Origin.UNKNOWN);
    }

    assertThat(mesh.facts(NetworkPair.class))
        .filteredOn(pair -> pair.from().equals("a"))
        .extracting(NetworkPair::to, NetworkPair::crossNetwork)
        .containsExactly(tuple("b", true), tuple("c", false), tuple("d", false));
  }

  @Test
  void says_nothing_of_the_way_to_a_cluster_whose_network_was_not_read() {
    var mesh = new SmallMesh().system("a", "inside", "").system("b", "", "");

    assertThat(mesh.facts(NetworkPair.class)).isEmpty();
  }

  private static SmallMesh besideOneWithoutIstio() {
    return new SmallMesh()
        .system("a", "inside", "")
        .istiod("a", "one")
        .has("b", "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}")
        .listed("a", "Namespace", "Pod")
        .listed("b", "Namespace", "Pod");
  }

  @Test
  void tells_a_cluster_that_has_nothing_of_istio_and_keeps_it_out_of_pairs() {
    var mesh = besideOneWithoutIstio();

    assertThat(mesh.facts(ClusterWithoutIstio.class))
        .extracting(ClusterWithoutIstio::cluster, ClusterWithoutIstio::systemNamespace)
        .containsExactly(tuple("b", "istio-system"));
    assertThat(mesh.facts(NetworkPair.class)).isEmpty();
  }

  @Test
  void a_proxy_a_pod_for_ztunnel_or_a_secret_for_it_makes_a_cluster_one_of_the_mesh() {
    var proxied = besideOneWithoutIstio().pod("b", "shop", "cart-1", "", "");
    var ambient =
        besideOneWithoutIstio()
            .has(
                "b",
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  {name: cart-1, namespace: shop, labels: {istio.io/dataplane-mode: ambient}}
                spec: {containers: [{name: app, image: app:1}]}
                """);
    var read =
        besideOneWithoutIstio()
            .remoteSecret("a", "two", SmallMesh.kubeconfig("https://192.0.2.2:6443"));
    read.state.cluster("b").server = "https://192.0.2.2:6443";

    assertThat(List.of(proxied, ambient, read))
        .allSatisfy(mesh -> assertThat(mesh.facts(ClusterWithoutIstio.class)).isEmpty());
  }

  @Test
  void says_nothing_of_the_way_to_a_cluster_whose_network_all_that_was_read_disputes() {
    var mesh = injector(new SmallMesh().system("a", "copied", ""), "a", "one", "own");
    mesh.system("b", "other", "").listed("a", "Namespace", "Pod", "ConfigMap");
    var before = mesh.facts(NetworkPair.class);
    var after = mesh.listed("a", "Service").facts(NetworkPair.class);

    assertThat(before).isEmpty();
    assertThat(after).extracting(NetworkPair::toNetwork).containsExactly("other", "copied");
  }

  @Test
  void names_a_cluster_by_its_id_or_by_the_key_of_a_secret() {
    var mesh = new SmallMesh().istiod("a", "one").istiod("b", "two");
    mesh.state.cluster("b").server = "https://192.0.2.2";
    mesh.remoteSecret("a", "wrong", SmallMesh.kubeconfig("https://192.0.2.2"));
    var identities = Identities.of(mesh.state, IstiodServices.of(mesh.state));
    var viewer = mesh.state.cluster("a");

    assertThat(identities.nameOf(viewer, "one")).isEqualTo("a");
    assertThat(identities.nameOf(viewer, "two")).isEqualTo("b");
    assertThat(identities.nameOf(viewer, "wrong")).isEqualTo("b");
    assertThat(identities.nameOf(viewer, "nobody")).isEmpty();
    assertThat(identities.nameOf(viewer, "")).isEmpty();
  }

  @Test
  void takes_the_trust_domain_of_a_remote_from_its_control_plane() {
    var mesh =
        new SmallMesh()
            .istiod("a", "one")
            .has(
                "a",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: istio, namespace: istio-system}
                data:
                  mesh: "trustDomain: mesh.example"
                """)
            .system("b", "", "one");

    assertThat(cluster(mesh, "b").trustDomain()).isEqualTo("mesh.example");
  }

  @Test
  void hears_istiod_before_its_config_map() {
    var mesh =
        new SmallMesh()
            .istiod("a", "one")
            .has(
                "a",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: istio, namespace: istio-system}
                data:
                  mesh: "defaultConfig: {}"
                """);
    var fromConfigMap = mesh.only(MeshSettings.class, "a");
    mesh.state.cluster("a").controlPlane.istiod("istio-system", "istiod-1").mesh =
        MeshConfig.of(new JsonMapper().readTree("{\"trustDomain\":\"mesh.example\"}"));
    var fromIstiod = mesh.only(MeshSettings.class, "a");

    assertThat(fromConfigMap.trustDomain()).isEqualTo("cluster.local");
    assertThat(fromIstiod.trustDomain()).isEqualTo("mesh.example");
    assertThat(fromIstiod.origin().source()).isEqualTo(Origin.Source.ISTIOD);
  }
}
