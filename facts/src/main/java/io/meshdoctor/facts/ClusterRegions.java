package io.meshdoctor.facts;

import java.util.List;

/**
 * The regions of the nodes of a cluster.
 *
 * @param cluster operator's name of the cluster
 * @param regions values of {@code topology.kubernetes.io/region}, sorted
 * @param origin where it was seen
 */
public record ClusterRegions(String cluster, List<String> regions, Origin origin) implements Fact {

  public ClusterRegions {
    cluster = Normal.text(cluster);
    regions = Normal.list(regions);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "nodes of %s are in %s"
        .formatted(cluster, regions.isEmpty() ? "no region" : String.join(", ", regions));
  }
}
