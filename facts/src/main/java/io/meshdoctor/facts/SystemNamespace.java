package io.meshdoctor.facts;

import java.util.List;
import java.util.stream.Stream;

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

  /** Whether istiod with this cluster ID manages the cluster, as far as the annotation says. */
  public boolean isAnnotatedFor(String id) {
    return controlPlaneClusters.contains(id) || controlPlaneClusters.contains("*");
  }

  /** The control planes that the annotation names, and one more, without blanks. */
  public List<String> controlPlanesWith(String id) {
    return Stream.concat(controlPlaneClusters.stream().map(String::strip), Stream.of(id))
        .distinct()
        .toList();
  }

  /** Whether the annotation would name this cluster ID, if istiod trimmed its values. */
  public boolean isAnnotatedWithBlanksFor(String id) {
    return controlPlaneClusters.stream().map(String::strip).anyMatch(id::equals);
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
