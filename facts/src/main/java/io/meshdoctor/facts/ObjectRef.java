package io.meshdoctor.facts;

import java.util.Comparator;

/**
 * An object of a cluster that a finding names.
 *
 * @param cluster operator's name of the cluster
 * @param kind its kind, as in {@link Origin#kind}
 * @param namespace its namespace, empty for cluster-scoped ones
 * @param name its name
 */
public record ObjectRef(String cluster, String kind, String namespace, String name)
    implements Comparable<ObjectRef> {

  private static final Comparator<ObjectRef> ORDER =
      Comparator.comparing(ObjectRef::cluster)
          .thenComparing(ObjectRef::kind)
          .thenComparing(ObjectRef::namespace)
          .thenComparing(ObjectRef::name);

  /** The object that a fact was seen in. */
  public static ObjectRef of(Origin origin) {
    return new ObjectRef(origin.cluster(), origin.kind(), origin.namespace(), origin.name());
  }

  @Override
  public int compareTo(ObjectRef other) {
    return ORDER.compare(this, other);
  }
}
