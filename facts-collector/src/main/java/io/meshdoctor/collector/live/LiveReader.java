package io.meshdoctor.collector.live;

import io.meshdoctor.collector.MeshSink;
import io.meshdoctor.collector.Redaction;
import io.meshdoctor.collector.UnreadableInputException;
import io.meshdoctor.collector.live.AccessReview.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the live clusters of one mesh, all at the same time, within one deadline. It never changes
 * anything, and never opens a port. It is for one run.
 */
public final class LiveReader {

  /** What ends at the deadline needs a moment to say so. */
  private static final long GRACE_MS = 1500;

  private static final Duration LOOK = Duration.ofSeconds(10);

  private static final String ISTIODS = "app%3Distiod";

  /** The injector sets it; a remote cluster has proxies, and its istiod is elsewhere. */
  private static final String PROXIES = "service.istio.io%2Fcanonical-name";

  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  private final LiveOptions options;
  private final LiveProgress progress;
  private final Deadline deadline;
  private final LiveThreads threads = new LiveThreads();

  /** A reader, whose time begins now. */
  public LiveReader(LiveOptions options, LiveProgress progress) {
    this.options = options;
    this.progress = progress;
    this.deadline = new Deadline(options.timeout());
  }

  /** A cluster that can be asked, or why it cannot. */
  private record Door(String context, Optional<Access> access, String reason) {

    String server() {
      return access.map(Access::server).orElse("");
    }
  }

  /**
   * Whether a cluster is one of the mesh.
   *
   * @param uid identifies the cluster, whatever leads to it; empty where unknown
   */
  private record Look(boolean isOfMesh, String uid, String reason) {}

  /**
   * Reads all there is to read. What is not read in time, or cannot be, is said to the sink.
   *
   * @throws UnreadableInputException if the kubeconfig cannot be used, or leads to no mesh
   */
  public void read(MeshSink sink) {
    try (threads) {
      var doors = doors();
      if (options.contexts().isEmpty()) {
        doors = ofMesh(doors, sink);
      }
      doors.forEach(door -> sink.cluster(door.context, door.context, door.server()));
      each(
          doors,
          door -> {
            readCluster(door, sink);
            return true;
          });
    }
  }

  /** Ends the run now; what was read is kept. */
  public void cancel() {
    deadline.cancel();
    threads.interrupt();
  }

  /**
   * Asks each API server what the user may do there. This creates nothing.
   *
   * @return one for each right that reading makes use of, in each cluster
   * @throws UnreadableInputException if the kubeconfig cannot be used
   */
  public List<AccessReview> checkAccess() {
    try (threads) {
      var doors = doors();
      var answers = each(doors, this::reviews);
      List<AccessReview> all = new ArrayList<>();
      for (var door : doors) {
        all.addAll(answers.getOrDefault(door.context, unknown(door.context, deadline.reason())));
      }
      return all;
    }
  }

  private List<Door> doors() {
    var contexts = Contexts.load(options.kubeconfig(), options.environment());
    contexts.require(options.contexts());
    var names =
        options.contexts().isEmpty()
            ? contexts.names()
            : List.copyOf(new LinkedHashSet<>(options.contexts()));
    if (names.isEmpty()) {
      throw new UnreadableInputException(
          "the kubeconfig has no contexts; give one with --kubeconfig");
    }
    var login = new Login(options.environment(), deadline);
    var unread = names.stream().map(name -> new Door(name, Optional.empty(), "")).toList();
    var opened =
        each(
            unread,
            door -> {
              try {
                progress.reading(door.context, "credentials");
                var access = login.access(contexts.target(door.context));
                return new Door(door.context, Optional.of(access), "");
              } catch (IOException e) {
                return new Door(door.context, Optional.empty(), Reason.of(e));
              }
            });
    return names.stream()
        .map(name -> opened.getOrDefault(name, new Door(name, Optional.empty(), deadline.reason())))
        .toList();
  }

  /** Those of the clusters in which Istio runs, each once. */
  private List<Door> ofMesh(List<Door> doors, MeshSink sink) {
    var looks = each(doors, this::look);
    List<Door> ofMesh = new ArrayList<>();
    Set<String> known = new HashSet<>();
    List<String> reasons = new ArrayList<>();
    for (var door : doors) {
      var look = looks.getOrDefault(door.context, new Look(false, "", deadline.reason()));
      if (look.isOfMesh && (look.uid.isEmpty() || known.add(look.uid))) {
        ofMesh.add(door);
      } else if (!look.reason.isEmpty()) {
        sink.unread("", MeshSink.CONTEXT + door.context, look.reason);
        reasons.add(door.context + ": " + look.reason);
      }
    }
    if (ofMesh.isEmpty()) {
      throw new UnreadableInputException(
          "no context of the kubeconfig leads to a cluster in which Istio runs%s; name contexts with --context"
              .formatted(reasons.isEmpty() ? "" : " (" + String.join("; ", reasons) + ")"));
    }
    return ofMesh;
  }

  private Look look(Door door) {
    if (door.access.isEmpty()) {
      return new Look(false, "", door.reason);
    }
    progress.reading(door.context, "istiod");
    try (var api = new ApiServer(door.access.get(), deadline)) {
      var within = api.within(LOOK);
      var isOfMesh = hasPods(within, ISTIODS) || hasPods(within, PROXIES);
      return new Look(isOfMesh, isOfMesh ? uid(within) : "", "");
    } catch (IOException | RuntimeException e) {
      return new Look(false, "", Reason.of(e));
    }
  }

  private static boolean hasPods(ApiServer api, String selector) throws IOException {
    var pods = api.object("/api/v1/pods?labelSelector=%s&limit=1".formatted(selector));
    return !pods.path("items").isEmpty();
  }

  private static String uid(ApiServer api) {
    try {
      var namespace = api.object("/api/v1/namespaces/kube-system");
      return namespace.path("metadata").path("uid").asString("");
    } catch (IOException | RuntimeException e) {
      // then two contexts of one cluster count as two clusters
      return "";
    }
  }

  private void readCluster(Door door, MeshSink sink) {
    if (door.access.isEmpty()) {
      ClusterRun.unreadable(door.context, sink, door.reason);
      progress.done(door.context);
      return;
    }
    try (var api = new ApiServer(door.access.get(), deadline)) {
      new ClusterRun(door.context, api, options, sink, deadline, progress, threads).run();
    }
  }

  private List<AccessReview> reviews(Door door) {
    if (door.access.isEmpty()) {
      return unknown(door.context, door.reason);
    }
    List<AccessReview> reviews = new ArrayList<>();
    try (var api = new ApiServer(door.access.get(), deadline)) {
      for (var right : Right.all()) {
        progress.reading(door.context, right.verb() + " " + right.resource());
        reviews.add(review(door.context, api, right));
      }
    }
    progress.done(door.context);
    return reviews;
  }

  private static AccessReview review(String cluster, ApiServer api, Right right) {
    var slash = right.resource().indexOf('/');
    var review = JsonMapper.shared().createObjectNode();
    review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
    var attributes = review.putObject("spec").putObject("resourceAttributes");
    attributes.put("verb", right.verb()).put("group", right.group());
    attributes.put("resource", slash < 0 ? right.resource() : right.resource().substring(0, slash));
    if (slash >= 0) {
      attributes.put("subresource", right.resource().substring(slash + 1));
    }
    try {
      var status = api.post(REVIEWS, review).path("status");
      var isAllowed = status.path("allowed").asBoolean(false);
      return answer(
          cluster,
          right,
          isAllowed ? Answer.ALLOWED : Answer.DENIED,
          Redaction.of(status.path("reason").asString("")));
    } catch (IOException | RuntimeException e) {
      return answer(cluster, right, Answer.UNKNOWN, Reason.of(e));
    }
  }

  private static List<AccessReview> unknown(String cluster, String reason) {
    return Right.all().stream()
        .map(right -> answer(cluster, right, Answer.UNKNOWN, reason))
        .toList();
  }

  private static AccessReview answer(String cluster, Right right, Answer answer, String reason) {
    return new AccessReview(
        cluster, right.group(), right.resource(), right.verb(), right.needed(), answer, reason);
  }

  /** Does something with each cluster, all at the same time; what is late is missing. */
  private <T> Map<String, T> each(List<Door> doors, Function<Door, T> task) {
    var executor = Executors.newFixedThreadPool(Math.max(1, doors.size()), threads);
    try {
      Map<String, Future<T>> running = new LinkedHashMap<>();
      doors.forEach(door -> running.put(door.context, executor.submit(() -> task.apply(door))));
      Map<String, T> results = new LinkedHashMap<>();
      running.forEach((name, future) -> result(future).ifPresent(got -> results.put(name, got)));
      return results;
    } finally {
      executor.shutdownNow();
    }
  }

  private <T> Optional<T> result(Future<T> future) {
    try {
      return Optional.of(future.get(deadline.left() + GRACE_MS, TimeUnit.MILLISECONDS));
    } catch (TimeoutException | CancellationException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failed
          ? failed
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      deadline.cancel();
      return Optional.empty();
    }
  }
}
