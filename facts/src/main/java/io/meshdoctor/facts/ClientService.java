package io.meshdoctor.facts;

/**
 * A service that a proxy knows: a cluster of its Envoy.
 *
 * @param cluster operator's name of the cluster
 * @param namespace namespace of the pod
 * @param pod name of the pod
 * @param gateway the proxy is a gateway
 * @param host host name of the service
 * @param port port of the service
 * @param subset subset; empty for none
 * @param endpoints how many endpoints it has for it
 * @param system it belongs to Kubernetes or to Istio itself
 * @param origin where it was seen
 */
public record ClientService(
    String cluster,
    String namespace,
    String pod,
    boolean gateway,
    String host,
    int port,
    String subset,
    int endpoints,
    boolean system,
    Origin origin)
    implements Fact {

  public ClientService {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    pod = Normal.text(pod);
    host = Normal.text(host);
    subset = Normal.text(subset);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "proxy %s/%s of %s knows %s:%d%s with %s"
        .formatted(
            namespace,
            pod,
            cluster,
            host,
            port,
            subset.isEmpty() ? "" : " (subset " + subset + ")",
            Normal.count(endpoints, "endpoint"));
  }
}
