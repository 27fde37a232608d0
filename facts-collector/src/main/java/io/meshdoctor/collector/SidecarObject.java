package io.meshdoctor.collector;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A Sidecar: what proxies of some workloads need to know of.
 *
 * @param selector labels of the workloads; empty for all of its namespace
 * @param hosts {@code egress[].hosts} of all listeners; without any, everything is known
 * @param createdAt when it was created; null where unknown
 */
record SidecarObject(
    ObjectKey key, Map<String, String> selector, List<String> hosts, @Nullable Instant createdAt) {

  static SidecarObject of(JsonNode item) {
    return new SidecarObject(
        ObjectKey.of("sidecar", item),
        Fields.map(item, "spec", "workloadSelector", "labels"),
        Fields.elements(item, "spec", "egress").stream()
            .flatMap(listener -> Fields.texts(listener.path("hosts")).stream())
            .toList(),
        Fields.time(item, "metadata", "creationTimestamp"));
  }

  boolean isOf(String namespace) {
    return key.namespace().equals(namespace);
  }

  /**
   * Whether its proxies get a service of a namespace. A host is {@code namespace/name}, where the
   * namespace may be {@code *} for every one, {@code .} for that of the clients, or {@code ~} for
   * none.
   *
   * @param clients namespace of the clients
   */
  boolean isLettingSee(String clients, String namespace, String host) {
    return hosts.isEmpty()
        || hosts.stream()
            .anyMatch(
                entry -> {
                  var slash = entry.indexOf('/');
                  var where = slash < 0 ? "*" : entry.substring(0, slash);
                  return (where.equals("*")
                          || where.equals(namespace)
                          || (where.equals(".") && clients.equals(namespace)))
                      && Hosts.matches(entry.substring(slash + 1), host);
                });
  }
}
