package io.meshdoctor.collector;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the page {@code /config_dump} of ztunnel tells: the services that it knows, and on which
 * networks their endpoints are. It has nothing in common with Envoy's page of that name.
 */
final class ZtunnelDump {

  /**
   * A service.
   *
   * @param workloads IDs of its endpoints' workloads
   * @param waypoint it has one
   */
  record Row(String host, Set<String> workloads, boolean waypoint) {}

  private final List<Row> services = new ArrayList<>();
  private final Map<String, String> networks = new HashMap<>();

  /** Whether a member of a page is one that only ztunnel's page has. */
  static boolean isMember(String name) {
    return name.equals("workloads") || name.equals("services");
  }

  /** Reads such a member; older releases have an object where newer ones have an array. */
  void read(String name, JsonPull json) throws IOException {
    var services = name.equals("services");
    if (json.isObject()) {
      json.members(key -> accept(services, json.tree()));
    } else {
      json.elements(() -> accept(services, json.tree()));
    }
  }

  private void accept(boolean service, JsonNode item) {
    if (service) {
      Set<String> workloads = new HashSet<>();
      for (var endpoint : item.path("endpoints").values()) {
        workloads.add(Fields.text(endpoint, "workloadUid"));
      }
      services.add(
          new Row(
              Fields.text(item, "hostname"),
              workloads,
              item.path("waypoint").isObject()
                  || !Fields.elements(item, "weightedWaypoints").isEmpty()));
    } else {
      networks.put(Fields.text(item, "uid"), Fields.text(item, "network").intern());
    }
  }

  List<Row> services() {
    return services;
  }

  /** The networks of a service's endpoints, sorted. */
  List<String> networksOf(Row service) {
    return service.workloads().stream()
        .filter(networks::containsKey)
        .map(networks::get)
        .distinct()
        .sorted()
        .toList();
  }
}
