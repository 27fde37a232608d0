package io.meshdoctor.facts;

/**
 * The webhook that injects proxies, one for each configuration that is switched on.
 *
 * @param cluster operator's name of the cluster
 * @param name name of the MutatingWebhookConfiguration
 * @param revision label {@code istio.io/rev}
 * @param path path of the request: {@code clientConfig.service.path}, or of the URL
 * @param pathCluster cluster ID in the path; empty where absent
 * @param pathNetwork network in the path; empty where absent
 * @param url {@code clientConfig.url}; empty where it names a Service
 * @param service {@code namespace/name} of its Service; empty where it names a URL
 * @param caFingerprint SHA-256 of its CA bundle; empty where absent
 * @param origin where it was seen
 */
public record InjectionWebhook(
    String cluster,
    String name,
    String revision,
    String path,
    String pathCluster,
    String pathNetwork,
    String url,
    String service,
    String caFingerprint,
    Origin origin)
    implements Fact {

  public InjectionWebhook {
    cluster = Normal.text(cluster);
    name = Normal.text(name);
    revision = Normal.text(revision);
    path = Normal.text(path);
    pathCluster = Normal.text(pathCluster);
    pathNetwork = Normal.text(pathNetwork);
    url = Normal.text(url);
    service = Normal.text(service);
    caFingerprint = Normal.text(caFingerprint);
    origin = Normal.origin(origin);
  }

  /** The path by which an istiod injects for a remote cluster. */
  public static String pathOf(String id, String network) {
    return "/inject/cluster/" + id + (network.isEmpty() ? "" : "/net/" + network);
  }

  /**
   * The cluster ID that its path has to name; {@code <cluster-ID-of-NAME>} where nothing but the
   * path tells it.
   *
   * @param remote the cluster that it is in
   */
  public String idOf(Cluster remote) {
    return remote.id().isEmpty() || remote.id().equals(pathCluster)
        ? "<cluster-ID-of-" + remote.name() + ">"
        : remote.id();
  }

  @Override
  public String describe() {
    return "webhook %s of %s injects through %s"
        .formatted(name, cluster, url.isEmpty() ? path : url);
  }
}
