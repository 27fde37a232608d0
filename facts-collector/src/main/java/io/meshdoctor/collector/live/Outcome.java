package io.meshdoctor.collector.live;

import io.meshdoctor.collector.MeshSink;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is to be read of one cluster, and what became of it. */
final class Outcome {

  private final SortedMap<String, SortedSet<String>> open = new TreeMap<>();

  /** Pods by why they did not tell something, by what that is. */
  private final SortedMap<String, SortedMap<String, SortedSet<String>>> failed = new TreeMap<>();

  private boolean reported;

  /**
   * Something is to be read.
   *
   * @param pod {@code namespace/name} of the pod that tells it; empty where the API server does
   */
  synchronized void expect(Collection<String> whats, String pod) {
    whats.forEach(what -> open.computeIfAbsent(what, w -> new TreeSet<>()).add(pod));
  }

  /** Something was read completely. */
  synchronized void read(String what, String pod) {
    open.getOrDefault(what, new TreeSet<>()).remove(pod);
  }

  /** Something could not be read. */
  synchronized void failed(Collection<String> whats, String pod, String reason) {
    for (var what : whats) {
      read(what, pod);
      failed
          .computeIfAbsent(what, w -> new TreeMap<>())
          .computeIfAbsent(reason, r -> new TreeSet<>())
          .add(pod);
    }
  }

  /** All that is still to be read cannot be. */
  synchronized void failRest(String reason) {
    open.forEach(
        (what, pods) -> List.copyOf(pods).forEach(pod -> failed(List.of(what), pod, reason)));
  }

  /** Says what was not read; what comes later is not heard. */
  synchronized void report(MeshSink sink, String cluster) {
    if (reported) {
      return;
    }
    reported = true;
    failed.forEach(
        (what, reasons) ->
            reasons.forEach((reason, pods) -> sink.unread(cluster, what, reason + describe(pods))));
  }

  private static String describe(SortedSet<String> pods) {
    var first = pods.first();
    if (first.isEmpty()) {
      return "";
    }
    return pods.size() == 1
        ? " (%s)".formatted(first)
        : " (%s and %d more)".formatted(first, pods.size() - 1);
  }
}
