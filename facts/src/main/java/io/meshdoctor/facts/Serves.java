package io.meshdoctor.facts;

/**
 * A control plane is meant to serve the proxies of a cluster.
 *
 * @param controlPlane cluster that the istiod runs in
 * @param cluster operator's name of the cluster
 * @param origin where it was seen
 */
public record Serves(String controlPlane, String cluster, Origin origin) implements Fact {

  public Serves {
    controlPlane = Normal.text(controlPlane);
    cluster = Normal.text(cluster);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return controlPlane.equals(cluster)
        ? "istiod of %s serves its own cluster".formatted(cluster)
        : "istiod of %s serves %s".formatted(controlPlane, cluster);
  }
}
