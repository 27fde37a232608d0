package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way from API servers to reports and bundles. */
class LiveMeshTest {

  private static final String SECRETS = "/api/v1/namespaces/istio-system/secrets";
  private static final Program PROGRAM =
      Run.program(
          "meshdoctor",
          Terminal.NONE,
          new MeshDiagnoser(MeshSources::read, directories -> Run.RULES));

  @TempDir Path directory;
  private final FakeApi blue = new FakeApi();
  private final FakeApi green = new FakeApi();
  private Path kubeconfig;
  private Path bundle;

  @BeforeEach
  void set_up_two_clusters() throws IOException {
    bundle = directory.resolve("mesh.tar.gz");
    cluster(blue, "blue-id");
    cluster(green, "green-id");
    remoteSecret(blue, "green-id", green.url());
    kubeconfig =
        Files.writeString(
            directory.resolve("config"),
            """
            apiVersion: v1
            kind: Config
            users: [{name: u, user: {token: CANARY-token-of-a-user}}]
            clusters:
            - {name: b, cluster: {server: '%s'}}
            - {name: g, cluster: {server: '%s'}}
            contexts:
            - {name: blue, context: {cluster: b, user: u}}
            - {name: 'arn:cluster/green', context: {cluster: g, user: u}}
            """
                .formatted(blue.url(), green.url()));
  }

  @AfterEach
  void close() {
    blue.close();
    green.close();
  }

  @Test
  void finds_in_a_bundle_what_it_finds_live() {
    var live = diagnose("--read-secrets", "--context", "blue,arn:cluster/green");
    var collect = collect("--read-secrets", "--context", "blue,arn:cluster/green");
    var recorded = run("diagnose", "--bundle", bundle.toString(), "-o", "json");

    assertThat(live.err()).isEmpty();
    assertThat(live.out()).contains("\"verdict\": \"faulty\"", "istio-remote-secret");
    assertThat(collect.status()).isZero();
    assertThat(recorded).isEqualTo(live);
  }

  @Test
  void finds_in_a_bundle_what_it_finds_live_where_secrets_are_not_read() {
    var live = diagnose();
    collect();
    var recorded = run("diagnose", "--bundle", bundle.toString(), "-o", "json");

    assertThat(live.out())
        .contains("--read-secrets reads the rest")
        .contains("istiod of arn:cluster/green has no remote secret for blue");
    assertThat(recorded).isEqualTo(live);
  }

  @Test
  void takes_live_clusters_and_recordings_as_one_mesh() {
    var together = diagnose("--read-secrets");
    run("collect", "--kubeconfig=" + kubeconfig, "--read-secrets", "--context=blue", "-o" + bundle);

    var mixed =
        diagnose("--read-secrets", "--context=arn:cluster/green", "--bundle", bundle.toString());

    assertThat(mixed).isEqualTo(together);
  }

  @Test
  void refuses_a_cluster_that_is_live_and_recorded() {
    run("collect", "--kubeconfig=" + kubeconfig, "--context=blue", "-o" + bundle);

    var run = diagnose("--context=blue", "--bundle", bundle.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("two clusters are called blue").hasLineCount(1);
  }

  @Test
  void keeps_no_secret_anywhere() throws IOException {
    var collect = collect("--read-secrets", "-vvv");
    var live = diagnose("--read-secrets", "-vvv");
    var report = run("diagnose", "-vvv", "--bundle", bundle.toString());
    var named = directory.resolve("named.tar.gz");
    run("collect", "--from-bundle", bundle.toString(), "--redact-names", "-o", named.toString());

    assertThat(content(bundle)).contains("istio-remote-secret").doesNotContain("CANARY");
    // as it may stand in the middle of what is encoded
    assertThat(content(bundle)).doesNotContain("Q0FOQVJZ", "NBTkFSW", "DQU5BUl");
    assertThat(content(named)).contains("istio-system").doesNotContain("CANARY", "green", "blue");
    assertThat(List.of(collect, live, report).toString()).doesNotContain("CANARY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/version",
        "/api/v1/namespaces",
        "/api/v1/pods",
        "/api/v1/configmaps",
        "/apis/discovery.k8s.io/v1/endpointslices",
        SECRETS,
        SECRETS + "/istio-remote-secret-green-id",
        "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
      })
  void quotes_nothing_of_what_it_cannot_read(String path) throws IOException {
    blue.body(path, "{\"items\": [{\"token\": CANARY-where-no-word-may-be}], \"CANARY\": tru");

    var printed =
        printedWith(
            () ->
                List.of(
                    diagnose("--read-secrets", "-vvv", "--context=blue"),
                    collect("--read-secrets", "-vvv", "--context=blue"),
                    run("diagnose", "--check-access", "-vvv", "--kubeconfig=" + kubeconfig),
                    run("path", "-vvv", "--from=blue/a/b", "--to=c", "--kubeconfig=" + kubeconfig),
                    run("probe", "-vvv", "--dry-run", "--kubeconfig=" + kubeconfig)));

    assertThat(printed).isNotEmpty().doesNotContain("CANARY");
    assertThat(content(bundle)).contains("blue").doesNotContain("CANARY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "users: [{name: u, user: {token: CANARY",
        "users: [{name: u, user: {token: \"CANARY of two words\"}}]",
        "users: [{name: u, user: {client-certificate-data: CANARY, client-key-data: CANARY}}]",
        "users: [{name: u, user: {client-certificate-data: Q0FOQVJZCg==, client-key-data: QQ==}}]",
        "users: [{name: u, user: {auth-provider: {name: CANARY-1, config: {id-token: CANARY}}}}]",
        "users: [{name: u, user: {auth-provider: {name: oidc, config: {id-token: e30.CANARY.x}}}}]",
        "users: [{name: u, user: {exec: {command: sh, args: [-c, 'echo token=CANARY >&2; exit 1']}}}]"
      })
  void quotes_nothing_of_credentials_that_cannot_be_used(String users) throws IOException {
    var config = Files.readString(kubeconfig).replaceFirst("users: .*", users);
    Files.writeString(kubeconfig, config);

    var printed =
        printedWith(
            () ->
                List.of(
                    diagnose("-vvv", "--context=blue"),
                    collect("-vvv", "--context=blue"),
                    run("diagnose", "--check-access", "-vvv", "--kubeconfig=" + kubeconfig),
                    run("probe", "-vvv", "--dry-run", "--kubeconfig=" + kubeconfig)));

    assertThat(printed).isNotEmpty().doesNotContain("CANARY");
  }

  @Test
  void follows_a_path_through_live_clusters_as_through_a_bundle_of_them() {
    for (var api : List.of(blue, green)) {
      shop(api);
    }
    String[] path = {"path", "--from=blue/shop/web", "--to=cart.shop:80", "-v"};

    var live = run(with(path, "--kubeconfig=" + kubeconfig, "--read-secrets"));
    collect("--read-secrets");
    var recorded = run(with(path, "--bundle=" + bundle));

    assertThat(live.err()).isEmpty();
    assertThat(live.status()).isEqualTo(1);
    assertThat(live.out())
        .startsWith("BROKEN: from shop/web of blue to cart.shop.svc.cluster.local:80\n")
        .contains("a remote secret leads istiod of blue to arn:cluster/green")
        .contains("kubectl --context=arn:cluster/green");
    assertThat(recorded).isEqualTo(live);
  }

  @Test
  void only_reads() {
    diagnose("--read-secrets");
    collect("--read-secrets");

    assertThat(blue.requests).isNotEmpty().allMatch(request -> request.startsWith("GET "));
  }

  @Test
  void says_once_that_a_context_could_not_be_read() {
    green.close();

    var live = diagnose();
    collect();
    var recorded = run("diagnose", "--bundle", bundle.toString(), "-o", "json");

    assertThat(live.out()).containsOnlyOnce("\"context arn:cluster/green\"");
    assertThat(recorded).isEqualTo(live);
  }

  @Test
  void says_what_was_written_and_what_could_not_be_read() {
    var collect = collect();

    assertThat(collect.status()).isZero();
    assertThat(collect.out()).isEmpty();
    assertThat(collect.err())
        .containsPattern("^meshdoctor: wrote \\S+mesh.tar.gz: 2 clusters, [0-9.]+ kB\\R")
        .contains("meshdoctor: not read of blue: Secret: only names and labels were read;")
        .contains("2 clusters");
    assertThat(files()).containsExactly("config", "mesh.tar.gz");
  }

  @Test
  void replaces_no_file_unless_told_to() throws IOException {
    Files.writeString(bundle, "before");

    var refused = collect();
    var content = Files.readString(bundle);
    var forced = collect("--force");

    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo("meshdoctor: %s is there already; --force replaces it%n".formatted(bundle));
    assertThat(content).isEqualTo("before");
    assertThat(forced.status()).isZero();
    assertThat(Files.size(bundle)).isGreaterThan(100);
  }

  @Test
  void says_that_a_bundle_cannot_be_written() {
    var file = directory.resolve("nowhere/mesh.tar.gz");

    var run = run("collect", "--kubeconfig=" + kubeconfig, "-o", file.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "meshdoctor: the bundle cannot be written to %s: there is no such directory%n"
                .formatted(file));
  }

  @Test
  void writes_a_bundle_of_one_kind_of_source() {
    var run = collect("--from-bundle=x");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("a bundle is of live clusters or of recordings; leave out one");
  }

  @Test
  void keeps_its_deadline_and_says_that_a_cluster_was_not_read() {
    green.silent();

    var start = System.nanoTime();
    var collect = collect("--timeout=2s", "--context", "blue,arn:cluster/green");
    var elapsed = Duration.ofNanos(System.nanoTime() - start);

    assertThat(elapsed).isLessThan(Duration.ofSeconds(6));
    assertThat(collect.status()).isEqualTo(4);
    assertThat(collect.err())
        .contains("2 clusters")
        .containsPattern("not read of arn:cluster/green: .* more: not read within 2 s");
    assertThat(run("diagnose", "--bundle", bundle.toString()).out())
        .contains("arn:cluster/green", "not read within 2 s");
  }

  @Test
  void leaves_nothing_behind_when_nothing_can_be_collected() {
    var run = collect("--context=red");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("has no context red").hasLineCount(1);
    assertThat(files()).containsExactly("config");
  }

  @Test
  void tells_what_the_user_may_read() {
    var run = run("diagnose", "--check-access", "--kubeconfig=" + kubeconfig);

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches(" +blue  arn:cluster/green"))
        .anyMatch(line -> line.matches("list pods +yes   yes"))
        .anyMatch(line -> line.matches("get pods/log +yes   yes"))
        .anyMatch(
            line -> line.matches("list secrets +no    no +needed for: names of remote secrets"));
  }

  @Test
  void tells_that_a_cluster_cannot_be_asked_what_the_user_may_read() {
    green.close();

    var run = run("diagnose", "--check-access", "--kubeconfig=" + kubeconfig, "--timeout=5s");

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.out())
        .contains("arn:cluster/green could not be asked: cannot connect: connection refused");
  }

  @Test
  void asks_no_recording_what_the_user_may_read() {
    var run = run("diagnose", "--check-access", "--bundle=x");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--check-access asks live clusters; leave out --bundle");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--namespace=shop", "--service=shop/web", "--read-secrets", "--timeout=30s"})
  void asks_no_recording_for_what_only_live_clusters_give(String option) {
    var run = run("diagnose", "--bundle=x", option);
    var collect = run("collect", "--from-bundle=x", "-o" + bundle, option);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("are for live clusters; leave them out, or add --context");
    assertThat(collect.status()).isEqualTo(2);
    assertThat(collect.err()).contains("are for live clusters; leave them out");
  }

  @Test
  void reports_nothing_where_only_access_is_checked() {
    var run = run("diagnose", "--check-access", "-o", "json");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("prints a table and no report; leave out --output");
  }

  @Test
  void shows_progress_where_somebody_watches() {
    var watched =
        new Program(
            "meshdoctor",
            Terminal.NONE,
            80,
            Map.of(),
            PROGRAM.diagnoser(),
            PROGRAM.examiner(),
            PROGRAM.world(),
            PROGRAM.rules());

    var run = Run.of(watched, "diagnose", "--kubeconfig=" + kubeconfig);

    assertThat(run.err()).contains("blue: reading pods", "blue: done").endsWith("\u001b[J");
    assertThat(run.out()).isEqualTo(run("diagnose", "--kubeconfig=" + kubeconfig).out());
  }

  private Run diagnose(String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("diagnose", "--kubeconfig=" + kubeconfig, "-o", "json"));
    arguments.addAll(List.of(options));
    return run(arguments.toArray(String[]::new));
  }

  private Run collect(String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("collect", "--kubeconfig=" + kubeconfig, "-o", bundle.toString()));
    arguments.addAll(List.of(options));
    return run(arguments.toArray(String[]::new));
  }

  /** What it prints, but for the time at which the clusters were read. */
  private static Run run(String... arguments) {
    var run = Run.of(PROGRAM, arguments);
    return new Run(run.status(), run.out().replaceAll("read by [0-9TZ:-]+", "read"), run.err());
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  /** All that some runs print, and what is logged meanwhile. */
  private static String printedWith(Supplier<List<Run>> runs) {
    var before = System.err;
    var logged = new ByteArrayOutputStream();
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    try {
      return runs.get() + logged.toString(StandardCharsets.UTF_8);
    } finally {
      System.setErr(before);
    }
  }

  private List<String> files() {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String content(Path archive) throws IOException {
    try (var in = new GZIPInputStream(Files.newInputStream(archive))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void cluster(FakeApi api, String id) {
    api.with(
        "/api/v1/namespaces",
        """
        {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"istio-system",
         "labels":{"topology.istio.io/network":"net-%s"}}}"""
            .formatted(id));
    api.with(
        "/api/v1/pods",
        """
        {"apiVersion":"v1","kind":"Pod",
         "metadata":{"name":"istiod-1","namespace":"istio-system","labels":{"app":"istiod"}},
         "spec":{"containers":[{"name":"discovery","image":"pilot:1.30.1","args":["discovery"],
          "env":[{"name":"CLUSTER_ID","value":"%s"},
                 {"name":"SOME_TOKEN","value":"CANARY-token-of-a-pod"}]}]},
         "status":{"phase":"Running"}}"""
            .formatted(id));
    api.body(
        "/api/v1/namespaces/istio-system/pods/istiod-1/log",
        "2026-11-23T10:00:00.000000Z\tinfo\tsent Bearer CANARY-token-of-a-log\n");
    api.body("/api/v1/namespaces/kube-system", "{\"metadata\":{\"uid\":\"%s\"}}".formatted(id));
  }

  /** A client with a proxy, and a service that has an endpoint. */
  private static void shop(FakeApi api) {
    api.with(
        "/api/v1/namespaces",
        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"shop\"}}");
    for (var name : List.of("web", "cart")) {
      api.with(
          "/api/v1/pods",
          """
          {"apiVersion":"v1","kind":"Pod",
           "metadata":{"name":"%1$s","namespace":"shop","labels":{"app":"%1$s"}},
           "spec":{"containers":[{"name":"app"},{"name":"istio-proxy","image":"proxyv2:1.30.1"}]},
           "status":{"phase":"Running","podIP":"10.0.0.%2$d",
            "conditions":[{"type":"Ready","status":"True"}]}}"""
              .formatted(name, name.length()));
    }
    api.with(
        "/api/v1/services",
        """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"cart","namespace":"shop"},
         "spec":{"selector":{"app":"cart"},"ports":[{"name":"http","port":80}]}}""");
    api.with(
        "/apis/discovery.k8s.io/v1/endpointslices",
        """
        {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice",
         "metadata":{"name":"cart-1","namespace":"shop",
          "labels":{"kubernetes.io/service-name":"cart"}},
         "ports":[{"name":"http","port":80}],
         "endpoints":[{"addresses":["10.0.0.4"],"conditions":{"ready":true}}]}""");
  }

  private static void remoteSecret(FakeApi api, String id, String server) {
    var name = "istio-remote-secret-" + id;
    var metadata =
        "\"metadata\":{\"name\":\"%s\",\"namespace\":\"istio-system\",\"labels\":{\"istio/multiCluster\":\"true\"}}"
            .formatted(name);
    var content =
        "{clusters: [{name: c, cluster: {server: '%s'}}], users: [{name: u, user: {token: CANARY-token-of-istiod}}], contexts: [{name: x, context: {cluster: c, user: u}}], current-context: x}"
            .formatted(server);
    api.with(
        SECRETS,
        "{\"apiVersion\":\"meta.k8s.io/v1\",\"kind\":\"PartialObjectMetadata\",%s}"
            .formatted(metadata));
    api.body(
        SECRETS + "/" + name,
        "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",%s,\"data\":{\"%s\":\"%s\"}}"
            .formatted(metadata, id, base64(content)));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
