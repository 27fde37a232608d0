package io.meshdoctor.facts;

import java.util.List;

/**
 * A service as one ztunnel knows it.
 *
 * @param cluster operator's name of the cluster of the ztunnel
 * @param namespace namespace of the ztunnel
 * @param pod name of the ztunnel
 * @param host host name of the service
 * @param endpoints how many endpoints it has; the gateway of a network counts as one
 * @param networks networks of its endpoints; the empty one where an endpoint has none
 * @param waypoint it is reached through a waypoint
 * @param system it belongs to Kubernetes or to Istio itself
 * @param origin where it was seen
 */
public record ZtunnelService(
    String cluster,
    String namespace,
    String pod,
    String host,
    int endpoints,
    List<String> networks,
    boolean waypoint,
    boolean system,
    Origin origin)
    implements Fact {

  public ZtunnelService {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    pod = Normal.text(pod);
    host = Normal.text(host);
    networks = Normal.list(networks);
    origin = Normal.origin(origin);
  }

  /** Its ztunnel as {@code namespace/pod}, the subject of what was read of it. */
  public String path() {
    return namespace + "/" + pod;
  }

  @Override
  public String describe() {
    return "ztunnel %s of %s knows %d %s of %s, on %s"
        .formatted(
            pod,
            cluster,
            endpoints,
            endpoints == 1 ? "endpoint" : "endpoints",
            host,
            networks.isEmpty()
                ? "no network"
                : String.join(
                    ", ",
                    networks.stream().map(own -> own.isEmpty() ? "no network" : own).toList()));
  }
}
