package io.meshdoctor.facts;

import java.util.List;

/**
 * Where a VirtualService leads connections and requests that come in at gateways.
 *
 * @param cluster operator's name of the cluster that has the VirtualService
 * @param namespace its namespace
 * @param name its name
 * @param gateways Gateway resources that it is for, as {@code namespace/name}
 * @param port port of the gateway that it asks for; 0 for any
 * @param destination full host name that they are led to
 * @param origin where it was seen
 */
public record GatewayDestination(
    String cluster,
    String namespace,
    String name,
    List<String> gateways,
    int port,
    String destination,
    Origin origin)
    implements Fact {

  public GatewayDestination {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    gateways = Normal.list(gateways);
    destination = Normal.text(destination);
    origin = Normal.origin(origin);
  }

  /** Whether it is for what comes in at a port. */
  public boolean isFor(int number) {
    return port == 0 || port == number;
  }

  @Override
  public String describe() {
    return "virtual service %s/%s of %s leads what comes in at %s of %s to %s"
        .formatted(
            namespace,
            name,
            cluster,
            port == 0 ? "any port" : "port " + port,
            String.join(", ", gateways),
            destination);
  }
}
