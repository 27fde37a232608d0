package io.meshdoctor.collector;

import static io.meshdoctor.collector.Bundles.archive;
import static io.meshdoctor.collector.Bundles.directory;
import static io.meshdoctor.collector.Bundles.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshdoctor.facts.RemoteSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleCopyTest {

  private static final String JWT =
      "eyJhbGciOiJSUzI1NiJ9."
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(
                  "{\"exp\":1893456000,\"sub\":\"CANARY\"}".getBytes(StandardCharsets.UTF_8))
          + ".CANARY0CANARY0CANARY";

  @TempDir private Path temp;

  @Test
  void keeps_the_facts_and_no_secret() throws IOException {
    var source = directory(temp.resolve("mesh"), mesh());
    var copy = temp.resolve("copy.tar.gz");

    BundleCopy.copy(List.of(source), copy, false);

    assertThat(texts(BundleReader.read(List.of(copy))))
        .containsExactlyElementsOf(texts(BundleReader.read(List.of(source))))
        .anyMatch(fact -> fact.startsWith("RemoteSecret") && fact.contains("2030-01-01"));
    assertThat(content(copy)).contains("ca-key.pem").doesNotContain("CANARY", secretInBase64());
  }

  @Test
  void keeps_what_is_wrong_with_kubeconfigs() throws IOException {
    var objects =
        String.join(
            "\n---\n",
            secret("cut", "!!"),
            secret("text", SmallMesh.base64("just text")),
            secret("yaml", SmallMesh.base64("a: [b")),
            secret("nothing", SmallMesh.base64("# nothing")),
            secret(
                "exec",
                SmallMesh.base64(
                    SmallMesh.kubeconfig("https://x")
                        .replace("{token: CANARY}", "{exec: {command: CANARY}}"))),
            secret(
                "basic",
                SmallMesh.base64(
                    SmallMesh.kubeconfig("https://u:CANARY@x")
                        .replace("{token: CANARY}", "{username: u, password: CANARY}"))));
    var source =
        directory(temp.resolve("mesh"), files("clusters/east/resources/secrets.yaml", objects));
    var copy = temp.resolve("copy.tar.gz");

    BundleCopy.copy(List.of(source), copy, false);

    assertThat(texts(BundleReader.read(List.of(copy))))
        .containsExactlyElementsOf(texts(BundleReader.read(List.of(source))));
    assertThat(content(copy)).doesNotContain("CANARY", "Q0FOQVJZ");
  }

  @Test
  void keeps_the_facts_of_an_archive_of_istioctl() throws IOException {
    var source =
        archive(
            temp.resolve("east.tar.gz"),
            files(
                "bug-report/cluster/cluster-context", "ctx\nhttps://10.0.0.1:6443\n",
                "bug-report/cluster/crs", "apiVersion: v1\nitems: []\nkind: List\n",
                "bug-report/cluster/secrets",
                    "NAMESPACE   NAME   TYPE   DATA   AGE\nistio-system   cacerts   Opaque   4   2s\n",
                "bug-report/istio/istio-system/istiod-1/debug/krtz",
                    "token: CANARY-0123456789abcdef",
                "bug-report/istio/istio-system/istiod-1/debug/networkz", "not JSON"));
    var copy = temp.resolve("copy.tar.gz");

    BundleCopy.copy(List.of(source), copy, false);

    var facts = new ArrayList<>(texts(BundleReader.read(List.of(source))));
    // the file that held them is not in the copy
    facts.removeIf(fact -> fact.startsWith("HeldCredentials"));
    // where it can be read on the live cluster is not known any more
    facts.removeIf(fact -> fact.startsWith("Unread") && fact.contains("networkz"));
    assertThat(texts(BundleReader.read(List.of(copy))))
        .containsAll(facts)
        .hasSize(facts.size() + 1);
    assertThat(content(copy)).doesNotContain("CANARY").contains("debug/networkz");
  }

  @Test
  void shows_that_a_kind_without_objects_was_read() throws IOException {
    var source =
        directory(
            temp.resolve("mesh"),
            files(
                "clusters/east/resources/all.yaml",
                "apiVersion: v1\nkind: PodList\nitems: [{metadata: {name: p, namespace: n}}]\n---\n"
                    + "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicyList\nitems: []\n"));
    var copy = temp.resolve("copy.tar.gz");

    BundleCopy.copy(List.of(source), copy, false);

    assertThat(content(copy))
        .contains("resources/empty/networkpolicies.json")
        .doesNotContain("resources/empty/pods.json");
    assertThat(texts(BundleReader.read(List.of(copy))))
        .containsExactlyElementsOf(texts(BundleReader.read(List.of(source))))
        .anyMatch(fact -> fact.startsWith("Listed") && fact.contains("kind=NetworkPolicy"));
  }

  @Test
  void gives_the_same_archive_for_the_same_source() throws IOException {
    var source = directory(temp.resolve("mesh"), mesh());

    BundleCopy.copy(List.of(source), temp.resolve("one.tar.gz"), false);
    BundleCopy.copy(List.of(source), temp.resolve("two.tar.gz"), false);

    assertThat(temp.resolve("one.tar.gz")).hasSameBinaryContentAs(temp.resolve("two.tar.gz"));
    try (var left = Files.list(temp)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("mesh", "one.tar.gz", "two.tar.gz");
    }
  }

  @Test
  void leaves_the_bundle_before_where_the_source_is_none() throws IOException {
    var source = directory(temp.resolve("nothing"), files("README.md", "for humans"));
    var copy = Files.writeString(temp.resolve("copy.tar.gz"), "before");

    assertThatThrownBy(() -> BundleCopy.copy(List.of(source), copy, false))
        .isInstanceOf(UnreadableInputException.class);

    assertThat(copy).hasContent("before");
  }

  @Test
  void gives_other_names_and_keeps_what_belongs_together() throws IOException {
    var source = directory(temp.resolve("mesh"), mesh());
    var copy = temp.resolve("copy.tar.gz");

    BundleCopy.copy(List.of(source), copy, true);

    assertThat(content(copy)).doesNotContain("acme").contains("istio-system", "istiod-1");
    var secret =
        BundleReader.read(List.of(copy)).facts().stream()
            .filter(RemoteSecret.class::isInstance)
            .map(RemoteSecret.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(secret.pointsTo()).isNotEmpty().doesNotContain("acme");
    assertThat(secret.keyMatches()).isTrue();
    assertThat(secret.name()).isEqualTo("istio-remote-secret-" + secret.key());
  }

  private static Map<String, String> mesh() {
    var kubeconfig =
        SmallMesh.kubeconfig("https://10.2.0.1:6443").replace("token: CANARY", "token: " + JWT);
    return files(
        "mesh.yaml", "name: m\ncollectedAt: 2026-01-01T00:00:00Z\n",
        "clusters/acme-east/cluster.yaml", "context: acme-admin\nlisted: [secrets, pods]\n",
        "clusters/acme-east/resources/all.yaml",
            String.join(
                "\n---\n",
                secret("acme-two", SmallMesh.base64(kubeconfig)),
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: cacerts, namespace: istio-system}
                data: {ca-key.pem: %s, root-cert.pem: %s}
                """
                    .formatted(
                        SmallMesh.base64("CANARY key"),
                        SmallMesh.base64(SmallMesh.pem("api-server"))),
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: istiod-1, namespace: istio-system, labels: {app: istiod}}
                spec:
                  containers:
                  - name: discovery
                    args: [discovery]
                    env: [{name: CLUSTER_ID, value: acme-one}, {name: A_PASSWORD, value: CANARY}]
                """,
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: acme-shop}",
                "apiVersion: v1\nkind: Service\nmetadata: {name: acme, namespace: acme-shop}"),
        "clusters/acme-west/cluster.yaml", "server: https://10.2.0.1:6443\n",
        "clusters/acme-west/resources/pods.yaml",
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: istiod-1, namespace: istio-system, labels: {app: istiod}}
            spec:
              containers:
              - name: discovery
                args: [discovery]
                env: [{name: CLUSTER_ID, value: acme-two}]
            """,
        "clusters/acme-east/istiod/istio-system/istiod-1/discovery.log",
            "2026-01-01T00:00:00Z\tinfo\tgot authorization: Bearer CANARY from acme.acme-shop\n");
  }

  private static String secret(String id, String value) {
    return """
        apiVersion: v1
        kind: Secret
        metadata:
          name: istio-remote-secret-%s
          namespace: istio-system
          labels: {istio/multiCluster: "true"}
          annotations: {networking.istio.io/cluster: %s, other: CANARY}
        data: {%s: '%s'}
        """
        .formatted(id, id, id, value);
  }

  private static String secretInBase64() {
    return SmallMesh.base64("CANARY key");
  }

  private static List<String> texts(MeshFacts facts) {
    return facts.facts().stream().map(Object::toString).sorted().toList();
  }

  private static String content(Path archive) throws IOException {
    try (var in = new GZIPInputStream(Files.newInputStream(archive))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
