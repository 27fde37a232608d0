package io.meshdoctor.collector;

import io.meshdoctor.facts.InjectorValues;
import tools.jackson.databind.JsonNode;

/**
 * The values in the ConfigMap of the injector.
 *
 * @param clusterDomain {@code global.proxy.clusterDomain}
 */
record InjectorObject(
    ObjectKey key,
    String revision,
    String clusterName,
    String network,
    String remotePilotAddress,
    String clusterDomain) {

  static InjectorObject of(ObjectKey key, String revision, JsonNode values) {
    var global = values.path("global");
    return new InjectorObject(
        key,
        revision,
        Fields.text(global, "multiCluster", "clusterName"),
        Fields.text(global, "network"),
        Fields.text(global, "remotePilotAddress"),
        Fields.text(global, "proxy", "clusterDomain"));
  }

  InjectorValues fact(ClusterState cluster) {
    return new InjectorValues(
        cluster.name,
        revision,
        clusterName,
        network,
        remotePilotAddress,
        key.at(cluster, ".data.values"));
  }
}
