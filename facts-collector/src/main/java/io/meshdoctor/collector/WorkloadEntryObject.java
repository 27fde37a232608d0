package io.meshdoctor.collector;

import io.meshdoctor.facts.VirtualMachine;
import tools.jackson.databind.JsonNode;

/**
 * A WorkloadEntry.
 *
 * @param registered istiod made it for a proxy that connected from outside of Kubernetes
 */
record WorkloadEntryObject(ObjectKey key, String network, boolean registered) {

  static WorkloadEntryObject of(JsonNode item) {
    return new WorkloadEntryObject(
        ObjectKey.of("workloadentry", item),
        Fields.text(item, "spec", "network"),
        Fields.annotations(item).containsKey("istio.io/autoRegistrationGroup"));
  }

  VirtualMachine fact(ClusterState cluster) {
    return new VirtualMachine(
        cluster.name, key.namespace(), key.name(), network, key.at(cluster, ".spec.network"));
  }
}
