package io.meshdoctor.collector;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the istiods of a cluster told: debug endpoints and logs. */
final class ControlPlaneState {

  private final SortedMap<String, IstiodState> istiods = new TreeMap<>();

  /** What one istiod told. */
  static final class IstiodState {

    /** ID of the cluster that it has its configuration from; empty where unknown. */
    String configClusterId = "";

    /** The mesh configuration that it says it runs with. */
    @Nullable MeshConfig mesh;
  }

  /** The state of an istiod, empty at first. */
  IstiodState istiod(String namespace, String pod) {
    return istiods.computeIfAbsent(namespace + "/" + pod, key -> new IstiodState());
  }

  /** The cluster ID that each istiod has its configuration from, by {@code namespace/name}. */
  SortedMap<String, String> configClusterIds() {
    SortedMap<String, String> ids = new TreeMap<>();
    istiods.forEach(
        (pod, istiod) -> {
          if (!istiod.configClusterId.isEmpty()) {
            ids.put(pod, istiod.configClusterId);
          }
        });
    return ids;
  }

  /** The mesh configuration that each istiod says it runs with, by {@code namespace/name}. */
  SortedMap<String, MeshConfig> meshConfigs() {
    SortedMap<String, MeshConfig> configs = new TreeMap<>();
    istiods.forEach(
        (pod, istiod) -> {
          if (istiod.mesh != null) {
            configs.put(pod, istiod.mesh);
          }
        });
    return configs;
  }

  /** The cluster IDs that proxies claim which are connected to one of these istiods. */
  SortedSet<String> connectedClusterIds() {
    return new TreeSet<>();
  }
}
