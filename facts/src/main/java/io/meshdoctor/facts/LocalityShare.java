package io.meshdoctor.facts;

import java.util.List;

/**
 * Where a DestinationRule, or else the mesh configuration, sends requests of clients of one
 * locality: an entry of {@code distribute}.
 *
 * @param cluster operator's name of the cluster that has the DestinationRule
 * @param namespace its namespace; empty for the mesh configuration
 * @param name its name; for the mesh configuration, that of its ConfigMap
 * @param host host name of a service that it is about
 * @param fromRegion region of the clients; {@code *} for all
 * @param toRegions regions that requests go to, sorted; {@code *} for all
 * @param origin where it was seen
 */
public record LocalityShare(
    String cluster,
    String namespace,
    String name,
    String host,
    String fromRegion,
    List<String> toRegions,
    Origin origin)
    implements Fact {

  public LocalityShare {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    host = Normal.text(host);
    fromRegion = Normal.text(fromRegion);
    toRegions = Normal.list(toRegions);
    origin = Normal.origin(origin);
  }

  /** Whether it is the mesh configuration that says so. */
  public boolean isOfMesh() {
    return namespace.isEmpty();
  }

  /**
   * Whether clients of some regions get no endpoints of others.
   *
   * @param clients regions of the clients' cluster
   * @param servers regions of the servers' cluster; where it has none, nothing can be told
   */
  public boolean isLeavingOut(List<String> clients, List<String> servers) {
    return (fromRegion.equals("*") || clients.contains(fromRegion))
        && !servers.isEmpty()
        && !toRegions.contains("*")
        && servers.stream().noneMatch(toRegions::contains);
  }

  @Override
  public String describe() {
    return "%s of %s sends requests to %s from %s to %s"
        .formatted(
            isOfMesh() ? "mesh configuration" : "destination rule %s/%s".formatted(namespace, name),
            cluster,
            host,
            fromRegion.equals("*") ? "any region" : fromRegion,
            toRegions.isEmpty() ? "nowhere" : String.join(", ", toRegions));
  }
}
