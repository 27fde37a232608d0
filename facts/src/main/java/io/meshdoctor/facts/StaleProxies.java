package io.meshdoctor.facts;

/**
 * Proxies that have not taken over what their istiod sent them.
 *
 * @param cluster operator's name of the cluster of the istiod
 * @param istiod pod of the istiod
 * @param of operator's name of the cluster of the proxies; empty where unknown
 * @param type what was sent, such as {@code ClusterLoadAssignment}
 * @param rejected they refused it; else they never answered
 * @param proxies how many they are
 * @param gateways how many of them are gateways
 * @param namespace namespace of the pod of one of them
 * @param pod name of that pod
 * @param origin where it was seen
 */
public record StaleProxies(
    String cluster,
    String istiod,
    String of,
    String type,
    boolean rejected,
    int proxies,
    int gateways,
    String namespace,
    String pod,
    Origin origin)
    implements Fact {

  public StaleProxies {
    cluster = Normal.text(cluster);
    istiod = Normal.text(istiod);
    of = Normal.text(of);
    type = Normal.text(type);
    namespace = Normal.text(namespace);
    pod = Normal.text(pod);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "%d %s of %s, %s/%s among them, %s the last %s that istiod of %s sent"
        .formatted(
            proxies,
            proxies == 1 ? "proxy" : "proxies",
            of.isEmpty() ? "an unknown cluster" : of,
            namespace,
            pod,
            rejected ? "refused" : "did not confirm",
            type,
            cluster);
  }
}
