package io.meshdoctor.facts;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One server of a Gateway resource (networking.istio.io), from the Kubernetes API.
 *
 * @param cluster operator's name of the cluster
 * @param namespace its namespace
 * @param name its name
 * @param selector {@code spec.selector}
 * @param index its place among the servers of its resource, from 0
 * @param port {@code port.number}
 * @param protocol {@code port.protocol}
 * @param tlsMode {@code tls.mode}; empty where absent
 * @param hosts {@code hosts}, without namespace
 * @param origin where it was seen
 */
public record GatewayServer(
    String cluster,
    String namespace,
    String name,
    Map<String, String> selector,
    int index,
    int port,
    String protocol,
    String tlsMode,
    List<String> hosts,
    Origin origin)
    implements Fact {

  public GatewayServer {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    selector = Normal.sorted(selector);
    protocol = Normal.text(protocol);
    tlsMode = Normal.text(tlsMode);
    hosts = Normal.list(hosts);
    origin = Normal.origin(origin);
  }

  /** Whether it passes connections through by their SNI, as an east-west gateway must. */
  public boolean isAutoPassthrough() {
    return tlsMode.equals("AUTO_PASSTHROUGH");
  }

  /** Whether one of its hosts covers a service name such as {@code a.b.svc.cluster.local}. */
  public boolean isCovering(String host) {
    return hosts.stream()
        .anyMatch(
            own ->
                own.equals("*")
                    || own.equals(host)
                    || (own.startsWith("*.") && host.endsWith(own.substring(1))));
  }

  /**
   * The one of Istio's samples, {@code expose-services.yaml}, made for a gateway.
   *
   * @param here cluster of the istiod that configures the gateway
   */
  public static GatewayServer of(Cluster here, EastWestGateway gateway) {
    return new GatewayServer(
        here.name(),
        gateway.namespace(),
        "cross-network-gateway",
        gateway.selector(),
        0,
        gateway.port(),
        "TLS",
        "AUTO_PASSTHROUGH",
        List.of("*.local"),
        Origin.UNKNOWN);
  }

  /** Its hosts and one more. */
  public List<String> hostsWith(String other) {
    return Stream.concat(hosts.stream(), Stream.of(other)).toList();
  }

  /** Its {@code namespace/name}. */
  public String path() {
    return namespace + "/" + name;
  }

  /** Whether both serve one of their hosts. */
  public boolean isSharingHostWith(GatewayServer other) {
    return hosts.stream().anyMatch(other.hosts::contains);
  }

  /** The hosts that both serve, separated by commas. */
  public String sharedHosts(GatewayServer other) {
    return String.join(", ", hosts.stream().filter(other.hosts::contains).toList());
  }

  @Override
  public String describe() {
    return "gateway %s/%s of %s serves %s on port %d with TLS mode %s"
        .formatted(namespace, name, cluster, hosts, port, tlsMode.isEmpty() ? "none" : tlsMode);
  }
}
