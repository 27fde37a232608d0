package io.meshdoctor.collector;

import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Unread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What all inputs of a mesh told so far. Readers fill it, {@link Resolver} makes facts of it. */
final class MeshState {

  static final String DEFAULT_NAMESPACE = "istio-system";

  String name = "";
  String systemNamespace = DEFAULT_NAMESPACE;
  @Nullable Instant collectedAt;
  final List<SeenProbe> probes = new ArrayList<>();
  private final Set<Unread> unread = new LinkedHashSet<>();
  private final SortedMap<String, ClusterState> clusters = new TreeMap<>();

  /** Notes that something could not be read that belongs to no one cluster. */
  synchronized void unread(String what, String reason) {
    unread.add(new Unread("", what, reason, Origin.UNKNOWN));
  }

  Set<Unread> unread() {
    return unread;
  }

  /** The state of a cluster, empty at first. */
  synchronized ClusterState cluster(String operatorsName) {
    return clusters.computeIfAbsent(operatorsName, ClusterState::new);
  }

  /** All clusters, sorted by name. */
  SortedMap<String, ClusterState> clusters() {
    return clusters;
  }
}
