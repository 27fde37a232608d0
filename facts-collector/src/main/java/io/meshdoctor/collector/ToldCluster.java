package io.meshdoctor.collector;

import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster an istiod is told of under an ID, by the endpoints that it has: they have the
 * addresses of pods of the cluster that it reads, whatever it takes that one for.
 */
final class ToldCluster {

  /** One service may have the same address in two clusters, whose ranges are often the same. */
  private static final int ENOUGH_SERVICES = 2;

  private final ClusterState holder;
  private final String id;
  private final String domain;

  /**
   * Looks at the endpoints that istiods have under an ID.
   *
   * @param holder the cluster that the istiods run in
   * @param domain domain of that cluster, by which istiods name the hosts of all clusters
   */
  ToldCluster(ClusterState holder, String id, String domain) {
    this.holder = holder;
    this.id = id;
    this.domain = domain;
  }

  /** The cluster that they are told of in place of the one that is meant. */
  Optional<ClusterState> other(ClusterState meant, Collection<ClusterState> all) {
    if (!meant.isListed("EndpointSlice") || services(meant, false) > 0) {
      return Optional.empty();
    }
    var found =
        all.stream()
            .filter(cluster -> cluster != meant && services(cluster, true) >= ENOUGH_SERVICES)
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** How many services of a cluster istiods have with all, or with any, of their addresses. */
  private long services(ClusterState cluster, boolean whole) {
    return cluster.kubernetes.services.values().stream()
        .filter(service -> isHeld(service, cluster.kubernetes.backing(service.key()), whole))
        .count();
  }

  private boolean isHeld(ServiceObject service, @Nullable Backing backing, boolean whole) {
    if (backing == null || backing.endpoints().isEmpty()) {
      return false;
    }
    var host = service.host(domain);
    return holder.controlPlane.istiods().stream()
        .map(istiod -> istiod.shards)
        .anyMatch(
            shards ->
                whole
                    ? backing.endpoints().stream()
                        .allMatch(endpoint -> shards.isAt(host, id, endpoint.address()))
                    : backing.endpoints().stream()
                        .anyMatch(endpoint -> shards.isAt(host, id, endpoint.address())));
  }
}
