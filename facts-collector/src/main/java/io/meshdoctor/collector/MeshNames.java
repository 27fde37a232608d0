package io.meshdoctor.collector;

import io.meshdoctor.collector.EnvoyHost.Place;
import io.meshdoctor.collector.IstiodState.GatewayRow;
import io.meshdoctor.facts.EastWestGateway;
import io.meshdoctor.facts.KubernetesGateway;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What Kubernetes objects know of the clusters, pods and addresses that others speak of. */
final class MeshNames implements Names {

  private final MeshState mesh;
  private final Identities identities;
  private final List<KubernetesGateway> standIns;
  private final Map<Place, SortedSet<String>> gateways = new HashMap<>();

  MeshNames(
      MeshState mesh,
      Identities identities,
      Collection<EastWestGateway> services,
      Collection<KubernetesGateway> gateways) {
    this.mesh = mesh;
    this.identities = identities;
    this.standIns = gateways.stream().filter(KubernetesGateway::isRemote).toList();
    services.forEach(this::noteAddresses);
  }

  @Override
  public String nameOf(String viewer, String clusterId) {
    var cluster = mesh.clusters().get(viewer);
    return cluster == null ? "" : identities.nameOf(cluster, clusterId);
  }

  @Override
  public Collection<String> clustersOfPodIp(String address) {
    return clusters(cluster -> cluster.kubernetes.pods.at(address) != null);
  }

  @Override
  public Collection<String> clustersOfPod(String pod) {
    return clusters(cluster -> cluster.kubernetes.pods.hasNamed(pod));
  }

  @Override
  public Collection<String> podsClaiming(String clusterId) {
    return mesh.clusters().values().stream()
            .allMatch(it -> it.isListed("Pod") && it.kubernetes.virtualMachines.isEmpty())
        ? mesh.clusters().values().stream()
            .flatMap(it -> it.kubernetes.pods.made(template -> template.isClaiming(clusterId)))
            .toList()
        : List.of();
  }

  private Collection<String> clusters(Predicate<ClusterState> condition) {
    return mesh.clusters().values().stream()
        .filter(condition)
        .map(cluster -> cluster.name)
        .toList();
  }

  @Override
  public boolean isSystem(String host) {
    var labels = host.split("\\.", 3);
    return labels.length > 1
        && identities.systemServices().has(ObjectKey.service(labels[1], labels[0]));
  }

  @Override
  public boolean isGatewayPod(String cluster, String namespace, String pod) {
    var found = pod(cluster, namespace, pod);
    return found != null && found.group().alike.template().gateway();
  }

  @Override
  public @Nullable Instant startOfPod(String cluster, String namespace, String pod) {
    var found = pod(cluster, namespace, pod);
    return found == null ? null : found.startedAt();
  }

  private Pods.@Nullable Pod pod(String cluster, String namespace, String pod) {
    var known = mesh.clusters().get(cluster);
    return known == null ? null : known.kubernetes.pods.named(namespace, pod);
  }

  @Override
  public String serviceHost(String cluster, String namespace, String host) {
    var known = mesh.clusters().get(cluster);
    var labels = host.split("\\.", -1);
    if (known == null || host.isEmpty() || (labels.length > 2 && !labels[2].equals("svc"))) {
      return "";
    }
    var own = labels.length == 1 ? namespace : labels[1];
    return "%s.%s.svc.%s".formatted(labels[0], own, identities.domain(known));
  }

  @Override
  public Collection<String> endpointsOf(String cluster, String host) {
    var known = mesh.clusters().get(cluster);
    var labels = host.split("\\.", 3);
    if (known == null || labels.length < 3 || !known.isListed("EndpointSlice")) {
      return List.of();
    }
    var backing = known.kubernetes.backing(ObjectKey.service(labels[1], labels[0]));
    return backing == null
        ? List.of()
        : backing.endpoints().stream().map(Backing.Endpoint::address).toList();
  }

  @Override
  public Collection<String> clustersOfGateway(Place place) {
    return gateways.getOrDefault(place, Collections.emptySortedSet());
  }

  @Override
  public String nameOf(String viewer, GatewayRow gateway) {
    var named = gateway.id().isEmpty() ? "" : nameOf(viewer, gateway.id());
    if (standIns.stream()
        .noneMatch(it -> it.cluster().equals(named) && it.network().equals(gateway.network()))) {
      return named;
    }
    var having =
        gateway.places().stream().flatMap(place -> clustersOfGateway(place).stream()).toList();
    return having.contains(named)
        ? named
        : onlyOne(
            having.isEmpty()
                ? clusters(it -> identities.network(it).value().equals(gateway.network()))
                : having);
  }

  private static String onlyOne(Collection<String> clusters) {
    var distinct = Set.copyOf(clusters);
    return distinct.size() == 1 ? distinct.iterator().next() : "";
  }

  private void noteAddresses(EastWestGateway gateway) {
    var key = ObjectKey.service(gateway.namespace(), gateway.name());
    var service = mesh.cluster(gateway.cluster()).kubernetes.services.get(key);
    for (int port : new int[] {gateway.port(), KubernetesGateway.HBONE}) {
      if (gateway.ports().contains(port)) {
        boolean ofNodes = gateway.type().equals("NodePort") && gateway.nodePortOptIn();
        int reached =
            ofNodes && service != null ? service.nodePorts().getOrDefault(port, port) : port;
        for (var address : gateway.addresses()) {
          gateways
              .computeIfAbsent(new Place(address, reached), ignored -> new TreeSet<>())
              .add(gateway.cluster());
        }
      }
    }
  }
}
