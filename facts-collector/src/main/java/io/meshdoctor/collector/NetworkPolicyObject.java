package io.meshdoctor.collector;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A NetworkPolicy for what comes in.
 *
 * @param pods which pods of its namespace it is about
 * @param open one of its rules lets every source in
 */
record NetworkPolicyObject(ObjectKey key, LabelSelector pods, boolean ingress, boolean open) {

  static NetworkPolicyObject of(JsonNode item) {
    var spec = item.path("spec");
    var types = Fields.texts(spec.path("policyTypes"));
    return new NetworkPolicyObject(
        ObjectKey.of("networkpolicy", item),
        LabelSelector.of(spec.path("podSelector")),
        types.isEmpty() || types.contains("Ingress"),
        Fields.elements(spec, "ingress").stream().anyMatch(NetworkPolicyObject::isOpen));
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
