package io.meshdoctor.collector;

import io.meshdoctor.facts.Origin;
import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/**
 * Which object of the Kubernetes API of a cluster is meant.
 *
 * @param kind its kind in lower case, with its group where two groups have such a kind
 */
record ObjectKey(String kind, String namespace, String name) implements Comparable<ObjectKey> {

  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::namespace)
          .thenComparing(ObjectKey::name)
          .thenComparing(ObjectKey::kind);

  static ObjectKey of(String kind, JsonNode object) {
    return new ObjectKey(
        kind,
        Fields.text(object, "metadata", "namespace").intern(),
        Fields.text(object, "metadata", "name").intern());
  }

  static ObjectKey service(String namespace, String name) {
    return new ObjectKey("service", namespace, name);
  }

  /**
   * A field of the object as an origin.
   *
   * @param cluster what it belongs to; an external control plane is in another cluster
   */
  Origin at(ClusterState cluster, String field) {
    var place = cluster.placeOf(this);
    return Origin.object(place.name, place.context, kind, namespace, name, field);
  }

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }
}
