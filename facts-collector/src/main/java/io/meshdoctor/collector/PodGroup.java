package io.meshdoctor.collector;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pods that are alike in all that facts tell of them; only how many they are is kept. */
final class PodGroup {

  /**
   * What they have in common.
   *
   * @param workload name of what owns them
   * @param captured traffic of theirs is caught by ztunnel
   * @param injectLabel label or annotation {@code sidecar.istio.io/inject}
   * @param labels without those that tell one pod from another
   */
  record Alike(
      String namespace,
      String workload,
      boolean captured,
      String injectLabel,
      Map<String, String> labels,
      PodTemplate template) {

    Alike {
      labels = Map.copyOf(labels);
    }

    String networkLabel() {
      return labels.getOrDefault(NamespaceObject.NETWORK, "");
    }

    /** What they, or else their namespace, say of how they are to be in the mesh. */
    String dataplaneMode(@Nullable NamespaceObject own) {
      var mode = labels.getOrDefault(NamespaceObject.DATAPLANE_MODE, "");
      return mode.isEmpty() && own != null ? own.dataplaneMode() : mode;
    }
  }

  final Alike alike;
  private int pods;
  private int readyPods;
  private String pod = "";
  private @Nullable Instant oldest;
  private @Nullable Instant newest;

  PodGroup(Alike alike) {
    this.alike = alike;
  }

  void count(String name, boolean ready, @Nullable Instant startedAt) {
    pods++;
    readyPods += ready ? 1 : 0;
    // the first by name, so that the order of the input does not show
    pod = pod.isEmpty() || name.compareTo(pod) < 0 ? name : pod;
    oldest = Fields.earlier(oldest, startedAt);
    newest = Fields.later(newest, startedAt);
  }

  /** Whether a proxy speaks for them, their own or that of their node. */
  boolean isMeshed() {
    return alike.template().injected() || alike.captured();
  }

  /** Whether there is one that is not on its way out. */
  boolean hasPods() {
    return pods > 0;
  }

  int pods() {
    return pods;
  }

  int readyPods() {
    return readyPods;
  }

  String pod() {
    return pod;
  }

  @Nullable Instant oldest() {
    return oldest;
  }

  @Nullable Instant newest() {
    return newest;
  }
}
