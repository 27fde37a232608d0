package io.meshdoctor.facts;

/**
 * A listener of a gateway, from the config dump of its Envoy.
 *
 * @param cluster operator's name of the cluster
 * @param namespace namespace of the pod
 * @param pod name of the pod
 * @param port port it listens on
 * @param active it accepts connections; false while it only drains old ones
 * @param chains number of its filter chains
 * @param origin where it was seen
 */
public record GatewayListener(
    String cluster,
    String namespace,
    String pod,
    int port,
    boolean active,
    int chains,
    Origin origin)
    implements Fact {

  public GatewayListener {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    pod = Normal.text(pod);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "gateway %s/%s of %s %s port %d"
        .formatted(
            namespace,
            pod,
            cluster,
            active ? "listens on" : "only drains old connections of",
            port);
  }
}
