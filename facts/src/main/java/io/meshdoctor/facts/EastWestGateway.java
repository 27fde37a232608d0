package io.meshdoctor.facts;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Service that is, or looks as if it were meant to be, the east-west gateway of a cluster.
 *
 * @param cluster operator's name of the cluster
 * @param namespace its namespace
 * @param name its name
 * @param type {@code spec.type}
 * @param network label {@code topology.istio.io/network} of the Service; empty where absent
 * @param podNetwork the same label of the pods behind it; empty where absent
 * @param addresses IP addresses that istiod takes from it: load balancer ingress, then external
 *     IPs, then those of the nodes that a NodePort opts in
 * @param hostnames host names of the load balancer ingress
 * @param ports {@code spec.ports[].port}
 * @param port number that istiod looks for: 15443, or the label {@code
 *     networking.istio.io/gatewayPort}
 * @param portLabel value of that label; empty where absent
 * @param nodePortOptIn annotation {@code traffic.istio.io/nodeSelector} is there
 * @param podLabels labels of the pods behind it, or of the template that makes them
 * @param readyPods ready endpoints behind it, -1 where they were not read
 * @param annotations annotations of the Service
 * @param origin where it was seen
 */
public record EastWestGateway(
    String cluster,
    String namespace,
    String name,
    String type,
    String network,
    String podNetwork,
    List<String> addresses,
    List<String> hostnames,
    List<Integer> ports,
    int port,
    String portLabel,
    boolean nodePortOptIn,
    Map<String, String> podLabels,
    int readyPods,
    Map<String, String> annotations,
    Origin origin)
    implements Fact {

  /** Annotations of load balancers of clouds that break mutual TLS from end to end. */
  private static final Pattern INTERFERING =
      Pattern.compile(
          "service\\.beta\\.kubernetes\\.io/"
              + "(aws-load-balancer-ssl-cert=.+"
              + "|aws-load-balancer-backend-protocol=(?i:https?|ssl)"
              + "|aws-load-balancer-proxy-protocol=.+"
              + "|do-loadbalancer-enable-proxy-protocol=true"
              + "|do-loadbalancer-protocol=(?i:https?2?|http3)"
              + "|linode-loadbalancer-default-protocol=(?i:https?)"
              + "|linode-loadbalancer-default-proxy-protocol=v[12]"
              + "|oci-load-balancer-tls-secret=.+"
              + "|scw-loadbalancer-proxy-protocol-v[12]=.+"
              + "|ovh-loadbalancer-proxy-protocol=.+"
              + "|openstack-loadbalancer-proxy-protocol=true)"
              + "|loadbalancer\\.openstack\\.org/proxy-protocol=true"
              + "|load-balancer\\.hetzner\\.cloud/"
              + "(uses-proxyprotocol=true|protocol=https?|http-certificates=.+)");

  /** What stands for an address that is not given out yet. */
  public static final String NEW_ADDRESS = "<address>";

  public EastWestGateway {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    type = Normal.text(type);
    network = Normal.text(network);
    podNetwork = Normal.text(podNetwork);
    addresses = Normal.list(addresses);
    hostnames = Normal.list(hostnames);
    ports = Normal.list(ports);
    portLabel = Normal.text(portLabel);
    podLabels = Normal.sorted(podLabels);
    annotations = Normal.sorted(annotations);
    origin = Normal.origin(origin);
  }

  /**
   * The one that Istio's installation makes, once its load balancer has an address.
   *
   * @param there cluster that it stands in
   * @param network network that it leads to
   */
  public static EastWestGateway of(Cluster there, String network) {
    return new EastWestGateway(
        there.name(),
        there.systemNamespace(),
        "istio-eastwestgateway",
        "LoadBalancer",
        network,
        network,
        List.of(NEW_ADDRESS),
        List.of(),
        List.of(15021, 15443, 15012, 15017),
        15443,
        "",
        false,
        Map.of("app", "istio-eastwestgateway", "istio", "eastwestgateway"),
        1,
        Map.of(),
        Origin.UNKNOWN);
  }

  /**
   * The one that istiod makes for the Gateway of Istio's script for ambient mode, once its load
   * balancer has an address.
   *
   * @param there cluster that it stands in
   * @param network network that it leads to
   */
  public static EastWestGateway ofAmbient(Cluster there, String network) {
    return new EastWestGateway(
        there.name(),
        there.systemNamespace(),
        "istio-eastwestgateway",
        "LoadBalancer",
        network,
        network,
        List.of(NEW_ADDRESS),
        List.of(),
        List.of(15021, KubernetesGateway.HBONE),
        15443,
        "",
        false,
        Map.of(KubernetesGateway.NAME_LABEL, "istio-eastwestgateway"),
        1,
        Map.of(),
        Origin.UNKNOWN);
  }

  /** Its ports and one more. */
  public List<Integer> portsWith(int other) {
    return Stream.concat(ports.stream(), Stream.of(other)).distinct().toList();
  }

  /**
   * The port of the Service that may pass mutual TLS: 15443, or else the last one, as the first is
   * that of its health.
   */
  public int passingPort() {
    return ports.isEmpty() || ports.contains(15443) ? 15443 : ports.get(ports.size() - 1);
  }

  /** Whether the port that istiod looks for, or the one for HBONE, is among its ports. */
  public boolean isListening() {
    return ports.contains(port) || isForAmbient();
  }

  /** Whether the port for HBONE is among its ports, on which it takes traffic of ambient mode. */
  public boolean isForAmbient() {
    return ports.contains(KubernetesGateway.HBONE);
  }

  /** The port that other networks connect to: the one that istiod looks for, else for HBONE. */
  public int portOfNetwork() {
    return !ports.contains(port) && isForAmbient() ? KubernetesGateway.HBONE : port;
  }

  /** Whether it has anything that istiod could announce. */
  public boolean isAddressed() {
    return !addresses.isEmpty() || !hostnames.isEmpty();
  }

  /** Whether istiod announces it as a gateway of the network that it is labelled with. */
  public boolean isAnnounced() {
    return !network.isEmpty()
        && isListening()
        && (isAddressed() || (type.equals("NodePort") && nodePortOptIn));
  }

  /** Whether istiod made it for a Gateway of the Gateway API, which configures it alone. */
  public boolean isManaged() {
    return podLabels.containsKey(KubernetesGateway.NAME_LABEL);
  }

  /**
   * Whether an address and port, such as that of a probe, can be its own: one of its addresses, or
   * any one on its port where it has host names, which resolve to what is not seen here.
   */
  public boolean isAt(String target) {
    int colon = target.lastIndexOf(':');
    if (!target.substring(colon + 1).equals(String.valueOf(port))) {
      return false;
    }
    var host = target.substring(0, Math.max(colon, 0)).replace("[", "").replace("]", "");
    return !hostnames.isEmpty() || addresses.contains(host);
  }

  /** Whether a Gateway with this selector applies to its pods. */
  public boolean isSelectedBy(Map<String, String> selector) {
    return podLabels.entrySet().containsAll(selector.entrySet());
  }

  /**
   * The selector that means its pods: by their label {@code istio}, else by all of their labels.
   */
  public Map<String, String> selector() {
    var istio = podLabels.get("istio");
    return istio == null ? podLabels : Map.of("istio", istio);
  }

  /**
   * Whether the Gateway of Istio's samples, {@code expose-services.yaml}, is about its port, and
   * about its pods as far as they are known.
   */
  public boolean isAsInSamples() {
    return port == 15443
        && (podLabels.isEmpty() || "eastwestgateway".equals(podLabels.get("istio")));
  }

  /**
   * Which of two Gateway resources for its port can go: one that does not pass through, else one of
   * another namespace.
   */
  public GatewayServer sparing(GatewayServer one, GatewayServer other) {
    boolean keepsOther =
        one.isAutoPassthrough() == other.isAutoPassthrough()
            ? other.namespace().equals(namespace) && !one.namespace().equals(namespace)
            : other.isAutoPassthrough();
    return keepsOther ? one : other;
  }

  /**
   * The annotation that has a load balancer end TLS, speak HTTP or put a header before connections,
   * as {@code name=value}; empty where none does.
   */
  public String interference() {
    return annotations.entrySet().stream()
        .filter(EastWestGateway::isInterfering)
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .findFirst()
        .orElse("");
  }

  /** Names of all annotations that do so. */
  public List<String> interfering() {
    return annotations.entrySet().stream()
        .filter(EastWestGateway::isInterfering)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** All other annotations. */
  public Map<String, String> harmlessAnnotations() {
    return annotations.entrySet().stream()
        .filter(entry -> !isInterfering(entry))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static boolean isInterfering(Map.Entry<String, String> annotation) {
    return INTERFERING.matcher(annotation.getKey() + "=" + annotation.getValue()).matches();
  }

  /** Whether a Service for istiod of some cluster leads to one of its addresses. */
  public boolean isReachedThrough(IstiodService service) {
    return service.addresses().stream().anyMatch(addresses::contains)
        || hostnames.contains(service.externalName());
  }

  @Override
  public String describe() {
    return "service %s/%s of %s is an east-west gateway%s%s"
        .formatted(
            namespace,
            name,
            cluster,
            network.isEmpty() ? " without a network label" : " labelled with " + network,
            addresses.isEmpty() && hostnames.isEmpty()
                ? ", without an address"
                : " at " + String.join(", ", addresses.isEmpty() ? hostnames : addresses));
  }
}
