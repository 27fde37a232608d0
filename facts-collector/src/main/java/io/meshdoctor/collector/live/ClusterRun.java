package io.meshdoctor.collector.live;

import static java.util.Objects.requireNonNull;

import io.meshdoctor.collector.MeshPod;
import io.meshdoctor.collector.MeshSink;
import io.meshdoctor.facts.Listed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads one cluster. Whatever happens to it costs only its own part. */
final class ClusterRun {

  /** Requests at the same time: an API server has others to serve. */
  private static final int REQUESTS = 6;

  private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);

  private static final String SYSTEM_NAMESPACE = "istio-system";

  /** Annotations that hold the whole object once more. */
  private static final Set<String> COPIES =
      Set.of("kubectl.kubernetes.io/last-applied-configuration");

  private final String cluster;
  private final ApiServer api;
  private final LiveOptions options;
  private final MeshSink sink;
  private final Deadline deadline;
  private final LiveProgress progress;
  private final ThreadFactory threads;
  private final Outcome outcome = new Outcome();
  private final ProxyChoice choice;
  private final PodPages pages;

  ClusterRun(
      String cluster,
      ApiServer api,
      LiveOptions options,
      MeshSink sink,
      Deadline deadline,
      LiveProgress progress,
      ThreadFactory threads) {
    this.cluster = cluster;
    this.api = api;
    this.options = options;
    this.sink = sink;
    this.deadline = deadline;
    this.progress = progress;
    this.threads = threads;
    this.choice = new ProxyChoice(options);
    this.pages = new PodPages(cluster, api, sink, outcome);
  }

  /** Says that nothing of a cluster can be read. */
  static void unreadable(String cluster, MeshSink sink, String reason) {
    var outcome = new Outcome();
    expectKinds(outcome);
    outcome.failRest(reason);
    outcome.report(sink, cluster);
  }

  private static void expectKinds(Outcome outcome) {
    outcome.expect(ListedKind.ALL.stream().map(ListedKind::kind).toList(), "");
    outcome.expect(List.of(ListedKind.SECRET), "");
  }

  void run() {
    expectKinds(outcome);
    var requests = Executors.newFixedThreadPool(REQUESTS, threads);
    try {
      greet();
      readAll(requests);
    } catch (IOException e) {
      outcome.failRest(Reason.of(e));
    } finally {
      end(requests);
      outcome.failRest(deadline.reason());
      outcome.report(sink, cluster);
      progress.done(cluster);
    }
  }

  /** A server that is not there is not asked for everything. */
  private void greet() throws IOException {
    progress.reading(cluster, "version");
    try {
      api.within(FIRST_ANSWER).object("/version");
    } catch (ApiException e) {
      if (e.code() == 401) {
        throw e;
      }
      // it is there, and may give what it was not asked for here
    }
  }

  private void readAll(ExecutorService requests) {
    Map<String, Future<?>> lists = new HashMap<>();
    for (var kind : ListedKind.ALL) {
      lists.put(kind.kind(), requests.submit(() -> list(kind)));
    }
    await(requireNonNull(lists.get(ListedKind.POD)));
    List<Future<?>> rest = new ArrayList<>(lists.values());
    rest.add(requests.submit(this::secrets));
    for (var istiod : choice.istiods()) {
      outcome.expect(PodPages.LOG.whats(), PodPages.subject(istiod));
      PodPages.DEBUG.forEach(page -> outcome.expect(page.whats(), PodPages.subject(istiod)));
      rest.add(requests.submit(() -> askIstiod(istiod)));
    }
    if (!options.services().isEmpty()) {
      await(requireNonNull(lists.get(ListedKind.SERVICE)));
    }
    for (var proxy : choice.proxies()) {
      PodPages.ENVOY.forEach(page -> outcome.expect(page.whats(), PodPages.subject(proxy)));
      rest.add(requests.submit(() -> askProxy(proxy)));
    }
    for (var ztunnel : choice.ztunnels()) {
      PodPages.ZTUNNEL.forEach(page -> outcome.expect(page.whats(), PodPages.subject(ztunnel)));
      rest.add(requests.submit(() -> askZtunnel(ztunnel)));
    }
    rest.forEach(this::await);
  }

  private void askIstiod(MeshPod istiod) {
    progress.reading(cluster, PodPages.subject(istiod));
    pages.debug(istiod);
    pages.log(istiod);
  }

  private void askProxy(MeshPod proxy) {
    progress.reading(cluster, PodPages.subject(proxy));
    pages.envoy(proxy);
  }

  private void askZtunnel(MeshPod ztunnel) {
    progress.reading(cluster, PodPages.subject(ztunnel));
    pages.ztunnel(ztunnel);
  }

  private void await(Future<?> task) {
    try {
      task.get(deadline.left(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | CancellationException e) {
      // said of all that is still to be read, at the end
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      deadline.cancel();
    }
  }

  private static void end(ExecutorService requests) {
    requests.shutdownNow();
    try {
      // interrupted, they end at once
      if (!requests.awaitTermination(1, TimeUnit.SECONDS)) {
        requests.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void list(ListedKind kind) {
    progress.reading(cluster, kind.resource());
    var kinds = List.of(kind.kind());
    try {
      var isThere = false;
      for (var path : kind.paths().toList()) {
        isThere = isThere || list(path);
      }
      if (!isThere && !kind.isOptional()) {
        outcome.failed(kinds, "", "not found (404)");
        return;
      }
      sink.listed(cluster, kind.kind());
      outcome.read(kind.kind(), "");
    } catch (IOException | RuntimeException e) {
      outcome.failed(kinds, "", Reason.of(e));
    }
  }

  /** Whether there is such a list. */
  private boolean list(String path) throws IOException {
    try {
      new PagedList(
              api,
              deadline,
              threads,
              path,
              "",
              ApiServer.JSON,
              sink.wantsWholeObjects(),
              (version, kind, object) -> {
                choice.see(kind, object);
                take(version, kind, object);
              })
          .read();
      return true;
    } catch (ApiException e) {
      if (e.code() == 404) {
        return false;
      }
      throw e;
    }
  }

  private void take(String version, String kind, JsonNode object) throws IOException {
    deadline.check();
    if (object.path("metadata").path("annotations") instanceof ObjectNode annotations) {
      annotations.remove(COPIES);
    }
    sink.object(cluster, version, kind, object);
  }

  /** Reads the Secrets that matter: all about them, or only what they are called. */
  private void secrets() {
    progress.reading(cluster, "secrets");
    Set<String> problems = new TreeSet<>();
    Map<String, JsonNode> found = new ConcurrentSkipListMap<>();
    secretNames("/api/v1/secrets", "&labelSelector=istio%2FmultiCluster", found, problems);
    for (var namespace : systemNamespaces()) {
      secretNames("/api/v1/namespaces/%s/secrets".formatted(namespace), "", found, problems);
    }
    var isComplete = problems.isEmpty();
    for (var secret : found.entrySet()) {
      try {
        secret(secret.getKey(), secret.getValue(), problems);
      } catch (IOException | RuntimeException e) {
        isComplete = false;
        problems.add(Reason.of(e));
      }
    }
    if (isComplete) {
      sink.listed(cluster, Listed.SECRET_METADATA);
    }
    if (problems.isEmpty()) {
      sink.listed(cluster, ListedKind.SECRET);
      outcome.read(ListedKind.SECRET, "");
    } else {
      problems.forEach(reason -> outcome.failed(List.of(ListedKind.SECRET), "", reason));
    }
  }

  private void secret(String path, JsonNode metadata, Set<String> problems) throws IOException {
    if (IstioSecret.isNeeded(metadata)) {
      if (options.readSecrets()) {
        try {
          take("v1", ListedKind.SECRET, api.object(path));
          return;
        } catch (IOException | RuntimeException e) {
          problems.add(Reason.of(e));
        }
      } else {
        problems.add("only names and labels were read; --read-secrets reads the rest");
      }
    }
    take("v1", ListedKind.SECRET, metadata);
  }

  private void secretNames(
      String path, String query, Map<String, JsonNode> found, Set<String> problems) {
    try {
      new PagedList(
              api,
              deadline,
              threads,
              path,
              query,
              ApiServer.METADATA,
              sink.wantsWholeObjects(),
              (version, kind, secret) -> {
                if (IstioSecret.isOne(secret)) {
                  found.put(IstioSecret.path(secret), secret);
                }
              })
          .read();
    } catch (IOException | RuntimeException e) {
      problems.add(Reason.of(e));
    }
  }

  /** The namespaces of istiods, and the usual one for clusters that have none. */
  private Set<String> systemNamespaces() {
    Set<String> namespaces = new TreeSet<>(Set.of(SYSTEM_NAMESPACE));
    choice.istiods().forEach(istiod -> namespaces.add(istiod.namespace()));
    return namespaces;
  }
}
