package io.meshdoctor.collector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The endpoints of a proxy as one kind of input shows them. */
final class EndpointPage {

  /** Kinds of input that show endpoints, from the poorest to the richest. */
  enum Source {
    TABLE,
    CONFIG_DUMP,
    ISTIOCTL_JSON,
    TEXT,
    JSON
  }

  final Source source;

  /** Whether it was read to its end, and shows all endpoints. */
  boolean complete;

  private final Map<EnvoyClusterName, List<EnvoyHost>> clusters = new LinkedHashMap<>();

  /** Most hosts of a large mesh are in one of few states. */
  private final Map<EnvoyHost.State, EnvoyHost.State> states = new HashMap<>();

  EndpointPage(Source source) {
    this.source = source;
  }

  void add(EnvoyClusterName cluster, List<EnvoyHost> hosts) {
    var known = clusters.computeIfAbsent(cluster, ignored -> new ArrayList<>(hosts.size()));
    for (var host : hosts) {
      var state = states.computeIfAbsent(host.state(), same -> same);
      known.add(new EnvoyHost(host.address(), state));
    }
  }

  Map<EnvoyClusterName, List<EnvoyHost>> clusters() {
    return clusters;
  }

  /** Whether it tells more than another one. */
  boolean isRicherThan(EndpointPage other) {
    return complete == other.complete ? source.compareTo(other.source) > 0 : complete;
  }
}
