package io.meshdoctor.facts;

import java.util.List;

/**
 * Endpoints of a host in one shard of an istiod that are alike ({@code endpointShardz}).
 *
 * @param cluster operator's name of the cluster
 * @param istiod pod of the istiod
 * @param host host name of the service
 * @param registry {@code Kubernetes} or {@code External}
 * @param id cluster ID of the shard
 * @param of operator's name of that cluster; empty where unknown
 * @param network network that istiod sees them on; empty where none
 * @param tlsMode {@code istio} where they have a proxy, else {@code disabled}
 * @param portName name of the service port
 * @param port endpoint port
 * @param endpoints how many they are
 * @param healthy how many are ready
 * @param address address of one of them
 * @param outdated the EndpointSlices of that cluster were read, and of the addresses that they name
 *     for the host the shard has none
 * @param origin where it was seen
 */
public record ShardEndpoints(
    String cluster,
    String istiod,
    String host,
    String registry,
    String id,
    String of,
    String network,
    String tlsMode,
    String portName,
    int port,
    int endpoints,
    int healthy,
    String address,
    boolean outdated,
    Origin origin)
    implements Fact {

  public ShardEndpoints {
    cluster = Normal.text(cluster);
    istiod = Normal.text(istiod);
    host = Normal.text(host);
    registry = Normal.text(registry);
    id = Normal.text(id);
    of = Normal.text(of);
    network = Normal.text(network);
    tlsMode = Normal.text(tlsMode);
    portName = Normal.text(portName);
    address = Normal.text(address);
    origin = Normal.origin(origin);
  }

  /**
   * What an istiod has once it has read services of another cluster, one for each of them.
   *
   * @param there cluster of the services
   */
  public static List<ShardEndpoints> of(Istiod istiod, Cluster there, List<KubeService> services) {
    return services.stream()
        .map(
            service ->
                new ShardEndpoints(
                    istiod.cluster(),
                    istiod.pod(),
                    service.host(),
                    "Kubernetes",
                    there.id(),
                    there.name(),
                    there.network(),
                    "",
                    "",
                    0,
                    1,
                    1,
                    "",
                    false,
                    Origin.UNKNOWN))
        .toList();
  }

  /** Whether its address is of IPv6. */
  public boolean isIpv6() {
    return address.contains(":");
  }

  @Override
  public String describe() {
    return "istiod of %s knows %s of %s in %s, on %s, TLS %s"
        .formatted(
            cluster,
            Normal.count(endpoints, "endpoint"),
            host,
            of.isEmpty() ? id : of,
            network.isEmpty() ? "no network" : network,
            tlsMode);
  }
}
