package io.meshdoctor.collector;

import io.meshdoctor.facts.EastWestGateway;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Kubernetes objects and identities tell of clusters and pods. */
final class MeshNames implements Names {

  private static final Pattern HOST = Pattern.compile("([a-z0-9-]+)(?:\\.([a-z0-9-]+))?(?:\\.svc(?:\\..*)?)?");

  private final MeshState mesh;
  private final Identities identities;
  private final Map<String, String> gatewayAddresses = new HashMap<>();

  MeshNames(MeshState mesh, Identities identities, Collection<EastWestGateway> gateways) {
    this.mesh = mesh;
    this.identities = identities;
    for (var gateway : gateways) {
      for (var address : gateway.addresses()) {
        var host = address.indexOf(':') < 0 ? address : "[" + address + "]";
        gatewayAddresses.put(host + ":" + gateway.port(), gateway.cluster());
      }
    }
  }

  @Override
  public String nameOf(String viewer, String clusterId) {
    return identities.nameOf(mesh.cluster(viewer), clusterId);
  }

  @Override
  public Collection<String> clustersOfPodIp(String address) {
    return clusters(cluster -> cluster.kubernetes.pods.at(address) != null);
  }

  @Override
  public Collection<String> clustersOfPod(String pod) {
    return clusters(cluster -> cluster.kubernetes.pods.isNamed(pod));
  }

  private List<String> clusters(Predicate<ClusterState> condition) {
    return mesh.clusters().values().stream()
        .filter(condition)
        .map(cluster -> cluster.name)
        .toList();
  }

  @Override
  public boolean isSystem(String host) {
    var parts = HOST.matcher(host);
    if (!parts.matches() || parts.group(2) == null) {
      return false;
    }
    var service = ObjectKey.service(parts.group(2), parts.group(1));
    return mesh.clusters().values().stream()
        .anyMatch(cluster -> new Services(cluster, identities).isOfSystem(service));
  }

  @Override
  public boolean isGatewayPod(String cluster, String namespace, String pod) {
    var known = pod(cluster, namespace, pod);
    return known != null && known.group().alike.template().gateway();
  }

  @Override
  public @Nullable Instant startOfPod(String cluster, String namespace, String pod) {
    var known = pod(cluster, namespace, pod);
    return known == null ? null : known.group().oldest();
  }

  private Pods.@Nullable Pod pod(String cluster, String namespace, String pod) {
    return mesh.cluster(cluster).kubernetes.pods.named(namespace, pod);
  }

  @Override
  public String serviceHost(String cluster, String namespace, String host) {
    var parts = HOST.matcher(host);
    if (!parts.matches()) {
      return "";
    }
    var own = parts.group(2) == null ? namespace : parts.group(2);
    return "%s.%s.svc.%s"
        .formatted(parts.group(1), own, identities.domain(mesh.cluster(cluster)));
  }

  @Override
  public Map<String, String> gatewayAddresses() {
    return gatewayAddresses;
  }
}
