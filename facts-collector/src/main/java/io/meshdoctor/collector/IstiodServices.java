package io.meshdoctor.collector;

import io.meshdoctor.facts.IstiodService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The Services through which proxies and API servers find istiod, and the clusters that they lead
 * to.
 */
final class IstiodServices {

  private static final int XDS = 15012;
  private static final String TAG = "istio.io/tag";

  private final MeshState mesh;

  /** Clusters whose gateways, or whose istiods, have an address or a host name. */
  private final Map<String, SortedSet<String>> owners = new TreeMap<>();

  private final SortedMap<String, List<IstiodService>> facts = new TreeMap<>();

  private IstiodServices(MeshState mesh) {
    this.mesh = mesh;
  }

  static IstiodServices of(MeshState mesh) {
    var services = new IstiodServices(mesh);
    mesh.clusters().values().forEach(services::noteAddresses);
    mesh.clusters()
        .values()
        .forEach(cluster -> services.facts.put(cluster.name, services.find(cluster)));
    return services;
  }

  /** Those of one cluster. */
  List<IstiodService> of(ClusterState cluster) {
    return facts.getOrDefault(cluster.name, List.of());
  }

  private void noteAddresses(ClusterState cluster) {
    var state = cluster.kubernetes;
    for (var istiod : state.pods.istiods()) {
      var pod = state.pods.named(istiod.key().namespace(), istiod.key().name());
      if (pod != null) {
        note(pod.ip(), cluster);
      }
    }
    for (var service : state.services.values()) {
      if (service.hasPort(XDS) || leadsToIstio(cluster, service)) {
        service.ingressIps().forEach(address -> note(address, cluster));
        service.ingressHosts().forEach(address -> note(address, cluster));
        service.externalIps().forEach(address -> note(address, cluster));
      }
    }
  }

  private void note(String address, ClusterState cluster) {
    if (!address.isEmpty()) {
      owners.computeIfAbsent(address, key -> new TreeSet<>()).add(cluster.name);
    }
  }

  private static boolean leadsToIstio(ClusterState cluster, ServiceObject service) {
    var namespace = service.key().namespace();
    return cluster.kubernetes.pods.selected(namespace, service.selector()).stream()
            .map(group -> group.alike.template())
            .anyMatch(template -> template.gateway() || template.istiod())
        || !cluster.kubernetes.templates(namespace, service.selector()).isEmpty();
  }

  private List<IstiodService> find(ClusterState cluster) {
    var namespace = cluster.kubernetes.systemNamespace(mesh.systemNamespace);
    List<IstiodService> found = new ArrayList<>();
    for (var service : cluster.kubernetes.services.values()) {
      if (service.key().namespace().equals(namespace) && isOfIstiod(cluster, service)) {
        found.add(fact(cluster, service));
      }
    }
    return found;
  }

  private static boolean isOfIstiod(ClusterState cluster, ServiceObject service) {
    var name = service.key().name();
    if (service.labels().containsKey(TAG) && !isUsed(cluster, service)) {
      // a name for a revision, which every installation gets and most never ask
      return false;
    }
    return name.equals("istiod")
        || name.startsWith("istiod-")
        || "istiod".equals(service.labels().get("app"))
        || isLocal(cluster, service)
        || (service.selector().isEmpty() && service.hasPort(XDS));
  }

  private static boolean isUsed(ClusterState cluster, ServiceObject service) {
    var key = service.key();
    var host = key.name() + "." + key.namespace() + ".svc";
    return cluster.kubernetes.webhooks.values().stream()
            .anyMatch(webhook -> webhook.service().equals(key.namespace() + "/" + key.name()))
        || cluster.kubernetes.meshConfigs.values().stream()
            .anyMatch(config -> config.discoveryAddress().startsWith(host));
  }

  /** Whether it selects istiods of its cluster; where pods were not read, whether it selects. */
  private static boolean isLocal(ClusterState cluster, ServiceObject service) {
    var namespace = service.key().namespace();
    boolean selects =
        cluster.kubernetes.pods.selected(namespace, service.selector()).stream()
                .anyMatch(group -> group.alike.template().istiod())
            || cluster.kubernetes.templates(namespace, service.selector()).stream()
                .anyMatch(template -> template.template().istiod());
    return selects || (!cluster.isListed("Pod") && "istiod".equals(service.selector().get("app")));
  }

  private IstiodService fact(ClusterState cluster, ServiceObject service) {
    boolean local = isLocal(cluster, service);
    var backing = cluster.kubernetes.backing(service.key());
    var addresses =
        backing == null
            ? List.<String>of()
            : backing.endpoints().stream().map(Backing.Endpoint::address).sorted().toList();
    return new IstiodService(
        cluster.name,
        service.key().namespace(),
        service.key().name(),
        local,
        addresses,
        service.externalName(),
        local ? cluster.name : owner(addresses, service.externalName()),
        local || backing == null ? service.key().at(cluster, ".spec") : backing.origin(cluster));
  }

  private String owner(List<String> addresses, String externalName) {
    SortedSet<String> found = new TreeSet<>();
    addresses.forEach(address -> found.addAll(owners.getOrDefault(address, new TreeSet<>())));
    found.addAll(owners.getOrDefault(externalName, new TreeSet<>()));
    return found.size() == 1 ? found.first() : "";
  }
}
