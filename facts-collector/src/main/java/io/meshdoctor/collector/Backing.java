package io.meshdoctor.collector;

import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.ServicePort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What stands behind a Service, from all of its slices. A pod that stands in several of them, of
 * two address families say, counts once.
 */
final class Backing {

  /** One endpoint; {@code pod} is empty where it names none. */
  record Endpoint(String address, String pod, boolean ready) {

    Endpoint {
      // the pods themselves have both
      address = address.intern();
      pod = pod.intern();
    }

    /** What counts once. */
    private String subject() {
      return pod.isEmpty() ? address : pod;
    }
  }

  /** As read; once they are settled, sorted, and each pod once. */
  private List<Endpoint> endpoints = new ArrayList<>(4);

  private boolean settled;
  private final SortedMap<String, SortedSet<Integer>> ports = new TreeMap<>();
  private @Nullable ObjectKey source;

  /** Sorted by pod, or by address where they name none. */
  List<Endpoint> endpoints() {
    if (!settled) {
      SortedMap<String, Endpoint> bySubject = new TreeMap<>();
      for (var endpoint : endpoints) {
        bySubject.merge(
            endpoint.subject(), endpoint, (known, more) -> known.ready() ? known : more);
      }
      endpoints = new ArrayList<>(bySubject.values());
      settled = true;
    }
    return endpoints;
  }

  /** Numbers that a port of the Service has at the pods; none where it is not known. */
  SortedSet<Integer> numbersOf(ServicePort port) {
    return ports.getOrDefault(port.name(), Collections.emptySortedSet());
  }

  /** Reads an EndpointSlice. */
  void slice(JsonNode item) {
    addSource(ObjectKey.of("endpointslice", item));
    Fields.elements(item, "ports").forEach(this::add);
    for (var endpoint : Fields.elements(item, "endpoints")) {
      // a condition that is not set means ready, says the API
      boolean ready = Fields.truth(endpoint, true, "conditions", "ready");
      var target = endpoint.path("targetRef");
      for (var address : Fields.texts(endpoint.path("addresses"))) {
        add(address, target, ready);
      }
    }
  }

  /** Reads an Endpoints object, what slices were made from in old days. */
  void legacy(JsonNode item) {
    addSource(ObjectKey.of("endpoints", item));
    for (var subset : Fields.elements(item, "subsets")) {
      Fields.elements(subset, "ports").forEach(this::add);
      for (var endpoint : Fields.elements(subset, "addresses")) {
        add(Fields.text(endpoint, "ip"), endpoint.path("targetRef"), true);
      }
      for (var endpoint : Fields.elements(subset, "notReadyAddresses")) {
        add(Fields.text(endpoint, "ip"), endpoint.path("targetRef"), false);
      }
    }
  }

  /** Where it was seen: in the first by name of the objects that it was read from. */
  Origin origin(ClusterState cluster) {
    if (source == null) {
      throw new IllegalStateException("Nothing was read.");
    }
    return source.at(cluster, source.kind().equals("endpoints") ? ".subsets" : ".endpoints");
  }

  private void addSource(ObjectKey more) {
    if (source == null || more.compareTo(source) < 0) {
      source = more;
    }
  }

  private void add(JsonNode port) {
    int number = Fields.number(port, 0, "port");
    if (number > 0) {
      ports.computeIfAbsent(Fields.text(port, "name"), name -> new TreeSet<>()).add(number);
    }
  }

  private void add(String address, JsonNode target, boolean ready) {
    var pod = Fields.text(target, "kind").equals("Pod") ? Fields.text(target, "name") : "";
    settled = false;
    endpoints.add(new Endpoint(address, pod, ready));
  }
}
