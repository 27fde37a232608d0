package io.meshdoctor.collector;

import io.meshdoctor.facts.KubernetesGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A Gateway of the Gateway API.
 *
 * @param replacing it has labels for its infrastructure
 */
record KubernetesGatewayObject(
    ObjectKey key,
    String className,
    Map<String, String> labels,
    boolean replacing,
    Map<String, String> infrastructureLabels,
    List<String> addresses,
    List<String> untypedAddresses,
    List<String> statusAddresses,
    List<Integer> passthroughPorts,
    List<Integer> hbonePorts) {

  private static final Set<String> READ = Set.of("IPAddress", "Hostname");
  private static final String PASSTHROUGH = "gateway.istio.io/listener-protocol";
  private static final String PORT_LABEL = "networking.istio.io/gatewayPort";
  private static final String MTLS = "15443";

  static KubernetesGatewayObject of(JsonNode item) {
    var spec = item.path("spec");
    List<String> typed = new ArrayList<>();
    List<String> untyped = new ArrayList<>();
    for (var address : Fields.elements(spec, "addresses")) {
      var value = Fields.text(address, "value");
      (READ.contains(Fields.text(address, "type")) ? typed : untyped).add(value);
    }
    var labels = Fields.labels(item);
    var listeners = Fields.elements(spec, "listeners");
    return new KubernetesGatewayObject(
        ObjectKey.of("gateway.gateway.networking.k8s.io", item),
        Fields.text(spec, "gatewayClassName"),
        labels,
        Fields.at(spec, "infrastructure", "labels").isObject(),
        Fields.map(spec, "infrastructure", "labels"),
        typed,
        untyped,
        Fields.elements(item, "status", "addresses").stream()
            .map(address -> Fields.text(address, "value"))
            .toList(),
        listeners.stream()
            .filter(listener -> isPassingThrough(listener, labels))
            .map(listener -> Fields.number(listener, 0, "port"))
            .toList(),
        listeners.stream()
            .filter(listener -> Fields.text(listener, "protocol").equals("HBONE"))
            .map(listener -> Fields.number(listener, 0, "port"))
            .toList());
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

  KubernetesGateway fact(ClusterState cluster) {
    return new KubernetesGateway(
        cluster.name,
        key.namespace(),
        key.name(),
        className,
        labels.getOrDefault(NamespaceObject.NETWORK, ""),
        replacing,
        infrastructureLabels,
        addresses,
        untypedAddresses,
        statusAddresses,
        passthroughPorts,
        hbonePorts,
        key.at(cluster, ".spec"));
  }
}
