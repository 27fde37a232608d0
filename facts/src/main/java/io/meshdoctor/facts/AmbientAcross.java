package io.meshdoctor.facts;

/**
 * Ambient workloads of a cluster are meant to reach other networks, and to be reached from there:
 * something of the mesh was set up for just that. Rules derive it.
 *
 * @param cluster operator's name of a cluster that runs ztunnel
 */
public record AmbientAcross(String cluster) implements Evidence {

  public AmbientAcross {
    cluster = Normal.text(cluster);
  }

  @Override
  public String describe() {
    return "ambient workloads of %s are meant to reach other networks".formatted(cluster);
  }
}
