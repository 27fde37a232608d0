package io.meshdoctor.facts;

import java.util.List;

/**
 * A gateway of a network as an istiod announces it ({@code networkz}).
 *
 * @param cluster operator's name of the cluster
 * @param istiod pod of the istiod
 * @param network network that it leads to
 * @param id cluster ID of the cluster it stands in
 * @param of operator's name of that cluster; empty where unknown
 * @param address resolved IP address
 * @param port port for mutual TLS, 0 where it has none
 * @param hbonePort port for HBONE, 0 where it has none
 * @param origin where it was seen
 */
public record NetworkGateway(
    String cluster,
    String istiod,
    String network,
    String id,
    String of,
    String address,
    int port,
    int hbonePort,
    Origin origin)
    implements Fact {

  public NetworkGateway {
    cluster = Normal.text(cluster);
    istiod = Normal.text(istiod);
    network = Normal.text(network);
    id = Normal.text(id);
    of = Normal.text(of);
    address = Normal.text(address);
    origin = Normal.origin(origin);
  }

  /**
   * What an istiod announces of a gateway that it knows, one for each address, or name of one.
   *
   * @param here cluster of the istiod
   */
  public static List<NetworkGateway> of(Cluster here, EastWestGateway gateway) {
    var known = gateway.addresses().isEmpty() ? gateway.hostnames() : gateway.addresses();
    return known.stream()
        .map(
            address ->
                new NetworkGateway(
                    here.name(),
                    "",
                    gateway.network(),
                    "",
                    gateway.cluster(),
                    address,
                    gateway.port(),
                    0,
                    Origin.UNKNOWN))
        .toList();
  }

  /** Its address and port: that for mutual TLS, or else that for HBONE. */
  public String target() {
    return (isIpv6() ? "[" + address + "]" : address) + ":" + (port == 0 ? hbonePort : port);
  }

  /** Whether its address is of IPv6. */
  public boolean isIpv6() {
    return address.contains(":");
  }

  /** The port for mutual TLS, else the one for HBONE. */
  public int anyPort() {
    return port == 0 ? hbonePort : port;
  }

  @Override
  public String describe() {
    return "istiod of %s announces %s:%d as a gateway of %s"
        .formatted(cluster, address, anyPort(), network);
  }
}
