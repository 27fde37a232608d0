package io.meshdoctor.collector;

import io.meshdoctor.facts.NamespaceTwin;
import io.meshdoctor.facts.ServicePort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds Services that seem to be one, but are in different namespaces of two clusters. To Istio
 * they are two: it joins services of the same name and namespace.
 */
final class NamespaceTwins {

  private final MeshState mesh;
  private final Identities identities;
  private final SharedServices services;
  private final Names names;
  private final List<NamespaceTwin> found = new ArrayList<>();

  NamespaceTwins(MeshState mesh, Identities identities, SharedServices services, Names names) {
    this.mesh = mesh;
    this.identities = identities;
    this.services = services;
    this.names = names;
  }

  List<NamespaceTwin> facts() {
    for (var cluster : mesh.clusters().values()) {
      for (var other : mesh.clusters().values()) {
        if (other != cluster && cluster.isListed("Service") && other.isListed("Service")) {
          compare(cluster, other);
        }
      }
    }
    return found;
  }

  private void compare(ClusterState cluster, ClusterState other) {
    Map<String, List<ServiceObject>> candidates = new HashMap<>();
    for (var twin : other.kubernetes.services.values()) {
      if (isOnlyIn(twin, other, cluster)) {
        candidates.computeIfAbsent(twin.key().name(), name -> new ArrayList<>()).add(twin);
      }
    }
    for (var service : cluster.kubernetes.services.values()) {
      if (isOnlyIn(service, cluster, other)) {
        var twins =
            candidates.getOrDefault(service.key().name(), List.of()).stream()
                .filter(twin -> isAlike(service, twin))
                .toList();
        // of several it cannot be told which is meant
        if (twins.size() == 1) {
          add(cluster, service, other, twins.get(0));
        }
      }
    }
  }

  private boolean isOnlyIn(ServiceObject service, ClusterState cluster, ClusterState other) {
    return !service.selector().isEmpty()
        && !other.kubernetes.services.containsKey(service.key())
        && services.key(service.host(identities.domain(cluster))).isPresent();
  }

  private static boolean isAlike(ServiceObject service, ServiceObject twin) {
    return service.selector().equals(twin.selector()) && numbers(service).equals(numbers(twin));
  }

  private static List<Integer> numbers(ServiceObject service) {
    return service.ports().stream().map(ServicePort::number).sorted().toList();
  }

  private void add(
      ClusterState cluster, ServiceObject service, ClusterState other, ServiceObject twin) {
    var host = service.host(identities.domain(cluster));
    found.add(
        new NamespaceTwin(
            cluster.name,
            service.key().namespace(),
            service.key().name(),
            host,
            other.name,
            twin.key().namespace(),
            twin.host(identities.domain(other)),
            mesh.probes.stream()
                .filter(probe -> probe.fromCluster().equals(other.name))
                .anyMatch(probe -> probe.service(names).equals(host)),
            service.key().at(cluster, ".metadata")));
  }
}
