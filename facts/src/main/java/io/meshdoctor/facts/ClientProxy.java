package io.meshdoctor.facts;

/**
 * A proxy that was asked itself.
 *
 * @param cluster operator's name of the cluster
 * @param namespace namespace of the pod
 * @param pod name of the pod
 * @param gateway it is a gateway
 * @param id cluster ID that it claims; empty where unknown
 * @param network network that it claims; empty where unset
 * @param networkKnown whether what was read tells its network at all
 * @param services how many services it knows
 * @param origin where it was seen
 */
public record ClientProxy(
    String cluster,
    String namespace,
    String pod,
    boolean gateway,
    String id,
    String network,
    boolean networkKnown,
    int services,
    Origin origin)
    implements Fact {

  public ClientProxy {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    pod = Normal.text(pod);
    id = Normal.text(id);
    network = Normal.text(network);
    origin = Normal.origin(origin);
  }

  /** Its {@code namespace/pod}. */
  public String path() {
    return namespace + "/" + pod;
  }

  @Override
  public String describe() {
    return "proxy %s/%s of %s %s"
        .formatted(
            namespace,
            pod,
            cluster,
            networkKnown ? network.isEmpty() ? "has no network" : "is on " + network : "was asked");
  }
}
