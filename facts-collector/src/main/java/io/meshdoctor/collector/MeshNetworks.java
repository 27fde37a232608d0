package io.meshdoctor.collector;

import io.meshdoctor.facts.LegacyNetwork;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An entry of {@code meshNetworks}: the endpoints of a registry are on a network.
 *
 * @param registry a cluster ID
 */
record MeshNetworks(String network, String registry) {

  static List<MeshNetworks> of(JsonNode config) {
    List<MeshNetworks> found = new ArrayList<>();
    for (var network : config.path("networks").properties()) {
      for (var endpoints : Fields.elements(network.getValue(), "endpoints")) {
        var registry = Fields.text(endpoints, "fromRegistry");
        if (!registry.isEmpty()) {
          found.add(new MeshNetworks(network.getKey(), registry));
        }
      }
    }
    return found;
  }

  LegacyNetwork fact(ClusterState cluster, ObjectKey configMap) {
    return new LegacyNetwork(
        cluster.name,
        network,
        registry,
        configMap.name(),
        configMap.at(cluster, ".data.meshNetworks"));
  }
}
