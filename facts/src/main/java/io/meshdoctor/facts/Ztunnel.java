package io.meshdoctor.facts;

/**
 * Pods of ztunnel of one owner, the proxies of the nodes in ambient mode, that are configured
 * alike.
 *
 * @param cluster operator's name of the cluster
 * @param namespace their namespace
 * @param name name of the DaemonSet
 * @param pod name of one of the pods
 * @param pods how many they are
 * @param readyPods how many are ready
 * @param clusterId environment variable {@code ISTIO_META_CLUSTER_ID}, else {@code CLUSTER_ID};
 *     {@code Kubernetes} where both are absent
 * @param network environment variable {@code NETWORK}; empty where absent
 * @param serviceAccount service account that they run as
 * @param origin where it was seen
 */
public record Ztunnel(
    String cluster,
    String namespace,
    String name,
    String pod,
    int pods,
    int readyPods,
    String clusterId,
    String network,
    String serviceAccount,
    Origin origin)
    implements Fact {

  public Ztunnel {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    pod = Normal.text(pod);
    clusterId = Normal.text(clusterId);
    network = Normal.text(network);
    serviceAccount = Normal.text(serviceAccount);
    origin = Normal.origin(origin);
  }

  /** Its identity as istiod is told to trust it: {@code namespace/service account}. */
  public String account() {
    return namespace + "/" + serviceAccount;
  }

  /** Its network, else that of its cluster; {@code <network>} where neither is known. */
  public String networkOr(Cluster here) {
    if (!network.isEmpty()) {
      return network;
    }
    return here.network().isEmpty() ? "<network>" : here.network();
  }

  /** Its network, to be said after it. */
  public String place() {
    return network.isEmpty() ? "without a network" : "on " + network;
  }

  @Override
  public String describe() {
    return "ztunnel of %s runs as %s, for cluster %s %s"
        .formatted(cluster, account(), clusterId, place());
  }
}
