package io.meshdoctor.collector;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The endpoints of an istiod, counted by kind, and where each of their addresses is. */
final class Shards {

  private static final String SEVERAL = "";

  private final Map<Kind, Tally> tallies = new LinkedHashMap<>();

  /** Addresses of endpoints by their host, and by the ID of the cluster that they are in. */
  private final Map<String, Map<String, AddressSet>> places = new HashMap<>();

  /** What endpoints have in common. */
  record Kind(
      String host,
      String registry,
      String id,
      String network,
      String tlsMode,
      String portName,
      int port) {}

  /**
   * How many endpoints of a kind there are.
   *
   * @param address address of the first
   */
  record Tally(int endpoints, int healthy, String address) {}

  void add(Kind kind, String address, boolean healthy) {
    tallies.merge(
        kind,
        new Tally(1, healthy ? 1 : 0, address),
        (old, one) -> new Tally(old.endpoints + 1, old.healthy + one.healthy, old.address));
    // A service entry may name any address; only of Kubernetes endpoints the place is certain.
    if (kind.registry.equals("Kubernetes")) {
      places
          .computeIfAbsent(kind.host, host -> new TreeMap<>())
          .computeIfAbsent(kind.id, id -> new AddressSet())
          .add(address);
    }
  }

  Map<Kind, Tally> tallies() {
    return tallies;
  }

  /** Whether a cluster has an endpoint of a host at this address. */
  boolean isAt(String host, String id, String address) {
    var addresses = places.getOrDefault(host, Map.of()).get(id);
    return addresses != null && addresses.contains(address);
  }

  /**
   * ID of the cluster that an endpoint of a host is in.
   *
   * @return the ID, empty where several clusters have an endpoint of this address, null where none
   *     has
   */
  @Nullable String placeOf(String host, String address) {
    String place = null;
    for (var cluster : places.getOrDefault(host, Map.of()).entrySet()) {
      if (cluster.getValue().contains(address)) {
        place = place == null ? cluster.getKey() : SEVERAL;
      }
    }
    return place;
  }
}
