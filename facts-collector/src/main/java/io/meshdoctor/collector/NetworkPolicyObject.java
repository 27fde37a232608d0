package io.meshdoctor.collector;

import io.meshdoctor.facts.KubernetesGateway;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A NetworkPolicy for what comes in.
 *
 * @param pods which pods of its namespace it is about
 * @param open one of its rules lets every source in
 * @param hboneOpen one of its rules lets every source in at the port of ztunnel
 * @param hboneShut none of its rules lets anything in there
 */
record NetworkPolicyObject(
    ObjectKey key,
    LabelSelector pods,
    boolean ingress,
    boolean open,
    boolean hboneOpen,
    boolean hboneShut) {

  static NetworkPolicyObject of(JsonNode item) {
    var spec = item.path("spec");
    var types = Fields.texts(spec.path("policyTypes"));
    var rules = Fields.elements(spec, "ingress");
    var forHbone = rules.stream().filter(NetworkPolicyObject::isForHbone).toList();
    return new NetworkPolicyObject(
        ObjectKey.of("networkpolicy", item),
        LabelSelector.of(spec.path("podSelector")),
        types.isEmpty() || types.contains("Ingress"),
        rules.stream().anyMatch(NetworkPolicyObject::isOpen),
        forHbone.stream().anyMatch(NetworkPolicyObject::isOpen),
        forHbone.isEmpty());
  }

  private static boolean isForHbone(JsonNode rule) {
    var ports = Fields.elements(rule, "ports");
    return ports.isEmpty() || ports.stream().anyMatch(NetworkPolicyObject::isHbone);
  }

  private static boolean isHbone(JsonNode port) {
    var protocol = Fields.text(port, "protocol");
    if (!protocol.isEmpty() && !protocol.equals("TCP")) {
      return false;
    }
    var first = port.path("port");
    int last = port.path("endPort").asInt(first.asInt(0));
    return first.isMissingNode()
        || (first.isNumber()
            && first.asInt() <= KubernetesGateway.HBONE
            && KubernetesGateway.HBONE <= last);
  }

  private static boolean isOpen(JsonNode rule) {
    var sources = Fields.elements(rule, "from");
    return sources.isEmpty()
        || sources.stream()
            .map(source -> source.path("ipBlock"))
            .anyMatch(
                block ->
                    List.of("0.0.0.0/0", "::/0").contains(Fields.text(block, "cidr"))
                        && Fields.elements(block, "except").isEmpty());
  }
}
