package io.meshdoctor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.cli.RealCluster.Entry;
import io.meshdoctor.collector.BundleReader;
import io.meshdoctor.engine.Diagnostician;
import io.meshdoctor.engine.report.JsonReport;
import io.meshdoctor.facts.CollectedAt;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Probe;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The whole way from real API servers, which hold what was recorded of real meshes, to reports and
 * bundles. Behind them are fakes of the kubelets, which serve the recorded pages of pods.
 */
class LiveServersIT {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String HEALTHY = "multi-primary-multi-network-healthy";
  private static final String CLOSED = "connection refused";

  private static final Program PROGRAM =
      Run.program(
          "meshdoctor",
          Terminal.NONE,
          new MeshDiagnoser(MeshSources::read, directories -> Run.RULES));

  /** How long an API server believes a token that it has seen. */
  private static final long BELIEF_SECONDS = 11;

  /** How long an API server takes a token after its end, for clocks differ. */
  private static final long LEEWAY_SECONDS = 60;

  @TempDir static Path home;
  private static Path program;
  private static Keys keys;
  private static RealCluster east;
  private static RealCluster west;
  private static RealCluster south;
  private static final Map<RealCluster, FakeKubelet> KUBELETS = new LinkedHashMap<>();

  @TempDir Path directory;

  static List<String> recordings() throws Exception {
    return RecordingsTest.recordings();
  }

  @BeforeAll
  static void start() throws Exception {
    program = GoServers.program();
    keys = Keys.make(home);
    east = RealCluster.start(program, home.resolve("east"), keys);
    west = RealCluster.start(program, home.resolve("west"), keys);
    south = RealCluster.start(program, home.resolve("south"), keys);
    for (var cluster : List.of(east, west, south)) {
      KUBELETS.put(cluster, FakeKubelet.start(keys));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    for (var one : new AutoCloseable[] {east, west, south}) {
      if (one != null) {
        one.close();
      }
    }
    for (var kubelet : KUBELETS.values()) {
      kubelet.close();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void finds_live_and_in_a_bundle_what_was_wrong_with_a_mesh(String recording) throws Exception {
    var kubeconfig = kubeconfig(load(recording));
    var bundle = directory.resolve("mesh.tar.gz").toString();

    var live = run("diagnose", "--kubeconfig", kubeconfig, "--read-secrets", "-o", "json");
    var collect =
        run("collect", "--kubeconfig", kubeconfig, "--read-secrets", "-vvv", "-o", bundle);
    var collected = run("diagnose", "--bundle", bundle, "-o", "json");

    assertThat(live.err()).isEmpty();
    assertThat(fingerprints(live.out())).isEqualTo(fingerprintsWithoutProbes(recording));
    assertThat(collect.status()).isZero();
    assertThat(collected).isEqualTo(live);
    assertThat(live.out() + collect.err() + content(Path.of(bundle))).doesNotContain("CANARY");
  }

  @Test
  void says_of_each_page_that_it_could_not_be_read_where_nothing_leads_to_pods() throws Exception {
    var mesh = RecordedMesh.read(recorded(HEALTHY + ".tar.gz"));
    east.load(mesh.clusters().get("east").withKubelet(Ports.free()));
    var kubeconfig = kubeconfig(entry("east", east));

    var run = run("diagnose", "--kubeconfig", kubeconfig, "--context=east", "-o", "json");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).isEmpty();
    assertThat(unread(run, "clusterz")).contains("port-forward: ", "exec: ");
    assertThat(unread(run, "Envoy certs")).contains("port-forward: ", "exec: ");
    assertThat(unread(run, "discovery log")).contains(CLOSED);
    assertThat(run.out()).contains("\"verdict\": \"undecided\"");
  }

  @Test
  void needs_the_rights_of_the_manifest_and_no_others() throws Exception {
    load(HEALTHY);
    var token = east.account("reader");
    for (var role : Files.readString(Path.of("../deploy/clusterrole.yaml")).split("(?m)^---$")) {
      east.create("/apis/rbac.authorization.k8s.io/v1/clusterroles", role);
    }
    for (var role : List.of("meshdoctor", "meshdoctor-secrets", "meshdoctor-pods")) {
      east.bind("reader", role);
    }
    var kubeconfig = kubeconfig(new Entry("east", east, east.url(), token));

    var access = run("diagnose", "--check-access", "--kubeconfig", kubeconfig);
    var run = run("diagnose", "--kubeconfig", kubeconfig, "--read-secrets", "-o", "json");

    assertThat(access.status()).isZero();
    assertThat(access.out()).contains("list pods").doesNotContain("no ", "unknown");
    assertThat(run.out()).doesNotContain("forbidden");
    assertThat(east.doneBy("reader"))
        .contains("list pods", "get pods/portforward", "get pods/log", "get secrets")
        .allMatch(done -> done.matches("(get|list) .*|create (pods/(exec|portforward)|self.*)"));
  }

  @Test
  void tells_what_a_user_with_few_rights_may_read_and_loses_the_rest_only() throws Exception {
    load(HEALTHY);
    var token = east.account("guest");
    east.create(
        "/apis/rbac.authorization.k8s.io/v1/clusterroles",
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: guest}
        rules: [{apiGroups: [""], resources: [pods, services], verbs: [list]}]
        """);
    east.bind("guest", "guest");
    var kubeconfig = kubeconfig(new Entry("east", east, east.url(), token));

    var access = run("diagnose", "--check-access", "--kubeconfig", kubeconfig);
    var run = run("diagnose", "--kubeconfig", kubeconfig, "-o", "json");

    assertThat(access.status()).isEqualTo(4);
    assertThat(access.out().lines())
        .anyMatch(line -> line.matches("list pods +yes"))
        .anyMatch(line -> line.matches("list services +yes"))
        .anyMatch(line -> line.matches("list nodes +no .*"))
        .anyMatch(line -> line.matches("get pods/log +no .*"));
    assertThat(run.status()).isEqualTo(4);
    assertThat(unread(run, "Pod")).isEmpty();
    assertThat(unread(run, "Node")).startsWith("forbidden (403)");
    assertThat(unread(run, "Secret")).contains("forbidden (403)");
    assertThat(unread(run, "clusterz")).contains("port-forward: forbidden (403)");
    assertThat(run.out()).doesNotContain(token);
  }

  @Test
  void loses_what_is_left_when_a_token_is_revoked_in_the_middle() throws Exception {
    east.load(pods(3000));
    var token = east.account("leaving");
    east.bind("leaving", "cluster-admin");
    var revoke =
        Relay.start(
            east.port(),
            60_000,
            () -> {
              east.revoke("leaving");
              TimeUnit.SECONDS.sleep(BELIEF_SECONDS);
              return true;
            });
    var kubeconfig = kubeconfig(new Entry("east", east, revoke.url(), token));

    try (revoke) {
      var run = run("diagnose", "--kubeconfig", kubeconfig, "--context=east", "-o", "json");

      assertThat(revoke.isDone()).isTrue();
      assertThat(run.status()).isEqualTo(4);
      assertThat(run.err()).isEmpty();
      assertThat(unread(run, "Pod")).startsWith("unauthorized (401)");
      assertThat(run.out()).doesNotContain(token);
    }
  }

  @Test
  void says_that_a_token_has_expired_and_loses_one_cluster_only() throws Exception {
    load(HEALTHY);
    east.account("late");
    east.bind("late", "cluster-admin");
    var ended = Instant.now().truncatedTo(SECONDS).minusSeconds(2 * LEEWAY_SECONDS);
    var token = east.token("late", ended);
    var kubeconfig = kubeconfig(new Entry("east", east, east.url(), token), entry("west", west));

    var run = run("diagnose", "--kubeconfig", kubeconfig, "--context=east,west", "-o", "json");
    var access = run("diagnose", "--check-access", "--kubeconfig", kubeconfig);

    assertThat(run.status()).isEqualTo(4);
    assertThat(unread(run, "Pod"))
        .isEqualTo("unauthorized (401): the credentials expired at " + ended);
    assertThat(unread(run, "west", "Pod")).isEmpty();
    assertThat(access.out())
        .contains("east could not be asked: unauthorized (401): the credentials expired at ");
    assertThat(run.out() + access.out()).doesNotContain(token);
  }

  @Test
  void loses_what_is_left_when_a_token_expires_in_the_middle() throws Exception {
    east.load(pods(3000));
    west.load(pods(10));
    east.account("short");
    east.bind("short", "cluster-admin");
    var refused = Instant.now().truncatedTo(SECONDS).plusSeconds(5);
    var ended = refused.minusSeconds(LEEWAY_SECONDS);
    var token = east.token("short", ended);
    var expire =
        Relay.start(
            east.port(),
            60_000,
            () -> {
              var wait = Duration.between(Instant.now(), refused.plusSeconds(BELIEF_SECONDS));
              TimeUnit.MILLISECONDS.sleep(Math.max(0, wait.toMillis()));
              return true;
            });
    var kubeconfig = kubeconfig(new Entry("east", east, expire.url(), token), entry("west", west));

    try (expire) {
      var run = run("diagnose", "--kubeconfig", kubeconfig, "--context=east,west", "-o", "json");

      assertThat(expire.isDone()).isTrue();
      assertThat(run.status()).isEqualTo(4);
      assertThat(run.err()).isEmpty();
      assertThat(unread(run, "Pod"))
          .isEqualTo("unauthorized (401): the credentials expired at " + ended);
      assertThat(unread(run, "Namespace")).isEmpty();
      assertThat(unread(run, "west", "Pod")).isEmpty();
      assertThat(run.out()).doesNotContain(token);
    }
  }

  @Test
  void follows_a_path_live_as_in_a_bundle() throws Exception {
    load(HEALTHY);
    var kubeconfig = kubeconfig(entry("east", east), entry("west", west));
    var bundle = directory.resolve("mesh.tar.gz").toString();
    String[] path = {"path", "--from=east/sample/curl", "--to=helloworld:5000", "-v"};

    var live = run(with(path, "--kubeconfig", kubeconfig, "--read-secrets"));
    run("collect", "--kubeconfig", kubeconfig, "--read-secrets", "-n", "sample", "-o", bundle);
    var collected = run(with(path, "--bundle", bundle));

    assertThat(live.err()).isEmpty();
    assertThat(live.out()).startsWith("REACHED: from sample/curl of east to helloworld.");
    assertThat(collected).isEqualTo(live);
  }

  @Test
  void loses_what_is_left_when_a_server_stops_in_the_middle() throws Exception {
    try (var dying = RealCluster.start(program, home.resolve("dying"), keys)) {
      dying.load(pods(3000));
      load(HEALTHY);
      var relay =
          Relay.start(
              dying.port(),
              60_000,
              () -> {
                dying.kill();
                return true;
              });
      var kubeconfig = kubeconfig(entry("west", west), new Entry("dying", dying, relay.url(), ""));

      try (relay) {
        var run = run("diagnose", "--kubeconfig", kubeconfig, "--context=west,dying", "-o", "json");

        assertThat(relay.isDone()).isTrue();
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err()).isEmpty();
        assertThat(unread(run, "dying", "Pod"))
            .matches("the connection broke|cannot connect: TLS failed");
        assertThat(unread(run, "west", "Pod")).isEmpty();
      }
    }
  }

  @Test
  void does_not_trust_a_server_of_another_authority() throws Exception {
    load(HEALTHY);
    var kubeconfig = kubeconfig(new Entry("east", west, east.url(), ""));

    var run = run("diagnose", "--kubeconfig", kubeconfig, "--context=east", "-o", "json");

    assertThat(unread(run, "Pod"))
        .isEqualTo("cannot connect: the certificate of the server is of an unknown authority");
  }

  /** What a recording shows now, but for what only active tests showed. */
  private static Set<String> fingerprintsWithoutProbes(String recording) throws Exception {
    var read = BundleReader.read(List.of(recorded(recording + ".tar.gz")));
    List<Fact> facts = new ArrayList<>(read.facts());
    facts.removeIf(fact -> fact instanceof Probe || fact instanceof CollectedAt);
    facts.add(new CollectedAt(Instant.now(), Origin.UNKNOWN));
    var report = new StringWriter();
    new JsonReport().write(new Diagnostician(Run.RULES).diagnose(read.mesh(), facts), report);
    return fingerprints(report.toString());
  }

  /** All findings but one that goes by the URLs of API servers, which listen elsewhere here. */
  private static Set<String> fingerprints(String report) {
    Set<String> found = new TreeSet<>();
    for (var finding : JSON.readTree(report).path("findings")) {
      if (!finding.path("code").asString("").equals("MD328")) {
        found.add(finding.path("fingerprint").asString(""));
      }
    }
    return found;
  }

  /** Puts what was recorded of each cluster into a server, and says which leads to which. */
  private static Entry[] load(String recording) throws Exception {
    var servers = List.copyOf(KUBELETS.keySet()).iterator();
    List<Entry> entries = new ArrayList<>();
    for (var recorded : RecordedMesh.read(recorded(recording + ".tar.gz")).clusters().entrySet()) {
      var server = servers.next();
      var kubelet = KUBELETS.get(server);
      kubelet.serve(recorded.getValue().pages());
      server.load(recorded.getValue().withKubelet(kubelet.port()));
      entries.add(entry(recorded.getKey(), server));
    }
    return entries.toArray(Entry[]::new);
  }

  /** Pods that fill many pages of a list, and do not compress well. */
  private static List<ObjectNode> pods(int count) {
    var random = new Random(1);
    return IntStream.range(0, count)
        .mapToObj(
            number -> {
              var noise = new byte[300];
              random.nextBytes(noise);
              var pod = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
              var metadata = pod.putObject("metadata");
              metadata.put("name", "pod-" + number).put("namespace", "crowd");
              metadata
                  .putObject("annotations")
                  .put("noise", Base64.getEncoder().encodeToString(noise));
              pod.putObject("spec").putArray("containers").addObject().put("name", "main");
              return pod;
            })
        .toList();
  }

  private String kubeconfig(Entry... entries) throws Exception {
    return Files.writeString(directory.resolve("config"), RealCluster.kubeconfig(entries))
        .toString();
  }

  private static Entry entry(String context, RealCluster cluster) {
    return new Entry(context, cluster, cluster.url(), "");
  }

  private static Path recorded(String name) throws Exception {
    return Path.of(LiveServersIT.class.getResource("/recordings/" + name).toURI());
  }

  /** What it prints, but for the time at which the clusters were read. */
  private static Run run(String... arguments) {
    var run = Run.of(PROGRAM, arguments);
    return new Run(run.status(), run.out().replaceAll("read by [0-9TZ:-]+", "read"), run.err());
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  private static String unread(Run run, String what) {
    return unread(run, "east", what);
  }

  private static String unread(Run run, String cluster, String what) {
    List<String> reasons = new ArrayList<>();
    for (var unread : JSON.readTree(run.out()).path("coverage").path("unread")) {
      if (unread.path("cluster").asString("").equals(cluster)
          && unread.path("what").asString("").equals(what)) {
        reasons.add(unread.path("reason").asString(""));
      }
    }
    return String.join("; ", reasons);
  }

  private static String content(Path archive) throws IOException {
    try (var in = new GZIPInputStream(Files.newInputStream(archive))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
