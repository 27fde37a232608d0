package io.meshdoctor.facts;

/**
 * Proxies that are connected to an istiod and say the same of themselves .
 *
 * @param cluster operator's name of the cluster
 * @param istiod pod of the istiod
 * @param id cluster ID that they claim
 * @param of operator's name of that cluster; empty where unknown
 * @param namespace namespace they are in
 * @param network {@code NETWORK}; empty where unset
 * @param networkView {@code REQUESTED_NETWORK_VIEW}; empty where unset
 * @param version {@code ISTIO_VERSION}
 * @param gateway they are gateways
 * @param proxies how many they are
 * @param proxy name of one of them
 * @param origin where it was seen
 */
public record ConnectedProxies(
    String cluster,
    String istiod,
    String id,
    String of,
    String namespace,
    String network,
    String networkView,
    String version,
    boolean gateway,
    int proxies,
    String proxy,
    Origin origin)
    implements Fact {

  public ConnectedProxies {
    cluster = Normal.text(cluster);
    istiod = Normal.text(istiod);
    id = Normal.text(id);
    of = Normal.text(of);
    namespace = Normal.text(namespace);
    network = Normal.text(network);
    networkView = Normal.text(networkView);
    version = Normal.text(version);
    proxy = Normal.text(proxy);
    origin = Normal.origin(origin);
  }

  /**
   * Pods of a gateway that are connected to an istiod of a cluster.
   *
   * @param primary cluster of the istiod
   * @param there cluster of the gateway
   */
  public static ConnectedProxies of(Cluster primary, Cluster there, Workload gateway) {
    return new ConnectedProxies(
        primary.name(),
        "",
        there.id(),
        there.name(),
        gateway.namespace(),
        gateway.network(),
        gateway.networkView(),
        there.version(),
        true,
        Math.max(gateway.readyPods(), 1),
        gateway.pod() + "." + gateway.namespace(),
        Origin.UNKNOWN);
  }

  @Override
  public String describe() {
    return "%d %s of cluster %s, network %s, connected to istiod of %s, %s among them"
        .formatted(
            proxies,
            proxies == 1 ? "proxy" : "proxies",
            id,
            network.isEmpty() ? "unset" : network,
            cluster,
            proxy);
  }
}
