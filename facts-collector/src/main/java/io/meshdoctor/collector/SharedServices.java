package io.meshdoctor.collector;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The Services of all clusters by what clusters have in common of them: namespace and name. */
final class SharedServices {

  private final MeshState mesh;
  private final SortedMap<String, ObjectKey> byHost = new TreeMap<>();

  SharedServices(MeshState mesh, Identities identities) {
    this.mesh = mesh;
    for (var cluster : mesh.clusters().values()) {
      var domain = identities.domain(cluster);
      for (var service : cluster.kubernetes.services.values()) {
        if (!identities.systemServices().has(service.key())) {
          byHost.put(service.host(domain), service.key());
        }
      }
    }
  }

  /** Host names of all of them, but those of Kubernetes and of Istio. */
  Set<String> hosts() {
    return byHost.keySet();
  }

  Optional<ObjectKey> key(String host) {
    return Optional.ofNullable(byHost.get(host));
  }

  /** The clusters. */
  Collection<ClusterState> clusters() {
    return mesh.clusters().values();
  }

  /**
   * The cluster whose Service tells a control plane the ports, the export and the balancing: its
   * own one, else the first that has it.
   *
   * <p>As {@code GetService} of {@code pilot/pkg/serviceregistry/aggregate/controller.go} does: the
   * registry of the own cluster comes first, and of the others only addresses are added.
   */
  Optional<ClusterState> model(ClusterState controlPlane, ObjectKey service) {
    return controlPlane.kubernetes.services.containsKey(service)
        ? Optional.of(controlPlane)
        : clusters().stream()
            .filter(cluster -> cluster.kubernetes.services.containsKey(service))
            .findFirst();
  }
}
