package io.meshdoctor.facts;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Gateway of the Gateway API ({@code gateway.networking.k8s.io}), which istiod may make pods and
 * a Service for.
 *
 * @param cluster operator's name of the cluster
 * @param namespace its namespace
 * @param name its name
 * @param className {@code spec.gatewayClassName}
 * @param network its label {@code topology.istio.io/network}; empty where absent
 * @param replacing {@code spec.infrastructure.labels} is there, and takes the place of its own
 *     labels on what istiod makes for it
 * @param infrastructureLabels those labels
 * @param addresses {@code spec.addresses} of type {@code IPAddress} or {@code Hostname}
 * @param untypedAddresses {@code spec.addresses} of no type, or of another one
 * @param statusAddresses {@code status.addresses}
 * @param passthroughPorts ports of listeners that pass mutual TLS through by its SNI
 * @param hbonePorts ports of listeners of protocol {@code HBONE}
 * @param origin where it was seen
 */
public record KubernetesGateway(
    String cluster,
    String namespace,
    String name,
    String className,
    String network,
    boolean replacing,
    Map<String, String> infrastructureLabels,
    List<String> addresses,
    List<String> untypedAddresses,
    List<String> statusAddresses,
    List<Integer> passthroughPorts,
    List<Integer> hbonePorts,
    Origin origin)
    implements Fact {

  /** Classes that istiod makes a Deployment and a Service for, beside those for waypoints. */
  private static final Set<String> MANAGED = Set.of("istio", "istio-east-west");

  private static final String NETWORK = "topology.istio.io/network";

  /** Switches the reading of {@code spec.addresses} off; on by default. */
  private static final String READS_ADDRESSES = "PILOT_MULTI_NETWORK_DISCOVER_GATEWAY_API";

  public KubernetesGateway {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    className = Normal.text(className);
    network = Normal.text(network);
    infrastructureLabels = Normal.sorted(infrastructureLabels);
    addresses = Normal.list(addresses);
    untypedAddresses = Normal.list(untypedAddresses);
    statusAddresses = Normal.list(statusAddresses);
    passthroughPorts = Normal.list(passthroughPorts);
    hbonePorts = Normal.list(hbonePorts);
    origin = Normal.origin(origin);
  }

  /** Whether other networks could come in at it. */
  public boolean isEastWest() {
    return !passthroughPorts.isEmpty() || !hbonePorts.isEmpty();
  }

  /** Whether istiod makes a Service for it. */
  public boolean isManaged() {
    return MANAGED.contains(className);
  }

  /** Whether it names addresses itself. */
  public boolean isAddressed() {
    return !addresses.isEmpty() || !untypedAddresses.isEmpty();
  }

  /** Whether its label for the network is not on what istiod makes for it. */
  public boolean isLosingNetwork() {
    return !network.isEmpty() && replacing && !infrastructureLabels.containsKey(NETWORK);
  }

  /**
   * Why an istiod takes no gateway of the network from its {@code spec.addresses}; empty where it
   * does.
   *
   * <p>As {@code handleGatewayResource} of istiod's {@code
   * pilot/pkg/serviceregistry/kube/controller/network.go} does.
   */
  public String whyIgnoredBy(Istiod istiod) {
    return "false".equals(istiod.env().get(READS_ADDRESSES))
        ? "%s of istiod is false".formatted(READS_ADDRESSES)
        : addresses.isEmpty() ? "none of them is of type IPAddress or Hostname" : "";
  }

  /** Whether there is a reason. */
  public boolean isIgnoredBy(Istiod istiod) {
    return !whyIgnoredBy(istiod).isEmpty();
  }

  @Override
  public String describe() {
    return "gateway %s/%s of %s is of class %s%s"
        .formatted(
            namespace,
            name,
            cluster,
            className,
            network.isEmpty() ? "" : ", labelled with " + network);
  }
}
