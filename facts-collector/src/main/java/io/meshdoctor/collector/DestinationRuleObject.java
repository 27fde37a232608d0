package io.meshdoctor.collector;

import io.meshdoctor.facts.DestinationPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A DestinationRule.
 *
 * @param host as it is written, short or full
 * @param policies what it says of the host itself, then of each subset
 */
record DestinationRuleObject(
    ObjectKey key, String host, List<Policy> policies, List<String> exportTo) {

  /** What it says of one subset; of the host itself where {@code subset} is empty. */
  record Policy(
      String subset,
      Map<String, String> labels,
      String tlsMode,
      boolean outlierDetection,
      String localityLb) {}

  static DestinationRuleObject of(JsonNode item) {
    var spec = item.path("spec");
    List<Policy> policies = new ArrayList<>();
    policies.add(policy("", Map.of(), spec.path("trafficPolicy")));
    for (var subset : Fields.elements(spec, "subsets")) {
      policies.add(
          policy(
              Fields.text(subset, "name"),
              Fields.map(subset, "labels"),
              subset.path("trafficPolicy")));
    }
    return new DestinationRuleObject(
        ObjectKey.of("destinationrule", item),
        Fields.text(spec, "host"),
        policies,
        Fields.texts(spec.path("exportTo")));
  }

  private static Policy policy(String subset, Map<String, String> labels, JsonNode policy) {
    return new Policy(
        subset,
        labels,
        Fields.text(policy, "tls", "mode"),
        policy.path("outlierDetection").isObject(),
        localityLb(Fields.at(policy, "loadBalancer", "localityLbSetting")));
  }

  private static String localityLb(JsonNode setting) {
    if (!Fields.truth(setting, true, "enabled")) {
      return "disabled";
    }
    if (!Fields.elements(setting, "distribute").isEmpty()) {
      return "distribute";
    }
    return Fields.elements(setting, "failover").isEmpty()
            && Fields.elements(setting, "failoverPriority").isEmpty()
        ? ""
        : "failover";
  }

  List<DestinationPolicy> facts(ClusterState cluster, String domain) {
    var full = Hosts.full(host, key.namespace(), domain);
    return policies.stream()
        .map(
            policy ->
                new DestinationPolicy(
                    cluster.name,
                    key.namespace(),
                    key.name(),
                    full,
                    policy.subset(),
                    isRepeated(policy.subset()),
                    policy.labels(),
                    policy.tlsMode(),
                    policy.outlierDetection(),
                    policy.localityLb(),
                    exportTo,
                    key.at(cluster, ".spec")))
        .toList();
  }

  private boolean isRepeated(String subset) {
    return policies.stream().filter(policy -> policy.subset().equals(subset)).count() > 1;
  }
}
