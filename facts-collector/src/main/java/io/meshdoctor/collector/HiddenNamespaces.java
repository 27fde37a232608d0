package io.meshdoctor.collector;

import io.meshdoctor.facts.HiddenNamespace;
import io.meshdoctor.facts.RemoteSecret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the namespaces that a control plane leaves out though the mesh needs them. Its discovery
 * selectors apply to the namespaces of every cluster that it reads, to Istio's own as well.
 */
final class HiddenNamespaces {

  private final MeshState mesh;
  private final Identities identities;
  private final List<RemoteSecret> secrets;

  /** Where gateways for other networks are. */
  private final Set<Place> gateways;

  /** Where Services are that clusters may share. */
  private final Set<Place> services = new HashSet<>();

  /** A namespace of a cluster. */
  record Place(String cluster, String namespace) {}

  HiddenNamespaces(
      MeshState mesh, Identities identities, List<RemoteSecret> secrets, Set<Place> gateways) {
    this.mesh = mesh;
    this.identities = identities;
    this.secrets = List.copyOf(secrets);
    this.gateways = Set.copyOf(gateways);
  }

  List<HiddenNamespace> facts() {
    mesh.clusters().values().forEach(this::noteServices);
    List<HiddenNamespace> facts = new ArrayList<>();
    for (var primary : identities.primaries()) {
      var config = identities.meshConfigs(primary).main();
      if (config == null || config.discoverySelectors().isEmpty()) {
        continue;
      }
      var read = readBy(primary);
      for (var cluster : read) {
        for (var namespace : cluster.kubernetes.namespaces.values()) {
          if (!config.isDiscovering(namespace.labels())
              && isNeeded(config, read, cluster, namespace)) {
            facts.add(fact(primary, cluster, namespace, config));
          }
        }
      }
    }
    return facts;
  }

  /** The clusters that a control plane reads: its own, and those it has a working Secret for. */
  private List<ClusterState> readBy(ClusterState primary) {
    Set<String> names = new TreeSet<>();
    names.add(primary.name);
    secrets.stream()
        .filter(secret -> secret.heldBy().equals(primary.name) && secret.isEffective())
        .map(RemoteSecret::pointsTo)
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    return names.stream().map(mesh::cluster).toList();
  }

  /** Whether clients look for something in a namespace: a gateway, or Services of the mesh. */
  private boolean isNeeded(
      MeshConfig config, List<ClusterState> read, ClusterState cluster, NamespaceObject namespace) {
    var place = new Place(cluster.name, namespace.key().name());
    return gateways.contains(place)
        || (services.contains(place)
            && (isMeshed(cluster, namespace) || isSeenElsewhere(config, read, namespace)));
  }

  private static boolean isMeshed(ClusterState cluster, NamespaceObject namespace) {
    return namespace.isInjecting()
        || namespace.isAmbient()
        || !cluster.kubernetes.pods.selected(namespace.key().name(), PodGroup::isMeshed).isEmpty();
  }

  /** Whether the same control plane looks into a namespace of that name in another cluster. */
  private boolean isSeenElsewhere(
      MeshConfig config, List<ClusterState> read, NamespaceObject namespace) {
    var name = namespace.key().name();
    return read.stream()
        .filter(cluster -> services.contains(new Place(cluster.name, name)))
        .anyMatch(
            cluster -> {
              var other = cluster.kubernetes.namespace(name);
              return other != null
                  && config.isDiscovering(other.labels())
                  && isMeshed(cluster, other);
            });
  }

  private void noteServices(ClusterState cluster) {
    cluster.kubernetes.services.keySet().stream()
        .filter(service -> !identities.systemServices().has(service))
        .forEach(service -> services.add(new Place(cluster.name, service.namespace())));
  }

  private static HiddenNamespace fact(
      ClusterState primary, ClusterState cluster, NamespaceObject namespace, MeshConfig config) {
    return new HiddenNamespace(
        primary.name,
        cluster.name,
        namespace.key().name(),
        namespace.labels(),
        config.discoverySelectors().get(0).wanted(),
        namespace.key().at(cluster, ".metadata.labels"));
  }
}
