package io.meshdoctor.collector;

import io.meshdoctor.facts.GatewayDestination;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A VirtualService.
 *
 * @param hosts as they are written
 * @param usual where requests of proxies of the mesh go that meet no special condition
 * @param all where requests of proxies of the mesh may go
 * @param entrances where goes what comes in at gateways
 * @param exportTo {@code exportTo}
 * @param createdAt when it was created; null where unknown
 */
record VirtualServiceObject(
    ObjectKey key,
    List<String> hosts,
    List<Target> usual,
    List<Target> all,
    List<Entrance> entrances,
    List<String> exportTo,
    @Nullable Instant createdAt) {

  private static final String MESH = "mesh";

  /** Where requests go; {@code host} as it is written, {@code subset} empty for none. */
  record Target(String host, String subset) {}

  /** Where goes what comes in at a port of gateways; at any port where that is 0. */
  record Entrance(List<String> gateways, int port, String host) {}

  /** What one entry of {@code http}, {@code tls} or {@code tcp} says. */
  private record Route(boolean conditional, List<Target> targets) {}

  static VirtualServiceObject of(JsonNode item) {
    var spec = item.path("spec");
    List<Target> usual = new ArrayList<>();
    List<Target> all = new ArrayList<>();
    List<Entrance> entrances = new ArrayList<>();
    for (var protocol : List.of("http", "tls", "tcp")) {
      Fields.elements(spec, protocol).forEach(route -> entrances.addAll(entrances(spec, route)));
      var routes =
          Fields.elements(spec, protocol).stream()
              .filter(route -> isOfMesh(spec, route))
              .map(VirtualServiceObject::route)
              .toList();
      routes.forEach(route -> all.addAll(route.targets()));
      // the first one without a condition takes the rest
      usual.addAll(
          routes.stream()
              .filter(route -> !route.conditional())
              .findFirst()
              .map(Route::targets)
              .orElseGet(
                  () -> routes.stream().flatMap(route -> route.targets().stream()).toList()));
    }
    return new VirtualServiceObject(
        ObjectKey.of("virtualservice", item),
        Fields.texts(spec.path("hosts")),
        usual,
        all,
        entrances,
        Fields.texts(spec.path("exportTo")),
        Fields.time(item, "metadata", "creationTimestamp"));
  }

  /** What a route says to gateways: those that its matches name, or else those of its object. */
  private static List<Entrance> entrances(JsonNode spec, JsonNode route) {
    List<Entrance> found = new ArrayList<>();
    var byObject = Fields.texts(spec.path("gateways"));
    var matches = new ArrayList<>(Fields.elements(route, "match"));
    if (matches.isEmpty()) {
      matches.add(route.path("match"));
    }
    for (var match : matches) {
      var own = Fields.texts(match.path("gateways"));
      var gateways =
          (own.isEmpty() ? byObject : own).stream().filter(name -> !name.equals(MESH)).toList();
      for (var target : gateways.isEmpty() ? List.<Target>of() : route(route).targets()) {
        found.add(new Entrance(gateways, Fields.number(match, 0, "port"), target.host()));
      }
    }
    return found;
  }

  /**
   * Whether proxies of the mesh use a route: unless its object, or all its matches, name others.
   */
  private static boolean isOfMesh(JsonNode spec, JsonNode route) {
    var gateways = Fields.texts(spec.path("gateways"));
    boolean byObject = gateways.isEmpty() || gateways.contains(MESH);
    var matches = Fields.elements(route, "match");
    return matches.isEmpty()
        ? byObject
        : matches.stream()
            .map(match -> Fields.texts(match.path("gateways")))
            .anyMatch(own -> own.isEmpty() ? byObject : own.contains(MESH));
  }

  private static Route route(JsonNode route) {
    var matches = Fields.elements(route, "match");
    var destinations = Fields.elements(route, "route");
    return new Route(
        !matches.isEmpty() && matches.stream().noneMatch(VirtualServiceObject::isForAll),
        destinations.stream()
            // without a weight, one of several gets nothing
            .filter(target -> destinations.size() == 1 || Fields.number(target, 0, "weight") > 0)
            .map(
                target ->
                    new Target(
                        Fields.text(target, "destination", "host"),
                        Fields.text(target, "destination", "subset")))
            .toList());
  }

  private static boolean isForAll(JsonNode match) {
    Set<String> conditions = new TreeSet<>();
    match.properties().forEach(condition -> conditions.add(condition.getKey()));
    conditions.removeAll(Set.of("gateways", "name"));
    return conditions.isEmpty()
        || (conditions.equals(Set.of("uri")) && Fields.text(match, "uri", "prefix").equals("/"));
  }

  /** Whether proxies of the mesh use it at all. */
  boolean isForMesh() {
    return !all.isEmpty();
  }

  /** Full names of the hosts. */
  Stream<String> fullHosts(String domain) {
    return hosts.stream().map(host -> Hosts.full(host, key.namespace(), domain)).distinct();
  }

  /** Full name of the host of a target. */
  String full(Target target, String domain) {
    return Hosts.full(target.host(), key.namespace(), domain);
  }

  /** What it says to gateways. */
  List<GatewayDestination> gatewayFacts(ClusterState cluster, String domain) {
    return entrances.stream()
        .map(
            entrance ->
                new GatewayDestination(
                    cluster.name,
                    key.namespace(),
                    key.name(),
                    entrance.gateways().stream()
                        .map(name -> name.contains("/") ? name : key.namespace() + "/" + name)
                        .toList(),
                    entrance.port(),
                    Hosts.full(entrance.host(), key.namespace(), domain),
                    key.at(cluster, ".spec")))
        .distinct()
        .toList();
  }
}
