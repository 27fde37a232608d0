package io.meshdoctor.collector;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A Node.
 *
 * @param externalIps its addresses of type {@code ExternalIP}
 * @param podRanges ranges that its pods have their addresses from
 */
record NodeObject(
    String name, Map<String, String> labels, List<String> externalIps, List<String> podRanges) {

  static NodeObject of(JsonNode item) {
    return new NodeObject(
        Fields.text(item, "metadata", "name"),
        Fields.labels(item),
        Fields.elements(item, "status", "addresses").stream()
            .filter(address -> Fields.text(address, "type").equals("ExternalIP"))
            .map(address -> Fields.text(address, "address"))
            .toList(),
        podRanges(item.path("spec")));
  }

  private static List<String> podRanges(JsonNode spec) {
    var several = Fields.texts(spec.path("podCIDRs"));
    var one = Fields.text(spec, "podCIDR");
    return several.isEmpty() && !one.isEmpty() ? List.of(one) : several;
  }

  /** Its region; the older label counts where the newer one is absent, as for istiod. */
  String region() {
    return labels.getOrDefault(
        "topology.kubernetes.io/region",
        labels.getOrDefault("failure-domain.beta.kubernetes.io/region", ""));
  }
}
