package io.meshdoctor.collector;

import io.meshdoctor.facts.KubeService;
import io.meshdoctor.facts.KubernetesGateway;
import io.meshdoctor.facts.ServicePort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A Service.
 *
 * @param clusterIps its addresses within the cluster
 * @param connectionPorts numbers of those of which Envoy balances connections
 * @param nodePorts from a port to the one of the nodes that leads to it
 * @param ingressIps addresses of its load balancer
 * @param ingressHosts host names of its load balancer that have no address
 */
record ServiceObject(
    ObjectKey key,
    String type,
    boolean headless,
    List<String> clusterIps,
    List<ServicePort> ports,
    List<Integer> connectionPorts,
    Map<Integer, Integer> nodePorts,
    Map<String, String> selector,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<String> ingressIps,
    List<String> ingressHosts,
    List<String> externalIps,
    String externalName,
    String internalTrafficPolicy,
    String trafficDistribution) {

  private static final String USE_WAYPOINT = "istio.io/use-waypoint";
  private static final String TRAFFIC_DISTRIBUTION = "networking.istio.io/traffic-distribution";

  static ServiceObject of(JsonNode item) {
    var spec = item.path("spec");
    var annotations = Fields.annotations(item);
    List<String> ips = new ArrayList<>();
    List<String> hosts = new ArrayList<>();
    for (var ingress : Fields.elements(item, "status", "loadBalancer", "ingress")) {
      var ip = Fields.text(ingress, "ip");
      var host = Fields.text(ingress, "hostname");
      if (!ip.isEmpty()) {
        ips.add(ip);
      } else if (!host.isEmpty()) {
        hosts.add(host);
      }
    }
    var distribution = Fields.text(spec, "trafficDistribution");
    var type = Fields.text(spec, "type");
    return new ServiceObject(
        ObjectKey.of("service", item),
        type.isEmpty() ? "ClusterIP" : type,
        Fields.text(spec, "clusterIP").equals("None"),
        clusterIps(spec),
        Fields.elements(spec, "ports").stream().map(ServiceObject::port).toList(),
        Fields.elements(spec, "ports").stream()
            .filter(PortProtocol::isBalancedByConnection)
            .map(port -> Fields.number(port, 0, "port"))
            .toList(),
        nodePorts(spec),
        Fields.map(spec, "selector"),
        Fields.labels(item),
        annotations,
        ips,
        hosts,
        Fields.texts(spec.path("externalIPs")),
        Fields.text(spec, "externalName"),
        Fields.text(spec, "internalTrafficPolicy"),
        distribution.isEmpty() ? annotations.getOrDefault(TRAFFIC_DISTRIBUTION, "") : distribution);
  }

  /** Both of a Service of two families; servers of old give only the first. */
  private static List<String> clusterIps(JsonNode spec) {
    var all = Fields.texts(spec.path("clusterIPs"));
    return all.isEmpty() ? List.of(Fields.text(spec, "clusterIP")) : all;
  }

  private static ServicePort port(JsonNode port) {
    var protocol = Fields.text(port, "protocol");
    return new ServicePort(
        Fields.text(port, "name"),
        Fields.number(port, 0, "port"),
        protocol.isEmpty() ? "TCP" : protocol,
        Fields.text(port, "targetPort"));
  }

  private static Map<Integer, Integer> nodePorts(JsonNode spec) {
    Map<Integer, Integer> nodePorts = new HashMap<>();
    for (var port : Fields.elements(spec, "ports")) {
      int nodePort = Fields.number(port, 0, "nodePort");
      if (nodePort > 0) {
        nodePorts.put(Fields.number(port, 0, "port"), nodePort);
      }
    }
    return nodePorts;
  }

  /** Whether istiod made it for a Gateway of the Gateway API. */
  boolean isOfGateway(ObjectKey gateway) {
    return key.namespace().equals(gateway.namespace())
        && gateway.name().equals(labels.get(KubernetesGateway.NAME_LABEL));
  }

  boolean isExternalName() {
    return type.equals("ExternalName");
  }

  boolean hasPort(int number) {
    return ports.stream().anyMatch(port -> port.number() == number);
  }

  String host(String domain) {
    return (key.name() + "." + key.namespace() + ".svc." + domain).intern();
  }

  /** Its wish for near endpoints, else that of its namespace. */
  private String trafficDistribution(ClusterState cluster) {
    var namespace = cluster.kubernetes.namespace(key.namespace());
    return trafficDistribution.isEmpty() && namespace != null
        ? namespace.annotations().getOrDefault(TRAFFIC_DISTRIBUTION, "")
        : trafficDistribution;
  }

  /**
   * The waypoint that it asks for, itself or by its namespace, as {@code namespace/name}; empty
   * where there is none, and for what istiod made for a Gateway.
   */
  private String waypoint(ClusterState cluster) {
    if (labels.containsKey(KubernetesGateway.NAME_LABEL)) {
      return "";
    }
    var own = labels.containsKey(USE_WAYPOINT) ? labels : namespaceLabels(cluster);
    var name = own.getOrDefault(USE_WAYPOINT, "none");
    return name.equals("none")
        ? ""
        : own.getOrDefault(USE_WAYPOINT + "-namespace", key.namespace()) + "/" + name;
  }

  /** Labels of its namespace; none where that was not read. */
  Map<String, String> namespaceLabels(ClusterState cluster) {
    var namespace = cluster.kubernetes.namespace(key.namespace());
    return namespace == null ? Map.of() : namespace.labels();
  }

  KubeService fact(ClusterState cluster, String domain, boolean system, List<String> globalTo) {
    return new KubeService(
        cluster.name,
        key.namespace(),
        key.name(),
        host(domain),
        type,
        headless,
        clusterIps,
        ports,
        connectionPorts,
        selector,
        labels,
        annotations,
        internalTrafficPolicy,
        trafficDistribution(cluster),
        externalName,
        system,
        waypoint(cluster),
        globalTo,
        key.at(cluster, ".spec"));
  }
}
