package io.meshdoctor.collector.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.collector.MeshIntake;
import io.meshdoctor.collector.UnreadableInputException;
import io.meshdoctor.collector.live.FakeCluster.Reply;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.CollectedAt;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Istiod;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.NamespaceLabels;
import io.meshdoctor.facts.NetworkGateway;
import io.meshdoctor.facts.ProxyCertificates;
import io.meshdoctor.facts.RemoteSecret;
import io.meshdoctor.facts.Unread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveReaderTest {

  private static final String TOKEN = "CANARY-token-of-a-user";
  private static final String PODS = "/api/v1/pods";
  private static final String SECRETS = "/api/v1/secrets";

  @TempDir Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (var one : open) {
      one.close();
    }
  }

  @Test
  void reads_the_same_facts_from_a_cluster_as_from_a_bundle_of_it() throws IOException {
    var cluster = meshCluster();
    cluster.with("/api/v1/namespaces", "{\"metadata\":{\"name\":\"shop\"}}");
    var bundle = directory.resolve("bundle");
    cluster.record(bundle.resolve("clusters/blue"));
    var recorded = new MeshIntake();
    recorded.bundles(List.of(bundle));

    var facts = read(options(Map.of("blue", cluster.url()), "blue"));

    assertThat(facts)
        .filteredOn(fact -> !(fact instanceof CollectedAt))
        .containsExactlyInAnyOrderElementsOf(recorded.facts().facts())
        .hasAtLeastOneElementOfType(Istiod.class)
        .hasAtLeastOneElementOfType(NetworkGateway.class);
    assertThat(of(facts, Unread.class)).isEmpty();
  }

  @Test
  void asks_istiod_and_the_proxies_without_a_port_of_its_own() throws Exception {
    var cluster = meshCluster();

    var before = listening();
    var during = new CopyOnWriteArrayList<List<String>>();
    cluster.whenPodIsAsked = () -> during.add(listening());
    var facts = read(options(Map.of("blue", cluster.url()), "blue"));

    assertThat(of(facts, NetworkGateway.class)).hasSize(1);
    assertThat(of(facts, ProxyCertificates.class)).hasSize(1);
    assertThat(listed(facts)).contains("clusterz", "discovery log", "Envoy certs");
    assertThat(during).isNotEmpty().containsOnly(before);
  }

  @Test
  void asks_ztunnel_for_its_own_page_and_has_no_program_to_fall_back_to() {
    var cluster = meshCluster();
    cluster.with(
        PODS,
        "{\"metadata\":{\"name\":\"ztunnel-1\",\"namespace\":\"istio-system\"},\"spec\":{\"containers\":[{\"name\":\"istio-proxy\",\"args\":[\"proxy\",\"ztunnel\"]}]},\"status\":{\"phase\":\"Running\"}}");
    cluster.page("istio-system", "ztunnel-1", "/config_dump", "{\"services\":[],\"workloads\":[]}");

    var facts = read(options(Map.of("blue", cluster.url()), "blue"));
    cluster.forwardAllowed = false;
    var closed = read(options(Map.of("blue", cluster.url()), "blue"));

    assertThat(listed(facts)).contains("ztunnel config");
    assertThat(of(facts, Unread.class)).isEmpty();
    assertThat(of(closed, Unread.class)).extracting(Unread::what).containsExactly("ztunnel config");
  }

  @Test
  void falls_back_to_programs_in_the_pod_where_ports_cannot_be_forwarded() {
    var cluster = meshCluster();
    cluster.forwardAllowed = false;

    var facts = read(options(Map.of("blue", cluster.url()), "blue"));

    assertThat(of(facts, NetworkGateway.class)).hasSize(1);
    assertThat(of(facts, Unread.class)).isEmpty();
    assertThat(listed(facts)).contains("clusterz", "Envoy certs");
  }

  @Test
  void says_once_for_each_page_that_pods_cannot_be_asked() {
    var cluster = meshCluster();
    cluster.forwardAllowed = false;
    cluster.execAllowed = false;

    var facts = read(options(Map.of("blue", cluster.url()), "blue"));

    assertThat(of(facts, Unread.class))
        .filteredOn(unread -> unread.what().equals("clusterz"))
        .extracting(Unread::reason)
        .containsExactly(
            "port-forward: forbidden (403); exec: forbidden (403) (istio-system/istiod-1)");
    assertThat(listed(facts)).contains("Pod", "discovery log").doesNotContain("clusterz");
  }

  @Test
  void does_not_take_half_of_a_page_for_all_of_it() {
    var cluster = meshCluster();
    cluster.truncates = true;

    var facts = read(options(Map.of("blue", cluster.url()), "blue"));

    assertThat(listed(facts)).doesNotContain("clusterz", "Envoy certs");
    assertThat(of(facts, Unread.class))
        .filteredOn(unread -> unread.what().equals("clusterz"))
        .hasSize(1);
  }

  @Test
  void says_that_the_connection_to_a_pod_broke() {
    var cluster = meshCluster();
    cluster.drops = true;

    var forwarded = read(options(Map.of("blue", cluster.url()), "blue"));
    cluster.forwardAllowed = false;
    var run = read(options(Map.of("blue", cluster.url()), "blue"));

    // and not that they were not read in time
    assertThat(reason(forwarded, "clusterz")).startsWith("the connection to the pod broke");
    assertThat(reason(run, "clusterz")).startsWith("the connection to the pod broke");
    assertThat(listed(forwarded)).contains("discovery log").doesNotContain("clusterz");
    assertThat(listed(run)).doesNotContain("clusterz", "Envoy certs");
  }

  @Test
  void runs_a_program_where_a_node_cannot_forward_a_port_and_says_why_if_that_fails() {
    var cluster = meshCluster();
    cluster.portError =
        "error forwarding port 15014: dial tcp4 127.0.0.1:15014: connect: connection refused";

    var facts = read(options(Map.of("blue", cluster.url()), "blue"));
    cluster.execAllowed = false;
    var closed = read(options(Map.of("blue", cluster.url()), "blue"));

    assertThat(listed(facts)).contains("clusterz", "Envoy certs");
    assertThat(reason(closed, "clusterz"))
        .startsWith("port-forward: nothing listens on the port in the pod; exec: forbidden (403)");
  }

  @Test
  void says_what_a_pod_has_against_a_page_and_asks_for_the_others() {
    var cluster = meshCluster();
    cluster.withoutPage("istio-system", "istiod-1", "/debug/mcsz");

    var forwarded = read(options(Map.of("blue", cluster.url()), "blue"));
    cluster.forwardAllowed = false;
    cluster.complaint = "page not found, Authorization: Bearer CANARY-of-a-program";
    var run = read(options(Map.of("blue", cluster.url()), "blue"));

    assertThat(reason(forwarded, "mcsz")).startsWith("the pod answers with status 404");
    assertThat(reason(run, "mcsz"))
        .startsWith("the program in the pod: page not found")
        .doesNotContain("CANARY");
    assertThat(listed(forwarded)).contains("clusterz").doesNotContain("mcsz");
    assertThat(listed(run)).contains("clusterz").doesNotContain("mcsz");
  }

  @Test
  void loses_only_a_log_that_is_forbidden_or_breaks() {
    var cluster = meshCluster();
    var log = "/api/v1/namespaces/istio-system/pods/istiod-1/log";
    cluster.answer(log, request -> Reply.error(403, "Forbidden", "pods/log is forbidden"));

    var forbidden = read(options(Map.of("blue", cluster.url()), "blue"));
    cluster.answer(
        log, request -> Reply.broken("2026-11-23T10:00:00.000000Z\tinfo\tall is well\n"));
    var broken = read(options(Map.of("blue", cluster.url()), "blue"));

    assertThat(reason(forbidden, "discovery log"))
        .startsWith("forbidden (403): pods/log is forbidden");
    assertThat(reason(broken, "discovery log")).startsWith("the connection broke");
    assertThat(listed(forbidden)).contains("clusterz").doesNotContain("discovery log");
    assertThat(listed(broken)).contains("clusterz").doesNotContain("discovery log");
  }

  @Test
  void says_when_credentials_have_expired_and_loses_the_rest_only() {
    var cluster = meshCluster();
    var claims = "{\"exp\":1000000000}".getBytes(StandardCharsets.UTF_8);
    var token = "e30.%s.CANARY".formatted(Base64.getUrlEncoder().encodeToString(claims));
    cluster.answer("/api/v1/nodes", request -> Reply.error(401, "Unauthorized", "Unauthorized"));

    var facts = read(options(token, Map.of("blue", cluster.url()), "blue"));

    assertThat(reason(facts, "Node"))
        .isEqualTo("unauthorized (401): the credentials expired at 2001-09-09T01:46:40Z");
    assertThat(listed(facts)).contains("Pod").doesNotContain("Node");
    assertThat(facts.toString()).doesNotContain("CANARY");
  }

  @Test
  void reads_long_lists_page_by_page() {
    var cluster = meshCluster();
    cluster.maxPage = 3;
    for (int i = 0; i < 10; i++) {
      cluster.with("/api/v1/namespaces", "{\"metadata\":{\"name\":\"n%d\"}}".formatted(i));
    }

    var facts = read(options(Map.of("blue", cluster.url()), "blue"));

    assertThat(of(facts, NamespaceLabels.class)).hasSize(11);
    assertThat(cluster.requests)
        .filteredOn(request -> request.path().equals("/api/v1/namespaces"))
        .hasSize(4);
    assertThat(listed(facts)).contains("Namespace");
  }

  @Test
  void goes_on_with_a_list_that_expired_in_the_middle() {
    var cluster = meshCluster();
    var first =
        "{\"kind\":\"NamespaceList\",\"apiVersion\":\"v1\",\"metadata\":{\"continue\":\"old\"},\"items\":[{\"metadata\":{\"name\":\"one\"}}]}";
    var rest =
        "{\"kind\":\"NamespaceList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"two\"}}]}";
    cluster.answer(
        "/api/v1/namespaces",
        request ->
            switch (request.query().getOrDefault("continue", "")) {
              case "" -> Reply.json(first);
              case "old" ->
                  new Reply(
                      410,
                      "{\"kind\":\"Status\",\"metadata\":{\"continue\":\"new\"},\"reason\":\"Expired\",\"message\":\"too old\"}",
                      Map.of());
              default -> Reply.json(rest);
            });

    var facts = read(options(Map.of("blue", cluster.url()), "blue"));

    assertThat(of(facts, NamespaceLabels.class))
        .extracting(NamespaceLabels::name)
        .containsExactlyInAnyOrder("one", "two");
    assertThat(listed(facts)).contains("Namespace");
  }

  @Test
  void tries_again_when_the_server_is_busy_as_late_as_it_asks_for() {
    var cluster = meshCluster();
    var tries = new AtomicInteger();
    var times = new ArrayList<Long>();
    cluster.answer(
        "/api/v1/nodes",
        request -> {
          times.add(System.nanoTime());
          return tries.incrementAndGet() == 1
              ? new Reply(429, "", Map.of("Retry-After", "1"))
              : Reply.json("{\"kind\":\"NodeList\",\"apiVersion\":\"v1\",\"items\":[]}");
        });

    var facts = read(options(Map.of("blue", cluster.url()), "blue"));

    assertThat(listed(facts)).contains("Node");
    assertThat(times.get(1) - times.get(0)).isGreaterThan(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void gives_up_on_a_server_that_stays_busy() {
    var cluster = meshCluster();
    cluster.answer("/api/v1/nodes", request -> Reply.error(503, "X", "apiserver is starting"));

    var facts = read(options(Map.of("blue", cluster.url()), "blue"));

    assertThat(reason(facts, "Node")).isEqualTo("server error (503): apiserver is starting");
    assertThat(cluster.requests).filteredOn(r -> r.path().equals("/api/v1/nodes")).hasSize(3);
    assertThat(listed(facts)).contains("Pod").doesNotContain("Node");
  }

  @Test
  void loses_only_the_kinds_that_are_forbidden() {
    var cluster = meshCluster();
    cluster.answer(
        "/apis/networking.istio.io/v1/gateways",
        request -> Reply.error(403, "Forbidden", "gateways is forbidden: User u cannot list it"));

    var facts = read(options(Map.of("blue", cluster.url()), "blue"));

    assertThat(reason(facts, "Gateway"))
        .isEqualTo("forbidden (403): gateways is forbidden: User u cannot list it");
    assertThat(listed(facts)).contains("Pod", "VirtualService").doesNotContain("Gateway");
  }

  @Test
  void takes_kinds_that_are_not_installed_for_read_and_finds_older_versions() {
    var cluster = meshCluster();
    cluster.without("/apis/multicluster.x-k8s.io/v1alpha1/serviceexports");
    cluster.without("/apis/networking.istio.io/v1/gateways");
    cluster.answer(
        "/apis/networking.istio.io/v1beta1/gateways",
        request ->
            Reply.json(
                "{\"kind\":\"GatewayList\",\"apiVersion\":\"networking.istio.io/v1beta1\",\"items\":[]}"));

    var facts = read(options(Map.of("blue", cluster.url()), "blue"));

    assertThat(listed(facts)).contains("ServiceExport", "Gateway");
    assertThat(of(facts, Unread.class)).isEmpty();
  }

  @Test
  void loses_only_the_clusters_that_cannot_be_read() throws Exception {
    var good = meshCluster();
    var stranger = started();
    stranger.answer("/version", request -> Reply.error(401, "Unauthorized", "Unauthorized"));
    var closedPort = freePort();

    var facts =
        read(
            options(
                Map.of(
                    "good",
                    good.url(),
                    "stranger",
                    stranger.url(),
                    "dead",
                    "http://127.0.0.1:" + closedPort,
                    "nowhere",
                    "http://no-such-host.invalid"),
                "good",
                "stranger",
                "dead",
                "nowhere"));

    assertThat(reason(facts, "stranger", "Pod"))
        .isEqualTo("unauthorized (401): the server does not accept the credentials");
    assertThat(reason(facts, "dead", "Secret")).isEqualTo("cannot connect: connection refused");
    assertThat(reason(facts, "nowhere", "Pod"))
        .isEqualTo("cannot connect: the name of the server cannot be resolved");
    assertThat(of(facts, Listed.class)).extracting(Listed::cluster).containsOnly("good");
    assertThat(of(facts, Cluster.class)).hasSize(4);
  }

  @Test
  void keeps_its_deadline_whatever_hangs() throws Exception {
    var good = meshCluster();
    var hanging = meshCluster();
    hanging.answer(PODS, request -> Reply.never());
    hanging.answer(
        "/api/v1/configmaps",
        request -> Reply.stalled("{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"items\":["));
    var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    open.add(silent);
    var options =
        options(
                Map.of(
                    "good", good.url(),
                    "hanging", hanging.url(),
                    "silent", "http://127.0.0.1:" + silent.getLocalPort()),
                "good",
                "hanging",
                "silent")
            .withTimeout(Duration.ofSeconds(4));

    var start = System.nanoTime();
    var facts = read(options);
    var elapsed = Duration.ofNanos(System.nanoTime() - start);

    assertThat(elapsed).isLessThan(Duration.ofSeconds(6));
    assertThat(reason(facts, "hanging", "Pod")).isEqualTo("not read within 4 s");
    assertThat(reason(facts, "hanging", "ConfigMap")).isEqualTo("not read within 4 s");
    assertThat(reason(facts, "silent", "Pod")).isEqualTo("not read within 4 s");
    assertThat(of(facts, Unread.class)).extracting(Unread::cluster).doesNotContain("good");
    assertThat(of(facts, Listed.class))
        .anyMatch(all -> all.cluster().equals("hanging") && all.kind().equals("Node"));
  }

  @Test
  void tells_a_server_that_does_not_answer_from_one_that_is_not_there() throws Exception {
    var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    open.add(silent);

    var facts =
        read(options(Map.of("silent", "https://127.0.0.1:" + silent.getLocalPort()), "silent"));

    assertThat(reason(facts, "Pod")).isEqualTo("cannot connect: no answer within 3 s");
  }

  @Test
  void does_not_blame_tls_for_a_server_that_ends_the_connection() throws Exception {
    var ending = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    open.add(ending);
    var accepting =
        new Thread(
            () -> {
              try {
                while (true) {
                  var socket = ending.accept();
                  socket.getInputStream().read(new byte[4096]);
                  socket.close();
                }
              } catch (IOException e) {
                // closed, at the end of the test
              }
            });
    accepting.setDaemon(true);
    accepting.start();

    var facts =
        read(options(Map.of("ending", "https://127.0.0.1:" + ending.getLocalPort()), "ending"));

    assertThat(reason(facts, "Pod")).isEqualTo("the connection broke");
  }

  @Test
  void reads_of_secrets_only_names_unless_asked_for_more() {
    var cluster = meshCluster();
    cluster.with(SECRETS, remoteSecret());

    var facts = read(options(Map.of("blue", cluster.url()), "blue"));

    assertThat(of(facts, RemoteSecret.class)).extracting(RemoteSecret::key).containsExactly("");
    assertThat(reason(facts, "Secret"))
        .isEqualTo("only names and labels were read; --read-secrets reads the rest");
    assertThat(listed(facts)).contains("Secret metadata").doesNotContain("Secret");
    assertThat(cluster.requests)
        .filteredOn(request -> request.path().endsWith("/secrets"))
        .isNotEmpty()
        .allMatch(request -> request.header("accept").contains("as=PartialObjectMetadataList"));
  }

  @Test
  void reads_what_remote_secrets_hold_when_asked_for() {
    var cluster = meshCluster();
    cluster.with(SECRETS, remoteSecret());
    cluster.with(
        SECRETS,
        "{\"metadata\":{\"name\":\"other\",\"namespace\":\"istio-system\"},\"data\":{\"a\":\"Yg==\"}}");

    var facts = read(options(Map.of("blue", cluster.url()), "blue").withSecrets(true));

    assertThat(of(facts, RemoteSecret.class))
        .extracting(RemoteSecret::key)
        .containsExactly("green-id");
    assertThat(listed(facts)).contains("Secret");
    assertThat(cluster.requests)
        .filteredOn(request -> request.path().contains("/secrets/"))
        .extracting(FakeCluster.Request::path)
        .containsExactly("/api/v1/namespaces/istio-system/secrets/istio-remote-secret-green");
    assertThat(facts.toString()).doesNotContain("CANARY");
  }

  @Test
  void only_reads() {
    var cluster = meshCluster();
    cluster.with(SECRETS, remoteSecret());

    read(options(Map.of("blue", cluster.url()), "blue").withSecrets(true));

    assertThat(cluster.requests).extracting(FakeCluster.Request::method).containsOnly("GET");
    assertThat(cluster.requests)
        .extracting(FakeCluster.Request::path)
        .noneMatch(path -> path.contains("krtz"));
  }

  @Test
  void shows_its_token_to_the_server_and_to_nobody_else() {
    var cluster = meshCluster();
    cluster.answer(
        "/api/v1/nodes",
        request -> Reply.error(403, "Forbidden", "bearer " + TOKEN + " is not enough"));

    var facts = read(options(Map.of("blue", cluster.url()), "blue"));

    assertThat(cluster.requests)
        .allMatch(request -> request.header("authorization").equals("Bearer " + TOKEN));
    assertThat(facts.toString()).doesNotContain("CANARY");
    assertThat(reason(facts, "Node")).startsWith("forbidden (403)");
  }

  @Test
  void takes_the_contexts_in_which_istio_runs_each_cluster_once() {
    var mesh = meshCluster();
    mesh.answer(
        "/api/v1/namespaces/kube-system", request -> Reply.json("{\"metadata\":{\"uid\":\"1\"}}"));
    var other = started().empty();
    var remote = started().empty();
    remote.with(
        PODS,
        "{\"metadata\":{\"name\":\"web-1\",\"namespace\":\"shop\",\"labels\":{\"service.istio.io/canonical-name\":\"web\"}},\"spec\":{}}");
    var facts =
        read(
            options(
                Map.of(
                    "mesh",
                    mesh.url(),
                    "remote",
                    remote.url(),
                    "same",
                    mesh.url() + "/",
                    "other",
                    other.url(),
                    "dead",
                    "http://127.0.0.1:1")));

    assertThat(of(facts, Cluster.class)).hasSize(2);
    assertThat(of(facts, Unread.class))
        .extracting(Unread::what, Unread::reason)
        .containsExactly(tuple("context dead", "cannot connect: connection refused"));
  }

  @Test
  void says_that_no_context_leads_to_a_mesh() {
    var other = started().empty();
    var options = options(Map.of("other", other.url()));

    assertThatThrownBy(() -> read(options))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessage(
            "no context of the kubeconfig leads to a cluster in which Istio runs; name contexts with --context");
  }

  @Test
  void leaves_no_thread_of_the_http_client_behind() {
    var cluster = meshCluster();

    read(options(Map.of("blue", cluster.url()), "blue"));

    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(Thread::isAlive)
        .extracting(Thread::getName)
        .noneMatch(name -> name.endsWith("-SelectorManager"));
  }

  @Test
  void ends_at_once_when_it_is_stopped() throws Exception {
    var cluster = meshCluster();
    var asked = new CountDownLatch(1);
    cluster.answer(
        PODS,
        request -> {
          asked.countDown();
          return Reply.never();
        });
    var reader = new LiveReader(options(Map.of("blue", cluster.url()), "blue"), LiveProgress.NONE);
    var intake = new MeshIntake();

    var stopper =
        new Thread(
            () -> {
              try {
                asked.await();
                reader.cancel();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    stopper.start();
    var start = System.nanoTime();
    reader.read(intake);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(reason(intake.facts().facts(), "Pod")).isEqualTo("not read: the run was stopped");
    stopper.join();
  }

  @Test
  void checks_what_the_user_may_do() {
    var cluster = meshCluster();
    cluster.answer(
        "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
        request ->
            Reply.json(
                "{\"status\":{\"allowed\":%s,\"reason\":\"by a role\"}}"
                    .formatted(!request.body().contains("secrets"))));

    var reviews =
        new LiveReader(options(Map.of("blue", cluster.url()), "blue"), LiveProgress.NONE)
            .checkAccess();

    assertThat(reviews).hasSameSizeAs(Right.all());
    assertThat(reviews)
        .filteredOn(review -> review.answer() == AccessReview.Answer.DENIED)
        .extracting(AccessReview::resource)
        .containsOnly("secrets");
    assertThat(cluster.requests)
        .anyMatch(request -> request.body().contains("\"subresource\":\"portforward\""));
  }

  private FakeCluster started() {
    var cluster = FakeCluster.start();
    open.add(cluster);
    return cluster;
  }

  private FakeCluster meshCluster() {
    var cluster = started().empty();
    cluster.with("/api/v1/namespaces", "{\"metadata\":{\"name\":\"istio-system\"}}");
    cluster.with(
        PODS,
        "{\"metadata\":{\"name\":\"istiod-1\",\"namespace\":\"istio-system\",\"labels\":{\"app\":\"istiod\"}},\"spec\":{\"containers\":[{\"name\":\"discovery\",\"image\":\"pilot:1.30.1\",\"args\":[\"discovery\"],\"env\":[{\"name\":\"CLUSTER_ID\",\"value\":\"blue-id\"}]}]},\"status\":{\"phase\":\"Running\"}}");
    cluster.with(
        PODS,
        "{\"metadata\":{\"name\":\"web-1\",\"namespace\":\"shop\"},\"spec\":{\"containers\":[{\"name\":\"web\"},{\"name\":\"istio-proxy\"}]},\"status\":{\"phase\":\"Running\"}}");
    for (var page : PodPages.DEBUG) {
      cluster.page("istio-system", "istiod-1", page.path(), "[]");
    }
    cluster.page(
        "istio-system",
        "istiod-1",
        "/debug/networkz",
        "[{\"Network\":\"n2\",\"Cluster\":\"green-id\",\"Addr\":\"192.0.2.1\",\"Port\":15443}]");
    cluster.page("istio-system", "istiod-1", "/debug/adsz", "{\"totalClients\":0,\"clients\":[]}");
    cluster.page("istio-system", "istiod-1", "/debug/mesh", "{\"trustDomain\":\"cluster.local\"}");
    cluster.page("istio-system", "istiod-1", "/debug/endpointShardz", "{}");
    cluster.page(
        "istio-system", "istiod-1", "/log", "2026-11-23T10:00:00.000000Z\tinfo\tall is well\n");
    cluster.page("shop", "web-1", "/clusters?format=json", "{\"cluster_statuses\":[]}");
    cluster.page(
        "shop",
        "web-1",
        "/certs",
        "{\"certificates\":[{\"ca_cert\":[{\"serial_number\":\"1\"}],\"cert_chain\":[{\"subject_alt_names\":[{\"uri\":\"spiffe://cluster.local/ns/shop/sa/web\"}],\"expiration_time\":\"2027-01-01T00:00:00Z\"}]}]}");
    cluster.page(
        "shop",
        "web-1",
        "/config_dump?include_eds",
        "{\"configs\":[{\"@type\":\"type.googleapis.com/envoy.admin.v3.ListenersConfigDump\"}]}");
    return cluster;
  }

  private static String remoteSecret() {
    var kubeconfig =
        "{clusters: [{name: c, cluster: {server: 'https://192.0.2.7:6443'}}], users: [{name: u, user: {token: CANARY-token-of-istiod}}], contexts: [{name: x, context: {cluster: c, user: u}}], current-context: x}";
    var data = Base64.getEncoder().encodeToString(kubeconfig.getBytes(StandardCharsets.UTF_8));
    return "{\"metadata\":{\"name\":\"istio-remote-secret-green\",\"namespace\":\"istio-system\",\"labels\":{\"istio/multiCluster\":\"true\"}},\"data\":{\"green-id\":\"%s\"}}"
        .formatted(data);
  }

  private LiveOptions options(Map<String, String> servers, String... contexts) {
    return options(TOKEN, servers, contexts);
  }

  private LiveOptions options(String token, Map<String, String> servers, String... contexts) {
    var text = new StringBuilder("apiVersion: v1\nkind: Config\nusers: [{name: u, user: {token: ");
    text.append(token).append("}}]\nclusters:\n");
    servers.forEach(
        (name, url) -> text.append("- {name: %s, cluster: {server: '%s'}}\n".formatted(name, url)));
    text.append("contexts:\n");
    servers
        .keySet()
        .forEach(
            name ->
                text.append(
                    "- {name: %s, context: {cluster: %s, user: u}}\n".formatted(name, name)));
    var file = directory.resolve("config");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new LiveOptions(
        file,
        Arrays.asList(contexts),
        Duration.ofSeconds(15),
        false,
        List.of(),
        List.of(),
        Map.of());
  }

  private static List<Fact> read(LiveOptions options) {
    var intake = new MeshIntake();
    new LiveReader(options, LiveProgress.NONE).read(intake);
    return intake.facts().facts();
  }

  private static <T extends Fact> List<T> of(List<Fact> facts, Class<T> type) {
    return facts.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static List<String> listed(List<Fact> facts) {
    return of(facts, Listed.class).stream().map(Listed::kind).toList();
  }

  private static String reason(List<Fact> facts, String what) {
    return of(facts, Unread.class).stream()
        .filter(unread -> unread.what().equals(what))
        .map(Unread::reason)
        .findFirst()
        .orElse("");
  }

  private static String reason(List<Fact> facts, String cluster, String what) {
    return reason(
        facts.stream()
            .filter(fact -> fact instanceof Unread unread && unread.cluster().equals(cluster))
            .toList(),
        what);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Sockets of this process that listen, as far as the system says so. */
  private static List<String> listening() {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      var own = files.map(LiveReaderTest::target).toList();
      List<String> listening = new ArrayList<>();
      for (var table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
        for (var line : Files.readAllLines(Path.of(table))) {
          var columns = line.strip().split("\\s+");
          if (columns[3].equals("0A") && own.contains("socket:[%s]".formatted(columns[9]))) {
            listening.add(columns[1]);
          }
        }
      }
      return listening.stream().sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      // closed meanwhile
      return "";
    }
  }
}
