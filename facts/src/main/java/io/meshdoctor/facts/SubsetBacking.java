package io.meshdoctor.facts;

import java.util.Map;

/**
 * Pods of one cluster in a subset that some VirtualService sends requests to.
 *
 * @param controlPlane operator's name of the cluster that has the DestinationRule
 * @param namespace namespace of the DestinationRule
 * @param name name of the DestinationRule
 * @param host full host name of the service
 * @param subset name of the subset
 * @param labels labels of the subset
 * @param cluster operator's name of the cluster of the pods
 * @param ready how many ready ones there are
 * @param origin where it was seen
 */
public record SubsetBacking(
    String controlPlane,
    String namespace,
    String name,
    String host,
    String subset,
    Map<String, String> labels,
    String cluster,
    int ready,
    Origin origin)
    implements Fact {

  public SubsetBacking {
    controlPlane = Normal.text(controlPlane);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    host = Normal.text(host);
    subset = Normal.text(subset);
    labels = Normal.sorted(labels);
    cluster = Normal.text(cluster);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "subset %s of %s has %s in %s"
        .formatted(subset, host, Normal.count(ready, "ready pod"), cluster);
  }
}
