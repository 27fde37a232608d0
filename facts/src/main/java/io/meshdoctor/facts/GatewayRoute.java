package io.meshdoctor.facts;

/**
 * A service that a gateway passes connections through to, by their SNI.
 *
 * @param cluster operator's name of the cluster
 * @param namespace namespace of the pod of the gateway
 * @param pod name of the pod
 * @param listener port that the gateway listens on
 * @param host host name of the service, which belongs neither to Kubernetes nor to Istio
 * @param port port of the service
 * @param subset subset; empty for none
 * @param origin where it was seen
 */
public record GatewayRoute(
    String cluster,
    String namespace,
    String pod,
    int listener,
    String host,
    int port,
    String subset,
    Origin origin)
    implements Fact {

  public GatewayRoute {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    pod = Normal.text(pod);
    host = Normal.text(host);
    subset = Normal.text(subset);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "gateway %s/%s of %s leads from port %d to %s:%d%s"
        .formatted(
            namespace,
            pod,
            cluster,
            listener,
            host,
            port,
            subset.isEmpty() ? "" : " (subset " + subset + ")");
  }
}
