package io.meshdoctor.collector;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Which services a mesh configuration keeps in each cluster: of the hosts in {@code
 * serviceSettings} the most specific that matches decides, for or against.
 *
 * <p>As {@code pilot/pkg/model/cluster_local.go} of istiod does. Its defaults, the services of
 * Kubernetes itself, are left out: nobody shares those.
 *
 * @param settings from a host, wildcards kept, to whether it is {@code clusterLocal}
 */
record ClusterLocalHosts(Map<String, Boolean> settings) {

  static ClusterLocalHosts of(JsonNode config) {
    Map<String, Boolean> settings = new HashMap<>();
    for (var setting : Fields.elements(config, "serviceSettings")) {
      for (var host : Fields.texts(setting.path("hosts"))) {
        settings.put(host, Fields.truth(setting, false, "settings", "clusterLocal"));
      }
    }
    return new ClusterLocalHosts(settings);
  }

  /** The pattern that keeps a host in each cluster; empty where none does. */
  Optional<String> patternFor(String host) {
    return Hosts.mostSpecific(settings.keySet(), host)
        .filter(pattern -> settings.getOrDefault(pattern, false));
  }
}
