package io.meshdoctor.facts;

import java.util.List;

/**
 * Istio's own namespace in a cluster.
 *
 * @param cluster operator's name of the cluster
 * @param name name of the namespace
 * @param network label {@code topology.istio.io/network}; empty where absent
 * @param annotated annotation {@code topology.istio.io/controlPlaneClusters} is there
 * @param controlPlaneClusters values of that annotation, split at commas and not trimmed, as istiod
 *     does
 * @param origin where it was seen
 */
public record SystemNamespace(
    String cluster,
    String name,
    String network,
    boolean annotated,
    List<String> controlPlaneClusters,
    Origin origin)
    implements Fact {

  public SystemNamespace {
    cluster = Normal.text(cluster);
    name = Normal.text(name);
    network = Normal.text(network);
    controlPlaneClusters = Normal.list(controlPlaneClusters);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "namespace %s of %s %s%s"
        .formatted(
            name,
            cluster,
            network.isEmpty() ? "has no network label" : "is labelled with " + network,
            annotated ? ", annotated for the control planes of " + controlPlaneClusters : "");
  }
}
