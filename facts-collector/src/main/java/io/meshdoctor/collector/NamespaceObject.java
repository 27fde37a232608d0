package io.meshdoctor.collector;

import io.meshdoctor.facts.NamespaceLabels;
import io.meshdoctor.facts.SystemNamespace;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A Namespace. */
record NamespaceObject(ObjectKey key, Map<String, String> labels, Map<String, String> annotations) {

  static final String NETWORK = "topology.istio.io/network";
  static final String DATAPLANE_MODE = "istio.io/dataplane-mode";
  static final String AMBIENT = "ambient";
  static final String CONTROL_PLANES = "topology.istio.io/controlPlaneClusters";

  static NamespaceObject of(JsonNode item) {
    return new NamespaceObject(
        ObjectKey.of("namespace", item), Fields.labels(item), Fields.annotations(item));
  }

  String network() {
    return labels.getOrDefault(NETWORK, "");
  }

  /** Cluster IDs in its annotation for control planes, split as istiod does: blanks stay. */
  List<String> controlPlanes() {
    return List.of(annotations.getOrDefault(CONTROL_PLANES, "").split(",", -1));
  }

  boolean isAnnotated() {
    return annotations.containsKey(CONTROL_PLANES);
  }

  /** Whether pods in it get a proxy unless they refuse; {@code istio-injection} goes first. */
  boolean isInjecting() {
    var injection = labels.get("istio-injection");
    return injection == null
        ? !labels.getOrDefault("istio.io/rev", "").isEmpty()
        : injection.equals("enabled");
  }

  boolean isAmbient() {
    return dataplaneMode().equals(AMBIENT);
  }

  String dataplaneMode() {
    return labels.getOrDefault(DATAPLANE_MODE, "");
  }

  NamespaceLabels labelsFact(ClusterState cluster) {
    return new NamespaceLabels(
        cluster.name, key.name(), labels, annotations, key.at(cluster, ".metadata.labels"));
  }

  SystemNamespace systemFact(ClusterState cluster) {
    return new SystemNamespace(
        cluster.name,
        key.name(),
        network(),
        isAnnotated(),
        isAnnotated() ? controlPlanes() : List.of(),
        key.at(cluster, ".metadata"));
  }
}
