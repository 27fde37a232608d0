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
 * @param proxy {@code pod.namespace} of one of them
 * @param origin where it was seen
 */
public record StaleProxies(
    String cluster,
    String istiod,
    String of,
    String type,
    boolean rejected,
    int proxies,
    String proxy,
    Origin origin)
    implements Fact {

  public StaleProxies {
    cluster = Normal.text(cluster);
    istiod = Normal.text(istiod);
    of = Normal.text(of);
    type = Normal.text(type);
    proxy = Normal.text(proxy);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "%d %s of %s, %s among them, %s the last %s that istiod of %s sent"
        .formatted(
            proxies,
            proxies == 1 ? "proxy" : "proxies",
            of.isEmpty() ? "an unknown cluster" : of,
            proxy,
            rejected ? "refused" : "never confirmed",
            type,
            cluster);
  }
}
