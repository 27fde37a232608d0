package io.meshdoctor.collector;

import io.meshdoctor.facts.KubernetesGateway;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A Gateway of the Kubernetes Gateway API. */
record KubernetesGatewayObject(
    ObjectKey key,
    String className,
    Map<String, String> labels,
    int hbonePort,
    boolean terminating,
    List<String> addresses) {

  /** Of other types, and of those without one, istiod takes no address. */
  private static final Set<String> TYPES = Set.of("IPAddress", "Hostname");

  static KubernetesGatewayObject of(JsonNode item) {
    var hbone =
        Fields.elements(item, "spec", "listeners").stream()
            .filter(listener -> Fields.text(listener, "protocol").equals("HBONE"))
            .findFirst();
    return new KubernetesGatewayObject(
        ObjectKey.of("gateway.gateway.networking.k8s.io", item),
        Fields.text(item, "spec", "gatewayClassName"),
        Fields.labels(item),
        hbone.map(listener -> Fields.number(listener, 0, "port")).orElse(0),
        hbone.filter(one -> Fields.text(one, "tls", "mode").equals("Terminate")).isPresent(),
        Fields.elements(item, "status", "addresses").stream()
            .filter(address -> TYPES.contains(Fields.text(address, "type")))
            .map(address -> Fields.text(address, "value"))
            .filter(value -> !value.isEmpty())
            .toList());
  }

  KubernetesGateway fact(ClusterState cluster) {
    return new KubernetesGateway(
        cluster.name,
        key.namespace(),
        key.name(),
        className,
        labels.getOrDefault(NamespaceObject.NETWORK, ""),
        labels,
        hbonePort,
        terminating,
        addresses,
        key.at(cluster, ""));
  }
}
