package io.meshdoctor.collector.probe;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A namespace of its own in each cluster, with one small pod. What was created is removed when this
 * is closed, whatever has happened in between; the pod also ends by itself, should that not be
 * possible.
 */
public final class ProbeNamespace implements AutoCloseable {

  /** An image with curl and BusyBox. */
  public static final String IMAGE = "curlimages/curl";

  private static final String POD = "probe";
  private static final int PORT = 8080;
  private static final Duration LIFETIME = Duration.ofMinutes(10);
  private static final long PAUSE_MS = 500;
  private static final int RANDOM_BITS = 50;

  private final ProbeClusters clusters;
  private final String image;
  private final long end;
  private final Consumer<String> told;
  private final String name;
  private final Set<String> contexts = new LinkedHashSet<>();
  private boolean closed;

  /**
   * None is created yet.
   *
   * @param image image of the pods; has curl, {@code sh} and {@code nc}
   * @param ready time until all pods are ready
   * @param told takes what could not be removed, with the command that removes it
   */
  public ProbeNamespace(
      ProbeClusters clusters, String image, Duration ready, Consumer<String> told) {
    this.clusters = clusters;
    this.image = image;
    this.end = System.nanoTime() + ready.toNanos();
    this.told = told;
    this.name = "meshdoctor-probe-" + new BigInteger(RANDOM_BITS, new SecureRandom()).toString(36);
  }

  /** What it creates, for people. */
  public List<String> plan(Set<String> inContexts) {
    List<String> lines = new ArrayList<>();
    for (var context : inContexts) {
      lines.add(
          "create namespace %s in %s, with a pod of %s; removed at the end"
              .formatted(name, context, image));
    }
    return lines;
  }

  /** Creates it in one cluster, and waits until the pod is ready. */
  public ProbePod create(String context) throws IOException {
    begin(context);
    createPod(context);
    while (true) {
      var pod = clusters.pod(context, name, POD);
      if (pod.isPresent() && pod.get().ready() && !pod.get().ip().isEmpty()) {
        return pod.get();
      }
      pause("the pod in namespace %s of %s is not ready in time".formatted(name, context));
    }
  }

  /** Removing waits until it is known whether the namespace was created. */
  private synchronized void begin(String context) throws IOException {
    check();
    contexts.add(context);
    clusters.createNamespace(context, name);
  }

  /** A namespace is of no use before its service account is made, a moment later. */
  private void createPod(String context) throws IOException {
    while (true) {
      try {
        createPodNow(context);
        return;
      } catch (IOException early) {
        if (!String.valueOf(early.getMessage()).contains("serviceaccount")) {
          throw early;
        }
        pause("the service account in namespace %s of %s is late".formatted(name, context));
      }
    }
  }

  private synchronized void createPodNow(String context) throws IOException {
    check();
    clusters.createPod(
        context,
        name,
        POD,
        image,
        PORT,
        LIFETIME,
        // a nc that serves one connection only is started again
        List.of(
            "sh",
            "-c",
            "while :; do nc -l -p %d </dev/null >/dev/null || sleep 1; done".formatted(PORT)));
  }

  private void check() throws IOException {
    if (closed) {
      throw new IOException("the run was stopped");
    }
  }

  private void pause(String late) throws IOException {
    if (System.nanoTime() - end >= 0) {
      throw new IOException(late);
    }
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("the run was stopped", stopped);
    }
  }

  /** Removes all that was created; a second time does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    for (var context : contexts) {
      try {
        clusters.deleteNamespace(context, name);
      } catch (IOException failed) {
        told.accept(
            "namespace %s of %s could not be removed (%s): %s"
                .formatted(
                    name,
                    context,
                    failed.getMessage(),
                    ShellWords.of(
                        List.of("kubectl", "--context=" + context, "delete", "namespace", name))));
      }
    }
    contexts.clear();
  }
}
