package io.meshdoctor.collector;

import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the istiods of a cluster told: debug endpoints and logs. */
final class ControlPlaneState {

  private final SortedMap<String, IstiodState> istiods = new TreeMap<>();

  /** The state of an istiod, empty at first. */
  synchronized IstiodState istiod(String namespace, String pod) {
    return istiods.computeIfAbsent(
        namespace + "/" + pod, ignored -> new IstiodState(namespace, pod));
  }

  /** Counts what an istiod told among that of another cluster. */
  void handOver(String subject, ControlPlaneState to) {
    var istiod = istiods.remove(subject);
    if (istiod != null) {
      to.istiods.put(subject, istiod);
    }
  }

  /** All istiods that told something, sorted by namespace and pod. */
  Collection<IstiodState> istiods() {
    return istiods.values();
  }

  /** The cluster ID that each istiod has its configuration from, by {@code namespace/name}. */
  SortedMap<String, String> configClusterIds() {
    SortedMap<String, String> ids = new TreeMap<>();
    for (IstiodState istiod : istiods.values()) {
      if (!istiod.configClusterId.isEmpty()) {
        ids.put(istiod.subject(), istiod.configClusterId);
      }
    }
    return ids;
  }

  /** The mesh configuration that each istiod says it runs with, by {@code namespace/name}. */
  SortedMap<String, MeshConfig> meshConfigs() {
    SortedMap<String, MeshConfig> configs = new TreeMap<>();
    for (IstiodState istiod : istiods.values()) {
      if (istiod.mesh != null) {
        configs.put(istiod.subject(), istiod.mesh);
      }
    }
    return configs;
  }

  /** The cluster IDs that proxies claim which are connected to one of these istiods. */
  SortedSet<String> connectedClusterIds() {
    SortedSet<String> ids = new TreeSet<>();
    istiods.values().forEach(istiod -> istiod.proxies.forEach(proxy -> ids.add(proxy.id())));
    ids.remove("");
    return ids;
  }
}
