package io.meshdoctor.cli;

import io.meshdoctor.collector.MeshFacts;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Unread;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a bundle holds, and what could not be read for it.
 *
 * @param read all that was read for it
 */
record CollectSummary(MeshFacts read) {

  private static final int MOST_NAMES = 6;

  /**
   * Prints a line for the bundle, and one for each reason why something is not in it.
   *
   * @param size its size, in bytes
   */
  void print(Path bundle, long size, PrintWriter err) {
    var clusters = of(Cluster.class);
    err.printf(
        Locale.ROOT,
        "meshdoctor: wrote %s: %d cluster%s, %s%n",
        bundle,
        clusters.size(),
        clusters.size() == 1 ? "" : "s",
        inUnits(size));
    SortedMap<String, SortedMap<String, Set<String>>> unread = new TreeMap<>();
    for (var one : of(Unread.class)) {
      unread
          .computeIfAbsent(one.cluster(), cluster -> new TreeMap<>())
          .computeIfAbsent(one.reason(), reason -> new TreeSet<>())
          .add(one.what());
    }
    unread.forEach(
        (cluster, reasons) ->
            reasons.forEach(
                (reason, whats) ->
                    err.printf(
                        "meshdoctor: not read%s: %s: %s%n",
                        cluster.isEmpty() ? "" : " of " + cluster, joined(whats), reason)));
    err.flush();
  }

  /** Whether something was read of each cluster. */
  ExitStatus status() {
    var known = of(Listed.class).stream().map(Listed::cluster).collect(Collectors.toSet());
    return of(Cluster.class).stream().map(Cluster::name).allMatch(known::contains)
        ? ExitStatus.PASSED
        : ExitStatus.UNDECIDED;
  }

  private <T> List<T> of(Class<T> type) {
    return read.facts().stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static String joined(Set<String> whats) {
    List<String> shown = new ArrayList<>(whats.stream().limit(MOST_NAMES).toList());
    if (whats.size() > MOST_NAMES) {
      shown.add("%d more".formatted(whats.size() - MOST_NAMES));
    }
    return String.join(", ", shown);
  }

  private static String inUnits(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
