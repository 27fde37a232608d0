package io.meshdoctor.collector;

import io.meshdoctor.facts.KubernetesGateway;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A Gateway of the Kubernetes Gateway API.
 *
 * @param replacing it has labels for its infrastructure
 */
record KubernetesGatewayObject(
    ObjectKey key,
    String className,
    Map<String, String> labels,
    int hbonePort,
    boolean terminating,
    List<Integer> passthroughPorts,
    List<String> addresses,
    List<String> namedAddresses,
    List<String> untypedAddresses,
    boolean replacing,
    Map<String, String> infrastructureLabels) {

  /** Of other types, and of those without one, istiod takes no address. */
  private static final Set<String> TYPES = Set.of("IPAddress", "Hostname");

  private static final String PASSTHROUGH = "gateway.istio.io/listener-protocol";
  private static final String PORT_LABEL = "networking.istio.io/gatewayPort";
  private static final String MTLS = "15443";

  static KubernetesGatewayObject of(JsonNode item) {
    var labels = Fields.labels(item);
    var listeners = Fields.elements(item, "spec", "listeners");
    var named = Fields.elements(item, "spec", "addresses");
    var hbone =
        listeners.stream()
            .filter(listener -> Fields.text(listener, "protocol").equals("HBONE"))
            .findFirst();
    return new KubernetesGatewayObject(
        ObjectKey.of("gateway.gateway.networking.k8s.io", item),
        Fields.text(item, "spec", "gatewayClassName"),
        labels,
        hbone.map(listener -> Fields.number(listener, 0, "port")).orElse(0),
        hbone.filter(one -> Fields.text(one, "tls", "mode").equals("Terminate")).isPresent(),
        listeners.stream()
            .filter(listener -> isPassingThrough(listener, labels))
            .map(listener -> Fields.number(listener, 0, "port"))
            .toList(),
        values(Fields.elements(item, "status", "addresses"), true),
        values(named, true),
        values(named, false),
        Fields.at(item, "spec", "infrastructure", "labels").isObject(),
        Fields.map(item, "spec", "infrastructure", "labels"));
  }

  /** Addresses of the types that istiod takes, or the others. */
  private static List<String> values(List<JsonNode> addresses, boolean taken) {
    return addresses.stream()
        .filter(address -> TYPES.contains(Fields.text(address, "type")) == taken)
        .map(address -> Fields.text(address, "value"))
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /**
   * Whether a listener passes mutual TLS through by its SNI: it says so, or is on the port for it
   * of a gateway that is labelled with its network.
   *
   * <p>As {@code IsAutoPassthrough} of istiod's {@code pilot/pkg/serviceregistry/kube} does.
   */
  private static boolean isPassingThrough(JsonNode listener, Map<String, String> labels) {
    boolean onPort =
        labels.containsKey(NamespaceObject.NETWORK)
            && Fields.text(listener, "port").equals(labels.getOrDefault(PORT_LABEL, MTLS));
    return listener.path("tls").isObject()
        && (onPort
            || Fields.text(listener, "tls", "options", PASSTHROUGH).equals("auto-passthrough"));
  }

  /**
   * Addresses in its status that are of the Service that was made for it.
   *
   * <p>As {@code reportGatewayStatus} of istiod's {@code pilot/pkg/config/kube/gateway} writes them
   * where there are no others.
   */
  private List<String> internalAddresses(ClusterState cluster, String domain) {
    var own =
        cluster.kubernetes.services.values().stream()
            .filter(service -> service.isOfGateway(key))
            .flatMap(
                service ->
                    Stream.concat(service.clusterIps().stream(), Stream.of(service.host(domain))))
            .collect(Collectors.toSet());
    return addresses.stream().filter(own::contains).toList();
  }

  KubernetesGateway fact(ClusterState cluster, String domain) {
    return new KubernetesGateway(
        cluster.name,
        key.namespace(),
        key.name(),
        className,
        labels.getOrDefault(NamespaceObject.NETWORK, ""),
        labels,
        hbonePort,
        terminating,
        passthroughPorts,
        addresses,
        internalAddresses(cluster, domain),
        namedAddresses,
        untypedAddresses,
        replacing,
        infrastructureLabels,
        key.at(cluster, ""));
  }
}
