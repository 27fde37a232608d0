package io.meshdoctor.facts;

import java.util.Collection;
import java.util.Comparator;
import java.util.regex.Pattern;

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

  private static final Pattern HOST = Pattern.compile("https://(\\[[^\\]]*\\]|[^/:?#]+)");

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

  /**
   * The revision of the first of these by name.
   *
   * @param webhooks facts of this type
   */
  public static String revisionOf(Collection<?> webhooks) {
    return webhooks.stream()
        .map(InjectionWebhook.class::cast)
        .min(Comparator.comparing(InjectionWebhook::name))
        .map(InjectionWebhook::revision)
        .orElse("");
  }

  /** Name of its Service; empty where it names a URL. */
  public String serviceName() {
    return service.substring(service.indexOf('/') + 1);
  }

  /** Namespace of its Service; empty where it names a URL. */
  public String serviceNamespace() {
    return service.substring(0, Math.max(service.indexOf('/'), 0));
  }

  /** Host of its URL; empty where it names a Service. */
  public String host() {
    var host = HOST.matcher(url);
    return host.lookingAt() ? host.group(1) : "";
  }

  /** Whether an API server, by what it says of a call that failed, called this one. */
  public boolean isCalledIn(String text) {
    return url.isEmpty()
        ? !service.isEmpty()
            && text.contains("https://%s.%s.svc:".formatted(serviceName(), serviceNamespace()))
        : text.contains(url);
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
