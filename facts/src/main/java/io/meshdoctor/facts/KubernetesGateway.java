package io.meshdoctor.facts;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Gateway of the Kubernetes Gateway API (gateway.networking.k8s.io).
 *
 * @param cluster operator's name of the cluster
 * @param namespace its namespace
 * @param name its name
 * @param className {@code spec.gatewayClassName}
 * @param network label {@code topology.istio.io/network}; empty where absent
 * @param labels its labels
 * @param hbonePort port of its first listener of the protocol {@code HBONE}; 0 where it has none
 * @param terminating that listener has TLS mode {@code Terminate}
 * @param passthroughPorts ports of listeners that pass mutual TLS through by its SNI
 * @param addresses values of {@code status.addresses} whose type is {@code IPAddress} or {@code
 *     Hostname}
 * @param internalAddresses those of them that lead to it within its own cluster only: while no load
 *     balancer gave the Service that istiod made for it an address, istiod writes those of the
 *     Service itself there
 * @param namedAddresses {@code spec.addresses} of these types
 * @param untypedAddresses {@code spec.addresses} of no type, or of another one
 * @param replacing {@code spec.infrastructure.labels} is there, and takes the place of its own
 *     labels on what istiod makes for it
 * @param infrastructureLabels those labels
 * @param origin where it was seen
 */
public record KubernetesGateway(
    String cluster,
    String namespace,
    String name,
    String className,
    String network,
    Map<String, String> labels,
    int hbonePort,
    boolean terminating,
    List<Integer> passthroughPorts,
    List<String> addresses,
    List<String> internalAddresses,
    List<String> namedAddresses,
    List<String> untypedAddresses,
    boolean replacing,
    Map<String, String> infrastructureLabels,
    Origin origin)
    implements Fact {

  /**
   * Port for HBONE: ztunnel takes connections there, whatever port of a pod they are meant for, and
   * a client in another cluster takes it for granted of a gateway.
   */
  public static final int HBONE = 15008;

  /** Label with the name of a Gateway, of what istiod made for it. */
  public static final String NAME_LABEL = "gateway.networking.k8s.io/gateway-name";

  private static final Pattern IP =
      Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

  private static final String EAST_WEST = "istio-east-west";

  /** Classes of gateways that serve clients of their own mesh, and lead into no network. */
  private static final Set<String> WAYPOINTS =
      Set.of("istio-waypoint", "istio-agentgateway-waypoint");

  /** Classes that istiod makes a Deployment and a Service for, beside those for waypoints. */
  private static final Set<String> MANAGED = Set.of("istio", EAST_WEST);

  private static final String NETWORK = "topology.istio.io/network";

  /** Switches the reading of {@code spec.addresses} off; on by default. */
  private static final String READS_ADDRESSES = "PILOT_MULTI_NETWORK_DISCOVER_GATEWAY_API";

  public KubernetesGateway {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    className = Normal.text(className);
    network = Normal.text(network);
    labels = Normal.sorted(labels);
    passthroughPorts = Normal.list(passthroughPorts);
    addresses = Normal.list(addresses);
    internalAddresses = Normal.list(internalAddresses);
    namedAddresses = Normal.list(namedAddresses);
    untypedAddresses = Normal.list(untypedAddresses);
    infrastructureLabels = Normal.sorted(infrastructureLabels);
    origin = Normal.origin(origin);
  }

  /**
   * The one that Istio's script for ambient mode makes, once its load balancer has an address.
   *
   * @param there cluster that it stands in
   * @param network network that it leads to
   */
  public static KubernetesGateway of(Cluster there, String network) {
    return new KubernetesGateway(
        there.name(),
        there.systemNamespace(),
        "istio-eastwestgateway",
        EAST_WEST,
        network,
        Map.of(NETWORK, network),
        HBONE,
        true,
        List.of(),
        List.of(EastWestGateway.NEW_ADDRESS),
        List.of(),
        List.of(),
        List.of(),
        false,
        Map.of(),
        Origin.UNKNOWN);
  }

  /** Its {@code namespace/name}. */
  public String path() {
    return namespace + "/" + name;
  }

  /** Its place among all of a mesh: {@code cluster/namespace/name}. */
  public String place() {
    return cluster + "/" + path();
  }

  /** The first address that it names without a type that istiod takes, or a placeholder. */
  public String address() {
    return untypedAddresses.stream()
        .filter(address -> IP.matcher(address).matches() || address.contains("."))
        .findFirst()
        .orElse(EastWestGateway.NEW_ADDRESS);
  }

  /** The type that {@link #address} has to be given. */
  public String typeOfAddress() {
    var address = address();
    return IP.matcher(address).matches() || address.equals(EastWestGateway.NEW_ADDRESS)
        ? "IPAddress"
        : "Hostname";
  }

  /** Whether it is of the class of gateways between networks in ambient mode. */
  public boolean isEastWest() {
    return className.equals(EAST_WEST);
  }

  /** Whether it stands for a gateway of another network, of a cluster that istiod cannot read. */
  public boolean isRemote() {
    return className.equals("istio-remote");
  }

  /** Whether it is a waypoint. */
  public boolean isWaypoint() {
    return WAYPOINTS.contains(className);
  }

  /**
   * Whether it is meant to take traffic of ambient mode from other networks: by its class, or
   * because it takes HBONE for a network that it is labelled with.
   */
  public boolean isForNetwork() {
    return isEastWest() || (!network.isEmpty() && hbonePort != 0 && !isRemote() && !isWaypoint());
  }

  /** Whether other networks could come in at it, with mutual TLS or with HBONE. */
  public boolean isWayIn() {
    return !passthroughPorts.isEmpty() || hbonePort != 0;
  }

  /** Whether istiod makes a Service for it. */
  public boolean isManaged() {
    return MANAGED.contains(className);
  }

  /** Whether it names addresses itself. */
  public boolean isNamingAddresses() {
    return !namedAddresses.isEmpty() || !untypedAddresses.isEmpty();
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
    if (isForeignTo(istiod)) {
      return "it is of class istio-remote, which istiod reads in its own cluster only";
    }
    return "false".equals(istiod.env().get(READS_ADDRESSES))
        ? "%s of istiod is false".formatted(READS_ADDRESSES)
        : namedAddresses.isEmpty() ? "none of them is of type IPAddress or Hostname" : "";
  }

  /**
   * Whether it stands for a gateway in another cluster than the one that the istiod has its
   * configuration from. Of an external one this may be any.
   */
  public boolean isForeignTo(Istiod istiod) {
    return isRemote() && !istiod.external() && !istiod.cluster().equals(cluster);
  }

  /** Whether there is a reason. */
  public boolean isIgnoredBy(Istiod istiod) {
    return !whyIgnoredBy(istiod).isEmpty();
  }

  /** Whether istiod of another cluster takes it for a gateway, once it has an address. */
  public boolean isWellFormed() {
    return flaw().isEmpty();
  }

  /** Whether its status has an address that clients of other clusters could use. */
  public boolean isAddressed() {
    return !internalAddresses.containsAll(addresses);
  }

  /** What its status lacks, to be said after its name. */
  public String lack() {
    return addresses.isEmpty()
        ? "has no address in its status"
        : "has only %s in its status, which leads to it within %s alone"
            .formatted(String.join(", ", addresses), cluster);
  }

  /**
   * Why istiod of another cluster does not take it for a gateway between networks, to be said after
   * its name; empty where it does.
   */
  public String flaw() {
    if (!isEastWest()) {
      return "is of class %s and not of %s"
          .formatted(className.isEmpty() ? "none" : className, EAST_WEST);
    }
    if (hbonePort == 0) {
      return "has no listener of protocol HBONE";
    }
    if (hbonePort != HBONE) {
      return "listens for HBONE on port %d and not on %d".formatted(hbonePort, HBONE);
    }
    if (!terminating) {
      return "has an HBONE listener that does not terminate TLS";
    }
    return network.isEmpty() ? "has no label topology.istio.io/network" : "";
  }

  /**
   * Why istiod of another cluster does not take it for a gateway of a network, to be said after its
   * name; empty where it does.
   */
  public String flawFor(String wanted) {
    var flaw = flaw();
    return flaw.isEmpty() && !network.equals(wanted) ? "is labelled with network " + network : flaw;
  }

  /**
   * Whether it leads into a network, once it has an address: as a gateway in another cluster does,
   * or as one that stands for it in the client's.
   */
  public boolean isTakenFor(String wanted) {
    return network.equals(wanted) && (isWellFormed() || (isRemote() && hbonePort != 0));
  }

  /** Whether the Service and the pods of a gateway were made for it. */
  public boolean isOwnerOf(EastWestGateway gateway) {
    return gateway.cluster().equals(cluster)
        && gateway.namespace().equals(namespace)
        && name.equals(gateway.podLabels().get(NAME_LABEL));
  }

  /** Whether a pod of its namespace has a name as those have that istiod makes for it. */
  public boolean isNaming(String pod) {
    return pod.startsWith(name + "-");
  }

  /** Whether an address and port, such as that of a probe, is its own. */
  public boolean isAt(String target) {
    int colon = target.lastIndexOf(':');
    return target.substring(colon + 1).equals(String.valueOf(hbonePort))
        && addresses.contains(
            target.substring(0, Math.max(colon, 0)).replace("[", "").replace("]", ""));
  }

  private String where() {
    var named = Stream.concat(namedAddresses.stream(), untypedAddresses.stream()).toList();
    return !addresses.isEmpty()
        ? ", at " + String.join(", ", addresses)
        : named.isEmpty() ? ", without an address" : ", and names " + String.join(", ", named);
  }

  @Override
  public String describe() {
    return "gateway %s/%s of %s is of class %s%s%s"
        .formatted(
            namespace,
            name,
            cluster,
            className,
            network.isEmpty() ? "" : ", for " + network,
            where());
  }
}
