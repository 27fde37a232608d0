package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.collector.IstiodState.LogRow;
import io.meshdoctor.facts.RemoteClusterError.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryLogReaderTest {

  private static final String ADD = "info\tAdd cluster\tcluster=c2 secret=istio-system/s2";
  private static final String EVENT = "info\tprocessing secret event for secret istio-system/s2";
  private static final String SYNCED = "info\tkube\tkube controller for c2 synced after 33.3ms";
  private static final String DELETED =
      "info\tDeleting cluster_id=c2 configured by secret=istio-system/s2";
  private static final String UNAUTHORIZED =
      "error\twatch error in cluster c2: failed to list *v1.Namespace: Unauthorized";
  private static final String TIMEOUT = "error\tremote cluster c2 failed to sync after 30s";
  private static final String MALFORMED =
      "error\tAdd cluster: create remote cluster failed: kubeconfig is not valid: invalid"
          + " configuration: default cluster has no server defined"
          + "\tcluster=c2 secret=istio-system/s2";
  private static final String DUPLICATE =
      "warn\tcluster has already been registered\tcluster=c2 secret=istio-system/s3";
  private static final String OWN =
      "info\tignoring cluster as it would overwrite the config cluster"
          + "\tcluster=c1 secret=istio-system/s1";

  private final MeshState mesh = new MeshState();

  @Test
  void keeps_the_newest_error_of_each_kind() throws IOException {
    List<LogRow> errors = errors(EVENT, ADD, UNAUTHORIZED, TIMEOUT, UNAUTHORIZED);

    assertThat(errors)
        .extracting(LogRow::id, LogRow::secret, LogRow::kind, LogRow::at)
        .containsExactly(
            tuple("c2", "", Kind.TIMEOUT, minute(3)),
            tuple("c2", "", Kind.UNAUTHORIZED, minute(4)));
    assertThat(errors.get(1).text())
        .isEqualTo("watch error in cluster c2: failed to list *v1.Namespace: Unauthorized");
    assertThat(mesh.cluster(Reading.CLUSTER).listed())
        .extracting("kind", "subject")
        .containsExactly(tuple("discovery log", "ns/pod-1"));
  }

  @Test
  void knows_the_server_where_client_go_names_no_cluster() throws IOException {
    List<LogRow> errors =
        errors(
            "error\tklog\tk8s.io/client-go@v0.20.1/tools/cache/reflector.go:167: Failed to watch"
                + " *v1.Endpoints: failed to list *v1.Endpoints: Get"
                + " \"https://c2.example.com:443/api/v1/endpoints?limit=500&resourceVersion=0\": dial tcp:"
                + " lookup c2.example.com on 10.105.0.10:53: no such host");

    assertThat(errors)
        .extracting(LogRow::id, LogRow::server, LogRow::kind)
        .containsExactly(tuple("", "c2.example.com:443", Kind.UNREACHABLE));
  }

  @Test
  void takes_a_token_that_is_not_to_be_had_anew_for_one_that_is_rejected() throws IOException {
    assertThat(
            kinds(
                "error\twatch error in cluster c2: failed to list *v1.Namespace: Get"
                    + " \"https://192.0.2.1:6443/api/v1/namespaces\": oauth2: cannot fetch token:"
                    + " 400 Bad Request Response: {\"error\": \"invalid_grant\"}"))
        .containsExactly(Kind.UNAUTHORIZED);
  }

  @Test
  void forgets_errors_that_a_sync_settled() throws IOException {
    assertThat(errors(ADD, UNAUTHORIZED, TIMEOUT, SYNCED)).isEmpty();
  }

  @Test
  void forgets_errors_of_an_earlier_registration() throws IOException {
    assertThat(kinds(ADD, UNAUTHORIZED, DELETED, EVENT, ADD, TIMEOUT))
        .containsExactly(Kind.TIMEOUT);
  }

  @Test
  void forgets_errors_of_a_cluster_that_was_deleted() throws IOException {
    assertThat(errors(ADD, UNAUTHORIZED, TIMEOUT, DELETED)).isEmpty();
  }

  @Test
  void does_not_take_what_a_stopped_registration_says_for_the_present() throws IOException {
    assertThat(errors(ADD, DELETED, TIMEOUT, UNAUTHORIZED)).isEmpty();
    assertThat(errors(ADD, DELETED, ADD, SYNCED, TIMEOUT)).isEmpty();
    assertThat(
            errors(
                ADD,
                DELETED,
                "warn\tremote cluster c2 failed to sync",
                "warn\tkube\tkube controller for c2 initial sync timed out",
                "error\tsync failed\tname=discovery filter attempt=540 time=53.7s"))
        .isEmpty();
  }

  @Test
  void settles_nothing_of_another_cluster() throws IOException {
    assertThat(
            kinds(
                ADD,
                UNAUTHORIZED,
                "info\tkube\tkube controller for c22 synced after 1ms",
                "info\tAdd cluster\tcluster=c3 secret=istio-system/s9",
                "info\tDeleting cluster_id=c4 configured by secret=istio-system/s4"))
        .containsExactly(Kind.UNAUTHORIZED);
  }

  @Test
  void keeps_an_error_of_a_cluster_that_was_synced_before() throws IOException {
    assertThat(kinds(ADD, SYNCED, UNAUTHORIZED)).containsExactly(Kind.UNAUTHORIZED);
  }

  @Test
  void forgets_an_error_after_a_sync_that_did_not_come_again() throws IOException {
    String other = "info\tads\tPush debounce stable[4] 2";

    assertThat(errors(ADD, SYNCED, UNAUTHORIZED, other, other, other, other, other, other))
        .isEmpty();
  }

  @Test
  void names_cluster_and_secret_of_a_kubeconfig_that_was_refused() throws IOException {
    List<LogRow> errors =
        errors(
            EVENT,
            ADD,
            MALFORMED,
            "error\tcontrollers\terror handling istio-system/s2, and retry budget exceeded: error"
                + " adding secret istio-system/s2: 1 error occurred:\n"
                + "\t* kubeconfig is not valid: invalid configuration\n\n"
                + "\tcontroller=multicluster secret");

    assertThat(errors)
        .singleElement()
        .extracting(LogRow::id, LogRow::secret, LogRow::kind)
        .containsExactly("c2", "istio-system/s2", Kind.MALFORMED);
  }

  @Test
  void names_the_secret_alone_where_the_log_does() throws IOException {
    List<LogRow> errors =
        errors(
            "error\tcontrollers\terror handling istio-system/s2, retrying (retry count: 1): error"
                + " adding remote config istio-system/s2: 1 error occurred:\n"
                + "\t* kubeconfig is not allowed: exec is not allowed\n\n"
                + "\tcontroller=multicluster secret");

    assertThat(errors)
        .singleElement()
        .extracting(LogRow::id, LogRow::secret, LogRow::kind)
        .containsExactly("", "istio-system/s2", Kind.NOT_ALLOWED);
  }

  @Test
  void forgets_what_was_wrong_with_a_secret_that_changed_or_went() throws IOException {
    assertThat(errors(EVENT, ADD, MALFORMED, EVENT, ADD, SYNCED)).isEmpty();
    assertThat(errors(EVENT, ADD, MALFORMED, EVENT, "info\tNumber of remote clusters: 0"))
        .isEmpty();
    assertThat(errors(ADD, MALFORMED, "info\tUpdate cluster\tcluster=c2 secret=istio-system/s2"))
        .isEmpty();
  }

  @Test
  void says_which_secret_lost_against_another() throws IOException {
    assertThat(errors(ADD, DUPLICATE))
        .singleElement()
        .extracting(LogRow::id, LogRow::secret, LogRow::kind)
        .containsExactly("c2", "istio-system/s3", Kind.DUPLICATE);
  }

  @Test
  void keeps_a_duplicate_while_only_the_other_secret_changes() throws IOException {
    String rotated = "info\tUpdate cluster\tcluster=c2 secret=istio-system/s2";

    assertThat(kinds(ADD, DUPLICATE, EVENT, rotated, SYNCED)).containsExactly(Kind.DUPLICATE);
    assertThat(errors(ADD, DUPLICATE, DELETED)).isEmpty();
    assertThat(errors(ADD, DUPLICATE, "info\tprocessing secret event for secret istio-system/s3"))
        .isEmpty();
  }

  @Test
  void says_that_a_secret_is_for_the_cluster_itself() throws IOException {
    assertThat(errors(OWN))
        .singleElement()
        .extracting(LogRow::id, LogRow::secret, LogRow::kind)
        .containsExactly("c1", "istio-system/s1", Kind.OWN_CLUSTER);
    assertThat(errors(OWN, "info\tprocessing secret event for secret istio-system/s1")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "info|Adding cluster c2 from secret istio-system/s2|error|Adding cluster_id=c2 from secret=istio-system/s2: kubeconfig is empty|MALFORMED",
        "info|Adding cluster_id=c2 from secret=istio-system/s2|error|Failed to add remote cluster from secret=istio-system/s2 for cluster_id=c2: kubeconfig is not valid: x|MALFORMED",
        "info|processing remote config event for istio-system/s2|warn|cluster c2 from secret istio-system/s2 has already been registered|DUPLICATE",
        "info|processing secret event for secret istio-system/s2|warn|cluster %!d(string=c2) from secret istio-system/s2 has already been registered|DUPLICATE",
        "info|processing secret event for secret istio-system/s2|info|ignoring cluster c2 from secret istio-system/s2 as it would overwrite the local cluster|OWN_CLUSTER",
        "info|processing secret event for secret istio-system/s2|error|error adding remote config istio-system/s2: kubeconfig is not allowed: tokenFile is not allowed|NOT_ALLOWED",
      })
  void understands_other_versions(String okLevel, String ok, String level, String error, Kind kind)
      throws IOException {
    String good = okLevel + "\t" + ok;
    String bad = level + "\t" + error;

    assertThat(errors(good, bad))
        .singleElement()
        .extracting(LogRow::secret, LogRow::kind)
        .containsExactly("istio-system/s2", kind);
    assertThat(errors(bad, good)).isEmpty();
  }

  @Test
  void understands_the_labels_of_later_versions() throws IOException {
    String added = "info\tAdd cluster\tcluster=c2 config=istio-system/s2";
    String refused =
        "error\tAdd cluster: create remote cluster failed: kubeconfig is empty"
            + "\tcluster=c2 config=istio-system/s2";

    assertThat(errors(added, refused))
        .singleElement()
        .extracting(LogRow::id, LogRow::secret)
        .containsExactly("c2", "istio-system/s2");
    assertThat(errors(added, UNAUTHORIZED, "info\tcluster c2 synced, replacing registry"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "failed to list *v1.Node: the server has asked for the client to provide credentials|UNAUTHORIZED",
        "failed to list *v1.Namespace: namespaces is forbidden: User \"x\" cannot list|FORBIDDEN",
        "Get \"https://192.0.2.1:6443/api\": tls: failed to verify certificate: x509: certificate signed by unknown authority|UNKNOWN_AUTHORITY",
        "Get \"https://h:6443/api\": x509: certificate is valid for kubernetes, not h|OTHER",
        "Get \"https://192.0.2.1:6443/api\": dial tcp 192.0.2.1:6443: connect: connection refused|UNREACHABLE",
        "Get \"https://192.0.2.1:6443/api\": dial tcp 192.0.2.1:6443: i/o timeout|UNREACHABLE",
        "Get \"https://h:6443/api\": dial tcp: lookup h on 10.0.0.10:53: no such host|UNREACHABLE",
        "Get \"https://h:6443/api\": net/http: TLS handshake timeout|UNREACHABLE",
        "failed to list *v1.Gateway: the server could not find the requested resource|OTHER",
      })
  void tells_why_a_cluster_cannot_be_read(String reason, Kind kind) throws IOException {
    assertThat(kinds("error\twatch error in cluster c2: " + reason)).containsExactly(kind);
  }

  @Test
  void reads_a_log_in_json() throws IOException {
    String log =
        """
        {"level":"info","time":"2026-01-01T00:00:00Z","msg":"Add cluster","cluster":"c2","secret":"istio-system/s2"}
        {"level":"error","time":"2026-01-01T00:01:00Z","msg":"Add cluster: create remote cluster failed: kubeconfig is empty","cluster":"c2","secret":"istio-system/s2"}
        """;

    read(log);

    assertThat(istiod().log)
        .singleElement()
        .extracting(LogRow::id, LogRow::secret, LogRow::kind)
        .containsExactly("c2", "istio-system/s2", Kind.MALFORMED);
  }

  @Test
  void passes_over_the_rest_of_endless_lines() throws IOException {
    read(line(0, ADD) + line(1, "info\t" + "x".repeat(3_000_000)) + line(2, TIMEOUT));

    assertThat(istiod().log).extracting(LogRow::kind).containsExactly(Kind.TIMEOUT);
  }

  @Test
  void lets_no_secret_through() throws IOException {
    List<LogRow> errors =
        errors(
            "error\tAdd cluster: create remote cluster failed: kubeconfig cannot be loaded: token:"
                + " eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrIn0.c2ln\tcluster=c2 secret=istio-system/s2");

    assertThat(errors)
        .singleElement()
        .asString()
        .contains("cannot be loaded")
        .doesNotContain("eyJ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Error from server (NotFound): pods \"x\" not found\n"})
  void does_not_take_just_anything_for_a_log(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IOException.class)
        .hasMessage("holds no line of istiod's log");

    assertThat(mesh.cluster(Reading.CLUSTER).listed()).isEmpty();
  }

  private List<Kind> kinds(String... entries) throws IOException {
    return errors(entries).stream().map(LogRow::kind).toList();
  }

  /** What is left of a log with one entry each minute. */
  private List<LogRow> errors(String... entries) throws IOException {
    StringBuilder log = new StringBuilder("2026/01/01 00:00:00 INFO memory is not limited\n");
    for (int i = 0; i < entries.length; i++) {
      log.append(line(i, entries[i]));
    }
    read(log.toString());
    return istiod().log;
  }

  private void read(String log) throws IOException {
    Reading.read(new DiscoveryLogReader(false), InputKind.DISCOVERY_LOG, "", log, mesh);
  }

  private IstiodState istiod() {
    return mesh.cluster(Reading.CLUSTER).controlPlane.istiod(Reading.NAMESPACE, Reading.POD);
  }

  private static String line(int minute, String entry) {
    return minute(minute) + "\t" + entry + "\n";
  }

  private static Instant minute(int minute) {
    return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * minute);
  }
}
