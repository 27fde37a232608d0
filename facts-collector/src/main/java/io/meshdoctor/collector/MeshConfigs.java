package io.meshdoctor.collector;

import io.meshdoctor.facts.MeshSettings;
import io.meshdoctor.facts.Origin;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The mesh configurations of a cluster, one for each revision. What an istiod says that it runs
 * with goes before what its ConfigMap has, and of several istiods of one revision the first by name
 * is heard.
 */
final class MeshConfigs {

  private record Read(MeshConfig config, Origin origin) {}

  private final ClusterState cluster;
  private final SortedMap<String, Read> byRevision = new TreeMap<>();

  private MeshConfigs(ClusterState cluster) {
    this.cluster = cluster;
  }

  static MeshConfigs of(ClusterState cluster, String systemNamespace) {
    var configs = new MeshConfigs(cluster);
    cluster.controlPlane.meshConfigs().forEach(configs::reported);
    cluster.kubernetes.meshConfigs.forEach(
        (key, config) -> {
          if (key.namespace().equals(systemNamespace)) {
            configs.byRevision.putIfAbsent(
                ConfigMapConverter.meshRevision(key),
                new Read(config, key.at(cluster, ".data.mesh")));
          }
        });
    return configs;
  }

  private void reported(String istiod, MeshConfig config) {
    var namespace = istiod.substring(0, istiod.indexOf('/'));
    var pod = istiod.substring(istiod.indexOf('/') + 1);
    byRevision.putIfAbsent(
        cluster.kubernetes.revisionOf(namespace, pod),
        new Read(config, Origin.istiod(cluster.name, cluster.context, namespace, pod, "mesh")));
  }

  /** The default one, else the first by revision; null where none was read. */
  @Nullable MeshConfig main() {
    return byRevision.values().stream().map(Read::config).findFirst().orElse(null);
  }

  /** Where {@link #main} was read. */
  Origin mainOrigin() {
    return byRevision.values().stream().map(Read::origin).findFirst().orElse(Origin.UNKNOWN);
  }

  /** Name of the ConfigMap of {@link #main}; empty where none was read. */
  String mainConfigMap() {
    return byRevision.keySet().stream().findFirst().map(MeshSettings::configMapOf).orElse("");
  }

  List<MeshSettings> facts() {
    return byRevision.entrySet().stream()
        .map(
            entry ->
                entry
                    .getValue()
                    .config()
                    .fact(cluster.name, entry.getKey(), entry.getValue().origin()))
        .toList();
  }
}
