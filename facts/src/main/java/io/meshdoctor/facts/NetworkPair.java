package io.meshdoctor.facts;

/**
 * Two clusters of the mesh, looked at in one direction; a {@link ClusterWithoutIstio} is of no
 * pair.
 *
 * @param from cluster of the clients
 * @param to cluster of the servers
 * @param fromNetwork network of the clients; empty where unknown
 * @param toNetwork network of the servers; empty where unknown
 * @param crossNetwork whether the two are on different networks, so that a gateway stands between
 *     them
 * @param origin where it was seen
 */
public record NetworkPair(
    String from,
    String to,
    String fromNetwork,
    String toNetwork,
    boolean crossNetwork,
    Origin origin)
    implements Fact {

  public NetworkPair {
    from = Normal.text(from);
    to = Normal.text(to);
    fromNetwork = Normal.text(fromNetwork);
    toNetwork = Normal.text(toNetwork);
    origin = Normal.origin(origin);
  }

  /** Kind of the probe that tests the way itself: to a gateway, or on one network to a pod. */
  public String probeKind() {
    return crossNetwork ? "tcp" : "pod-connectivity";
  }

  @Override
  public String describe() {
    return crossNetwork
        ? "%s is on %s and %s on %s".formatted(from, fromNetwork, to, toNetwork)
        : "%s and %s are on one network%s"
            .formatted(from, to, toNetwork.isEmpty() ? "" : ", " + toNetwork);
  }
}
