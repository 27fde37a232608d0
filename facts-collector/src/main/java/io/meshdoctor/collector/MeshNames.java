package io.meshdoctor.collector;

import io.meshdoctor.facts.EastWestGateway;
import io.meshdoctor.facts.KubernetesGateway;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What Kubernetes objects know of the clusters, pods and addresses that others speak of. */
final class MeshNames implements Names {

  private final MeshState mesh;
  private final Identities identities;
  private final SortedMap<String, String> gatewayAddresses = new TreeMap<>();

  MeshNames(MeshState mesh, Identities identities, Collection<EastWestGateway> gateways) {
    this.mesh = mesh;
    this.identities = identities;
    gateways.forEach(this::noteAddresses);
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
  public Map<String, String> gatewayAddresses() {
    return gatewayAddresses;
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
          var host = address.contains(":") ? "[" + address + "]" : address;
          gatewayAddresses.putIfAbsent(host + ":" + reached, gateway.cluster());
        }
      }
    }
  }
}
