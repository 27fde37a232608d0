package io.meshdoctor.collector;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What all inputs of a mesh told so far. Readers fill it, {@link Resolver} makes facts of it. */
final class MeshState {

  String name = "";
  String systemNamespace = "istio-system";
  @Nullable Instant collectedAt;
  final List<SeenProbe> probes = new ArrayList<>();
  private final SortedMap<String, ClusterState> clusters = new TreeMap<>();

  /** The state of a cluster, empty at first. */
  ClusterState cluster(String operatorsName) {
    return clusters.computeIfAbsent(operatorsName, ClusterState::new);
  }

  /** All clusters, sorted by name. */
  SortedMap<String, ClusterState> clusters() {
    return clusters;
  }
}
