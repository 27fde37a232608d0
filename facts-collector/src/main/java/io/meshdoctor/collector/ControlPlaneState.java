package io.meshdoctor.collector;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the istiods of a cluster told: debug endpoints and logs. */
final class ControlPlaneState {

  /** The cluster ID that an istiod calls its own, by {@code namespace/pod}. */
  final SortedMap<String, String> configClusterIds = new TreeMap<>();

  /** The mesh configuration that an istiod says it runs with, by {@code namespace/pod}. */
  final SortedMap<String, MeshConfig> meshConfigs = new TreeMap<>();

  /** Cluster IDs that the proxies claim which are connected to an istiod of this cluster. */
  SortedSet<String> connectedClusterIds() {
    return new TreeSet<>();
  }
}
