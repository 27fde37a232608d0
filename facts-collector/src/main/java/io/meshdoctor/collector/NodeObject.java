package io.meshdoctor.collector;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A Node.
 *
 * @param externalIps its addresses of type {@code ExternalIP}
 */
record NodeObject(String name, Map<String, String> labels, List<String> externalIps) {

  static NodeObject of(JsonNode item) {
    return new NodeObject(
        Fields.text(item, "metadata", "name"),
        Fields.labels(item),
        Fields.elements(item, "status", "addresses").stream()
            .filter(address -> Fields.text(address, "type").equals("ExternalIP"))
            .map(address -> Fields.text(address, "address"))
            .toList());
  }

  /** Its region; the older label counts where the newer one is absent, as for istiod. */
  String region() {
    return labels.getOrDefault(
        "topology.kubernetes.io/region",
        labels.getOrDefault("failure-domain.beta.kubernetes.io/region", ""));
  }
}
