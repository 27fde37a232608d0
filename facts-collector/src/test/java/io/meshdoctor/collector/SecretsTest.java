package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.CaSecret;
import io.meshdoctor.facts.Credential;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.RemoteSecret;
import io.meshdoctor.facts.RootCertificate;
import io.meshdoctor.facts.Unread;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  private static final String CACERTS =
      """
      apiVersion: v1
      kind: Secret
      type: Opaque
      metadata: {name: cacerts, namespace: istio-system, creationTimestamp: "2026-01-02T00:00:00Z"}
      data:
        ca-key.pem: CANARY
        root-cert.pem: %s
        ca-cert.pem: %s
        cert-chain.pem: %s
      """;

  private static final String METADATA =
      """
      apiVersion: v1
      kind: Secret
      metadata:
        name: %s
        namespace: istio-system
        labels: {istio/multiCluster: "true"}
        annotations: {%s}
      """;

  private static SmallMesh cacerts(String root, String own, String chain) {
    return new SmallMesh()
        .has("a", CACERTS, SmallMesh.base64(root), SmallMesh.base64(own), SmallMesh.base64(chain));
  }

  private static SmallMesh twoClusters() {
    var mesh = new SmallMesh().istiod("a", "one").istiod("b", "two");
    mesh.state.cluster("b").server = "https://192.0.2.2:6443";
    return mesh;
  }

  @ParameterizedTest
  @CsvSource({
    "root,intermediate,intermediate,signed",
    "root,second-of-two,first-of-two,signed",
    "root,second-of-two,second-of-two,not signed",
    "other-root,intermediate,intermediate,not signed",
    "root,root,root,signed"
  })
  void tells_whether_the_root_signed_the_intermediate(
      String root, String own, String chain, String issuer) {
    var mesh = cacerts(SmallMesh.pem(root), SmallMesh.pem(own), SmallMesh.pem(chain));

    var secret = mesh.only(CaSecret.class, "a");

    assertThat(secret.issuer()).isEqualTo(issuer);
    assertThat(secret.complete()).isTrue();
    assertThat(secret.selfMade()).isFalse();
    assertThat(secret.rootFingerprint()).isEqualTo(SmallMesh.fingerprint(root));
    assertThat(secret.keys())
        .containsExactly("ca-cert.pem", "ca-key.pem", "cert-chain.pem", "root-cert.pem");
  }

  @Test
  void says_of_each_root_of_a_bundle_what_it_is() {
    var bundle = SmallMesh.pem("root") + SmallMesh.pem("other-root");
    var mesh = cacerts(bundle, SmallMesh.pem("intermediate"), "");

    var roots = mesh.facts(RootCertificate.class);

    assertThat(roots)
        .extracting(RootCertificate::fingerprint, RootCertificate::subject)
        .containsExactly(
            Tuple.tuple(SmallMesh.fingerprint("root"), "CN=Root CA root,O=Istio"),
            Tuple.tuple(SmallMesh.fingerprint("other-root"), "CN=Root CA other,O=Istio"));
    assertThat(roots.get(0).serial()).isEqualTo("7ef0435ab595e4e92c09d51b6c4cae2f6cf64e8f");
  }

  @Test
  void says_what_is_no_certificate() {
    var mesh = cacerts("CANARY", SmallMesh.pem("intermediate"), SmallMesh.pem("intermediate"));

    var secret = mesh.only(CaSecret.class, "a");

    assertThat(secret.rootFingerprint()).isEmpty();
    assertThat(secret.issuer()).isEmpty();
    assertThat(mesh.state.cluster("a").unread())
        .extracting(Unread::describe)
        .containsExactly(
            "Secret istio-system/cacerts key root-cert.pem of a could not be read:"
                + " is not a certificate");
  }

  @Test
  void knows_a_ca_that_istiod_made_for_itself() {
    var mesh =
        new SmallMesh()
            .has(
                "a",
                """
                apiVersion: v1
                kind: Secret
                type: istio.io/ca-root
                metadata: {name: istio-ca-secret, namespace: istio-system}
                data: {ca-cert.pem: %s, ca-key.pem: CANARY, root-cert.pem: "", cert-chain.pem: ""}
                """,
                SmallMesh.base64(SmallMesh.pem("root")));

    var secret = mesh.only(CaSecret.class, "a");
    var root = mesh.only(RootCertificate.class, "a");

    assertThat(secret.selfMade()).isTrue();
    assertThat(secret.complete()).isTrue();
    assertThat(secret.rootFingerprint()).isEqualTo(SmallMesh.fingerprint("root"));
    assertThat(root.source()).isEqualTo("istio-ca-secret");
    assertThat(mesh.state.cluster("a").unread()).isEmpty();
  }

  @Test
  void knows_which_keys_a_ca_of_either_form_needs() {
    var lacking =
        new SmallMesh()
            .has(
                "a",
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: cacerts, namespace: istio-system}
                data: {ca-cert.pem: %s, ca-key.pem: CANARY, root-cert.pem: %s}
                """,
                SmallMesh.base64(SmallMesh.pem("intermediate")),
                SmallMesh.base64(SmallMesh.pem("root")));
    var tls =
        new SmallMesh()
            .has(
                "a",
                """
                apiVersion: v1
                kind: Secret
                type: kubernetes.io/tls
                metadata: {name: cacerts, namespace: istio-system}
                data: {tls.crt: %s, tls.key: CANARY, ca.crt: %s}
                """,
                SmallMesh.base64(SmallMesh.pem("intermediate")),
                SmallMesh.base64(SmallMesh.pem("root")));

    assertThat(lacking.only(CaSecret.class, "a").complete()).isFalse();
    assertThat(tls.only(CaSecret.class, "a").complete()).isTrue();
    assertThat(tls.only(CaSecret.class, "a").issuer()).isEqualTo("signed");
  }

  @Test
  void concludes_nothing_from_secrets_that_were_read_without_their_data() {
    var mesh =
        twoClusters()
            .has(
                "a",
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: cacerts, namespace: istio-system}
                """)
            .has(
                "a",
                """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: istio-remote-secret-two
                  namespace: istio-system
                  labels: {istio/multiCluster: "true"}
                data: null
                """);

    var authority = mesh.only(CaSecret.class, "a");
    var secret = mesh.only(RemoteSecret.class, "a");

    assertThat(authority.complete()).isTrue();
    assertThat(authority.keys()).isEmpty();
    assertThat(mesh.facts(RootCertificate.class)).isEmpty();
    assertThat(secret.key()).isEmpty();
    assertThat(secret.credential()).isEqualTo(Credential.UNKNOWN);
    assertThat(secret.problem()).isEmpty();
    assertThat(secret.pointsTo()).isEqualTo("b");
    assertThat(secret.keyMatches()).isTrue();
    assertThat(secret.isEffective()).isTrue();
    assertThat(mesh.state.cluster("a").unread())
        .extracting(Unread::reason)
        .containsOnly("was read without its data");
  }

  @Test
  void knows_which_remote_secrets_there_are_by_their_annotations() {
    var mesh =
        twoClusters()
            .listed("a", Listed.SECRET_METADATA)
            .has("a", METADATA, "remote", "networking.istio.io/cluster: two");

    assertThat(mesh.facts(Listed.class))
        .extracting(Listed::kind)
        .containsExactly("remote secrets", "CA secrets");
  }

  @ParameterizedTest
  @ValueSource(strings = {"other: two", "networking.istio.io/cluster: nobody"})
  void does_not_know_which_cluster_a_secret_without_data_is_for(String annotation) {
    var mesh =
        twoClusters().listed("a", Listed.SECRET_METADATA).has("a", METADATA, "remote", annotation);

    assertThat(mesh.facts(Listed.class)).extracting(Listed::kind).containsExactly("CA secrets");
  }

  @Test
  void does_not_know_who_made_a_ca_that_was_read_without_its_data() {
    var mesh =
        twoClusters().listed("a", Listed.SECRET_METADATA).has("a", METADATA, "cacerts", "a: b");

    assertThat(mesh.facts(Listed.class)).extracting(Listed::kind).containsExactly("remote secrets");
  }

  @Test
  void knows_by_what_secrets_hold_all_that_metadata_would_tell() {
    var mesh = twoClusters().listed("a", "Secret");

    assertThat(mesh.facts(Listed.class))
        .extracting(Listed::kind)
        .containsExactly("Secret metadata", "remote secrets", "CA secrets");
  }

  @Test
  void a_list_of_secrets_without_their_data_is_one_of_their_metadata() {
    var mesh =
        twoClusters()
            .listed("a", "Secret")
            .has("a", METADATA, "remote", "networking.istio.io/cluster: two");

    mesh.state.cluster("a").settleClaims();

    assertThat(mesh.state.cluster("a").listed())
        .extracting(Listed::kind)
        .containsExactly("Secret metadata");
    assertThat(mesh.facts(Listed.class))
        .extracting(Listed::kind)
        .containsExactly("remote secrets", "CA secrets");
    assertThat(mesh.state.cluster("a").unread()).extracting(Unread::what).contains("Secret");
  }

  @Test
  void counts_in_how_many_namespaces_a_root_is_handed_out() {
    var mesh = new SmallMesh();
    for (var namespace : new String[] {"app", "istio-system", "shop"}) {
      mesh.has(
          "a",
          """
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: istio-ca-root-cert, namespace: %s}
          data: {root-cert.pem: "%s"}
          """,
          namespace,
          SmallMesh.pem("root").replace("\n", "\\n"));
    }

    var root = mesh.only(RootCertificate.class, "a");

    assertThat(root.source()).isEqualTo("istio-ca-root-cert");
    assertThat(root.namespace()).isEqualTo("istio-system");
    assertThat(root.places()).isEqualTo(3);
  }

  @Test
  void takes_a_root_that_istiod_does_not_hand_out_in_its_own_namespace_for_a_former_one() {
    var root =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: istio-ca-root-cert, namespace: %s}
        data: {root-cert.pem: "%s"}
        """;
    var former = SmallMesh.pem("other-root").replace("\n", "\\n");
    var mesh = new SmallMesh().has("a", root, "left-out", former);

    assertThat(mesh.only(RootCertificate.class, "a").namespace()).isEqualTo("left-out");
    mesh.has("a", root, "istio-system", SmallMesh.pem("root").replace("\n", "\\n"));
    assertThat(mesh.only(RootCertificate.class, "a").namespace()).isEqualTo("istio-system");
  }

  @ParameterizedTest
  @CsvSource({"two,true", "wrong,false"})
  void knows_where_a_key_points_by_the_server_if_it_is_nobodys_id(String key, boolean matches) {
    var mesh =
        twoClusters().remoteSecret("a", key, SmallMesh.kubeconfig("https://192.0.2.2:6443/"));

    var secret = mesh.only(RemoteSecret.class, "a");

    assertThat(secret.pointsTo()).isEqualTo("b");
    assertThat(secret.keyMatches()).isEqualTo(matches);
    assertThat(secret.key()).isEqualTo(key);
  }

  @Test
  void knows_where_a_key_points_by_the_ca_of_the_api_server() {
    var mesh =
        twoClusters()
            .has(
                "b",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: kube-root-ca.crt, namespace: default}
                data: {ca.crt: "%s"}
                """,
                SmallMesh.pem("api-server").replace("\n", "\\n"))
            .remoteSecret("a", "wrong", SmallMesh.kubeconfig("https://lb.example.com"));

    var secret = mesh.only(RemoteSecret.class, "a");

    assertThat(secret.pointsTo()).isEqualTo("b");
    assertThat(secret.keyMatches()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "two,https://192.0.2.2:6443,''",
    "two,https://192.0.2.1:6443,a",
    "two,https://lb.example.com,''",
    "wrong,https://192.0.2.2:6443,''"
  })
  void knows_that_a_kubeconfig_leads_to_another_cluster_than_its_key(
      String key, String server, String leadsTo) {
    var mesh = twoClusters();
    mesh.state.cluster("a").server = "https://192.0.2.1:6443";
    mesh.remoteSecret("a", key, SmallMesh.kubeconfig(server));

    assertThat(mesh.only(RemoteSecret.class, "a").leadsTo()).isEqualTo(leadsTo);
  }

  @ParameterizedTest
  @CsvSource({"'10.9.0.1,10.9.0.2',c", "'10.9.0.1,10.8.0.2',''", "'10.9.0.1,10.7.0.2',''"})
  void knows_by_its_endpoints_which_cluster_an_istiod_is_told_of(String held, String leadsTo) {
    var mesh = twoClusters().istiod("c", "three");
    mesh.remoteSecret("a", "two", SmallMesh.kubeconfig("https://lb.example.com"));
    var shards = mesh.state.cluster("a").controlPlane.istiod("istio-system", "istiod-1").shards;
    var services = List.of("cart", "web");
    for (int i = 0; i < services.size(); i++) {
      backed(mesh, "b", services.get(i), "10.8.0." + (i + 1));
      backed(mesh, "c", services.get(i), "10.9.0." + (i + 1));
      var host = services.get(i) + ".shop.svc.cluster.local";
      var kind = new Shards.Kind(host, "Kubernetes", "two", "", "", "http", 80);
      shards.add(kind, held.split(",")[i], true);
    }

    assertThat(mesh.only(RemoteSecret.class, "a").leadsTo()).isEqualTo(leadsTo);
  }

  private static void backed(SmallMesh mesh, String cluster, String service, String address) {
    mesh.has(
            cluster,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: %s, namespace: shop}
            spec: {selector: {app: it}, ports: [{name: http, port: 80}]}
            """,
            service)
        .has(
            cluster,
            """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: %1$s-1, namespace: shop, labels: {kubernetes.io/service-name: %1$s}}
            endpoints: [{addresses: [%2$s], conditions: {ready: true}}]
            """,
            service,
            address)
        .listed(cluster, "EndpointSlice");
  }

  @Test
  void knows_which_of_two_clusters_of_one_id_is_meant() {
    var mesh = new SmallMesh().istiod("a", "one").istiod("b", "one");
    mesh.remoteSecret("a", "one", SmallMesh.kubeconfig("https://elsewhere.example.com"));

    assertThat(mesh.only(RemoteSecret.class, "a").pointsTo()).isEqualTo("b");
  }

  @Test
  void takes_up_secrets_that_were_meant_for_istiod_but_lack_label_or_place() {
    var mesh =
        twoClusters()
            .has(
                "a",
                """
                apiVersion: v1
                kind: Secret
                type: Opaque
                metadata:
                  name: access
                  namespace: default
                  annotations: {networking.istio.io/cluster: two}
                data: {two: %s}
                """,
                SmallMesh.base64(SmallMesh.kubeconfig("https://192.0.2.2:6443")))
            .has(
                "a",
                """
                apiVersion: v1
                kind: Secret
                type: kubernetes.io/service-account-token
                metadata:
                  name: istio-remote-secret-token
                  namespace: istio-system
                data: {token: CANARY, ca.crt: %s}
                """,
                SmallMesh.base64(SmallMesh.pem("api-server")));

    var secret = mesh.only(RemoteSecret.class, "a");

    assertThat(secret.name()).isEqualTo("access");
    assertThat(secret.isWatched()).isFalse();
    assertThat(mesh.state.cluster("a").kubernetes.apiAuthorities)
        .containsExactly(SmallMesh.fingerprint("api-server"));
  }

  @Test
  void refuses_what_istiod_refuses_unless_its_environment_allows_it() {
    var kubeconfig =
        SmallMesh.kubeconfig("https://192.0.2.2:6443")
            .replace("{token: CANARY}", "{exec: {command: CANARY, apiVersion: v1}}");
    var mesh = twoClusters().remoteSecret("a", "two", kubeconfig);
    var allowing =
        new SmallMesh()
            .has(
                "a",
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: istiod-1, namespace: istio-system, labels: {app: istiod}}
                spec:
                  containers:
                  - name: discovery
                    env:
                    - name: PILOT_INSECURE_MULTICLUSTER_KUBECONFIG_OPTIONS
                      value: gcp,exec
                """)
            .remoteSecret("a", "two", kubeconfig);

    assertThat(mesh.only(RemoteSecret.class, "a").refused()).isEqualTo("exec");
    assertThat(allowing.only(RemoteSecret.class, "a").refused()).isEmpty();
  }

  @Test
  void lets_nothing_secret_into_any_fact() {
    var mesh =
        cacerts("CANARY", SmallMesh.pem("intermediate"), "CANARY")
            .istiod("a", "one")
            .istiod("b", "two")
            .remoteSecret("a", "two", SmallMesh.kubeconfig("https://u:CANARY@192.0.2.2:6443"))
            .remoteSecret("b", "one", "token: CANARY\n\tbroken")
            .remoteSecret("b", "three", "[CANARY");

    assertThat(mesh.facts().toString()).doesNotContain("CANARY");
    assertThat(mesh.state.cluster("a").unread().toString()).doesNotContain("CANARY");
    assertThat(mesh.state.cluster("b").unread().toString()).doesNotContain("CANARY");
  }
}
