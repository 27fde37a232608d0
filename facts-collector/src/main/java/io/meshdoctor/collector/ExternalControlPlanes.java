package io.meshdoctor.collector;

import io.meshdoctor.facts.Listed;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Finds control planes that run in another cluster than the one that they have their configuration
 * from, and counts them among what belongs to that one: its services, its resources and the
 * clusters that it reads are what such an istiod knows. Where things are, {@link
 * ClusterState#placeOf} still tells.
 */
final class ExternalControlPlanes {

  /** With this, istiod looks for remote secrets where it runs, and not where it is configured. */
  private static final String WATCHER = "LOCAL_CLUSTER_SECRET_WATCHER";

  private static final String SECRET = "Secret";

  private final MeshState mesh;
  private final ClusterIds ids;

  private ExternalControlPlanes(MeshState mesh) {
    this.mesh = mesh;
    this.ids = ClusterIds.of(mesh);
  }

  /** Does so once all is read; a second time changes nothing. */
  static void settle(MeshState mesh) {
    // most meshes have none, and then nobody has to know who is called how
    if (mesh.clusters().values().stream().anyMatch(host -> watching(host).findAny().isPresent())) {
      var external = new ExternalControlPlanes(mesh);
      mesh.clusters().values().forEach(external::moveFrom);
    }
  }

  /** The pods of istiod that have their configuration from another cluster. */
  private static Stream<IstiodPod> watching(ClusterState host) {
    return host.kubernetes.pods.istiods().stream()
        .filter(istiod -> "true".equals(istiod.template().env().get(WATCHER)));
  }

  private void moveFrom(ClusterState host) {
    watching(host)
        .forEach(
            istiod -> {
              var configured =
                  mesh.clusters().values().stream()
                      .filter(other -> other != host && isCalled(other, istiod.clusterId()))
                      .toList();
              if (configured.size() == 1) {
                move(istiod.key().namespace(), host, configured.get(0));
              }
            });
  }

  private boolean isCalled(ClusterState cluster, String id) {
    return !id.isEmpty() && ids.of(cluster).value().equals(id);
  }

  /** Moves what a namespace has of a control plane. */
  private static void move(String namespace, ClusterState host, ClusterState to) {
    var from = host.kubernetes;
    var own = to.kubernetes;
    for (var istiod : from.istiods(namespace)) {
      from.pods.remove(istiod);
      own.pods.add(istiod);
      to.isIn(host, istiod.key());
      host.handOver(istiod.key(), to);
    }
    move(namespace, from.remoteSecrets, host, own.remoteSecrets, to);
    move(namespace, from.authorities, host, own.authorities, to);
    move(namespace, from.injectors, host, own.injectors, to);
    move(namespace, from.meshConfigs, host, own.meshConfigs, to);
    from.hosted.put(namespace, to.name);
    // its Secrets are those of the host
    to.notListed(Set.of(SECRET, Listed.SECRET_METADATA));
    for (var all : List.copyOf(host.listed())) {
      if (all.subject().isEmpty() && all.kind().startsWith(SECRET)) {
        to.listed(all.kind(), "", all.origin());
      }
    }
  }

  private static <T> void move(
      String namespace,
      SortedMap<ObjectKey, T> from,
      ClusterState host,
      SortedMap<ObjectKey, T> own,
      ClusterState to) {
    for (var key : List.copyOf(from.keySet())) {
      var object = from.get(key);
      if (object != null && key.namespace().equals(namespace)) {
        from.remove(key);
        if (own.putIfAbsent(key, object) == null) {
          to.isIn(host, key);
        }
      }
    }
  }
}
