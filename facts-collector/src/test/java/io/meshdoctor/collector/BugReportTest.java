package io.meshdoctor.collector;

import static io.meshdoctor.collector.Bundles.archive;
import static io.meshdoctor.collector.Bundles.directory;
import static io.meshdoctor.collector.Bundles.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.HeldCredentials;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.RemoteClusterError;
import io.meshdoctor.facts.RemoteSecret;
import io.meshdoctor.facts.Unread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings of one cluster that other tools make. */
class BugReportTest {

  private static final String EMPTY_LIST = "apiVersion: v1\nitems: []\nkind: List\n";
  private static final String TABLE =
      """
      NAMESPACE      NAME                      TYPE     DATA   AGE
      istio-system   cacerts                   Opaque   4      28s
      istio-system   istio-remote-secret-two   Opaque   1      10s
      """;

  @TempDir private Path temp;

  // --- names of clusters

  @Test
  void calls_a_cluster_by_its_context() throws IOException {
    var facts = BundleReader.read(List.of(report("a.tar.gz", "prod/east", "https://10.0.0.1")));

    assertThat(of(facts, Cluster.class))
        .singleElement()
        .satisfies(
            cluster -> {
              assertThat(cluster.name()).isEqualTo("prod_east");
              assertThat(cluster.context()).isEqualTo("prod/east");
              assertThat(cluster.server()).isEqualTo("https://10.0.0.1");
            });
  }

  @Test
  void calls_clusters_by_their_files_where_two_teams_call_theirs_alike() throws IOException {
    var facts =
        BundleReader.read(
            List.of(
                report("one.tar.gz", "default", "https://10.0.0.1"),
                report("two.tar.gz", "default", "https://10.0.0.2")));

    assertThat(of(facts, Cluster.class))
        .extracting(Cluster::name, Cluster::context)
        .containsExactly(tuple("one", "one"), tuple("two", "two"));
  }

  @Test
  void takes_no_two_recordings_of_one_cluster() throws IOException {
    var one = report("one.tar.gz", "east", "https://10.0.0.1");
    var two = report("two.tar.gz", "east", "https://10.0.0.1");

    assertThatThrownBy(() -> BundleReader.read(List.of(one, two)))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessage("%s and %s are both of cluster east; leave one out", one, two);
  }

  @Test
  void calls_a_cluster_by_its_directory_where_nobody_has_named_the_archive() throws IOException {
    var directory = directory(temp.resolve("west/bug-report"), files("cluster/crs", EMPTY_LIST));

    var facts = BundleReader.read(List.of(directory));

    assertThat(of(facts, Cluster.class)).extracting(Cluster::name).containsExactly("west");
  }

  // --- what was read completely

  @Test
  void believes_that_a_kind_without_objects_was_read_where_kubectl_was_asked_for_it()
      throws IOException {
    var facts = facts(files("cluster/crs", EMPTY_LIST));

    assertThat(listed(facts)).contains("Gateway", "DestinationRule").doesNotContain("Pod");
  }

  @Test
  void does_not_take_the_pods_of_one_namespace_for_all() throws IOException {
    var facts =
        facts(
            files(
                "cluster/pods",
                "apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: n}}]"));

    assertThat(listed(facts)).isEmpty();
  }

  @Test
  void does_not_believe_what_cannot_be_parsed() throws IOException {
    var facts = facts(files("cluster/crs", EMPTY_LIST, "cluster/k8s-resources", "a: [b"));

    assertThat(listed(facts)).isEmpty();
    assertThat(of(facts, Unread.class))
        .extracting(Unread::what)
        .containsExactly("cluster/k8s-resources");
  }

  // --- Secrets

  @Test
  void takes_a_secret_for_a_remote_secret_where_istiod_says_so() throws IOException {
    var facts =
        facts(
            files(
                "cluster/secrets",
                TABLE,
                "istio/istio-system/istiod-1/debug/clusterz",
                """
                    [{"id":"one","secretName":"","syncStatus":"synced"},
                     {"id":"two","secretName":"istio-system/istio-remote-secret-two","syncStatus":"synced"}]
                    """));

    assertThat(listed(facts)).contains("Secret");
    assertThat(of(facts, RemoteSecret.class))
        .singleElement()
        .satisfies(
            secret -> {
              assertThat(secret.key()).isEqualTo("two");
              assertThat(secret.isEffective()).isTrue();
            });
  }

  @Test
  void concludes_nothing_from_a_name_that_istiod_does_not_confirm() throws IOException {
    var facts = facts(files("cluster/secrets", TABLE));

    assertThat(listed(facts)).doesNotContain("Secret");
    assertThat(of(facts, RemoteSecret.class)).isEmpty();
    assertThat(of(facts, Unread.class))
        .extracting(Unread::what, Unread::reason)
        .contains(
            tuple("Secret", "only the name of istio-system/istio-remote-secret-two was read"));
  }

  @Test
  void knows_from_a_table_that_there_is_no_remote_secret() throws IOException {
    var facts = facts(files("cluster/secrets", TABLE.replace("istio-remote-secret-two", "other")));

    assertThat(listed(facts)).contains("Secret");
  }

  // --- credentials

  @Test
  void says_that_a_page_holds_tokens_and_does_not_show_them() throws IOException {
    var facts =
        facts(
            files(
                "istio/istio-system/istiod-1/debug/krtz",
                "[{\"x\":\"{\\\"k\\\":\\\"users:\\\\n- user:\\\\n    token: CANARY-0123-DO-NOT-PRINT\\\\n\\\"}\"}]"));

    assertThat(of(facts, HeldCredentials.class))
        .singleElement()
        .satisfies(held -> assertThat(held.kinds()).containsExactly("bearer tokens"));
    assertThat(facts.toString()).doesNotContain("CANARY");
  }

  // --- logs

  @Test
  void takes_what_the_container_before_said_for_history() throws IOException {
    var facts =
        facts(
            files(
                "istio/istio-system/istiod-1/discovery.log",
                """
                2026-01-01T00:00:00Z\tinfo\tready
                ========= Previous log =========
                2026-01-01T00:00:00Z\terror\twatch error in cluster two: failed to list: Unauthorized
                """));

    assertThat(listed(facts)).contains("discovery log");
    assertThat(of(facts, RemoteClusterError.class)).isEmpty();
  }

  // --- dumps of kubectl

  @Test
  void reads_a_dump_and_believes_only_its_nodes_to_be_all() throws IOException {
    var dump =
        directory(
            temp.resolve("north"),
            files(
                "nodes.json", list("Node", "{\"metadata\":{\"name\":\"n1\"}}"),
                "shop/services.json",
                    list("Service", "{\"metadata\":{\"name\":\"s\",\"namespace\":\"shop\"}}"),
                "shop/pods.json",
                    list("Pod", "{\"metadata\":{\"name\":\"p\",\"namespace\":\"shop\"}}"),
                "istio-system/istiod-1/logs.txt",
                    """
                    ==== START logs for container other of pod istio-system/istiod-1 ====
                    hello
                    ==== END logs for container other of pod istio-system/istiod-1 ====
                    ==== START logs for container discovery of pod istio-system/istiod-1 ====
                    2026-01-01T00:00:00Z\terror\twatch error in cluster two: failed to list: Unauthorized
                    ==== END logs for container discovery of pod istio-system/istiod-1 ====
                    """,
                "shop/p/logs.txt",
                    "==== START logs for container app of pod shop/p ====\nhello\n"));

    var facts = BundleReader.read(List.of(dump));

    assertThat(of(facts, Cluster.class)).extracting(Cluster::name).containsExactly("north");
    assertThat(listed(facts)).containsExactlyInAnyOrder("Node", "discovery log");
    assertThat(of(facts, RemoteClusterError.class)).hasSize(1);
    assertThat(of(facts, Unread.class)).isEmpty();
  }

  private static String list(String kind, String item) {
    return "{\"kind\":\"%sList\",\"apiVersion\":\"v1\",\"items\":[%s]}".formatted(kind, item);
  }

  private MeshFacts facts(Map<String, String> files) throws IOException {
    return BundleReader.read(List.of(report("r.tar.gz", "east", "https://10.0.0.1", files)));
  }

  private Path report(String name, String context, String server) throws IOException {
    return report(name, context, server, files("cluster/crs", EMPTY_LIST));
  }

  private Path report(String name, String context, String server, Map<String, String> files)
      throws IOException {
    var all = new LinkedHashMap<String, String>();
    all.put("bug-report/cluster/cluster-context", context + "\n" + server + "\n");
    files.forEach((path, text) -> all.put("bug-report/" + path, text));
    return archive(temp.resolve(name), all);
  }

  private static List<String> listed(MeshFacts facts) {
    return of(facts, Listed.class).stream().map(Listed::kind).toList();
  }

  private static <T extends Fact> List<T> of(MeshFacts facts, Class<T> type) {
    return facts.facts().stream().filter(type::isInstance).map(type::cast).toList();
  }
}
