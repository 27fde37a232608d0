package io.meshdoctor.facts;

/**
 * Ambient workloads of a cluster are meant to reach other networks, and to be reached from there:
 * something of the mesh was set up for just that. Rules derive it.
 *
 * @param cluster operator's name of a cluster that runs ztunnel
 * @param origin where it was seen: nowhere, for it is derived
 */
public record AmbientAcross(String cluster, Origin origin) implements Fact {

  public AmbientAcross {
    cluster = Normal.text(cluster);
    origin = Normal.origin(origin);
  }

  /** Derived from other facts, of which each says where it was seen. */
  public static AmbientAcross of(String cluster) {
    return new AmbientAcross(cluster, Origin.UNKNOWN);
  }

  @Override
  public String describe() {
    return "ambient workloads of %s are meant to reach other networks".formatted(cluster);
  }
}
