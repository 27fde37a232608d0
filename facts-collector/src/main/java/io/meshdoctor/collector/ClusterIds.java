package io.meshdoctor.collector;

import io.meshdoctor.facts.Origin;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The IDs by which istiods call the clusters of a mesh, and the clusters that such an ID, or a
 * Secret with a kubeconfig, means. {@link Identities} says what tells an ID.
 */
final class ClusterIds {

  private static final String REMOTE_SECRET_PREFIX = "istio-remote-secret-";

  private final MeshState mesh;
  private final Map<String, Told> ids = new HashMap<>();

  private ClusterIds(MeshState mesh) {
    this.mesh = mesh;
  }

  static ClusterIds of(MeshState mesh) {
    var ids = new ClusterIds(mesh);
    mesh.clusters().values().forEach(cluster -> ids.ids.put(cluster.name, ids.find(cluster)));
    return ids;
  }

  /** The ID of a cluster; empty where unknown. */
  Told of(ClusterState cluster) {
    return ids.getOrDefault(cluster.name, Told.NOTHING);
  }

  /** Operator's name of the cluster that istiod of {@code viewer} knows under an ID, or empty. */
  String nameOf(ClusterState viewer, String id) {
    return withId(viewer, id).or(() -> keyedBy(viewer, id)).map(cluster -> cluster.name).orElse("");
  }

  private Optional<ClusterState> keyedBy(ClusterState viewer, String id) {
    return viewer.kubernetes.remoteSecrets.values().stream()
        .flatMap(
            secret ->
                secret.entries().stream()
                    .filter(entry -> !id.isEmpty() && entry.id().equals(id))
                    .flatMap(entry -> target(viewer, secret, entry).stream()))
        .findFirst();
  }

  /** The cluster that an entry of a Secret is for, as {@code RemoteSecret.pointsTo} says. */
  Optional<ClusterState> target(
      ClusterState holder, RemoteSecretObject secret, RemoteSecretObject.Entry entry) {
    var kubeconfig = entry.kubeconfig();
    return first(
        List.of(
            () -> sameId(holder, entry),
            () -> only(cluster -> isAt(cluster, kubeconfig)),
            () -> only(cluster -> isTrustedBy(kubeconfig, cluster)),
            () -> withId(holder, secret.annotation()),
            () -> named(entry.id().isEmpty() ? secret.annotation() : entry.id()),
            () -> entry.id().isEmpty() ? namedAfter(holder, secret) : Optional.empty()));
  }

  /**
   * The cluster that a kubeconfig leads to in place of the one that it is for: the one whose API
   * server it names, else the one that istiods have the endpoints of. A loopback address says
   * nothing: each cluster may have the same one. Nor does the CA alone, which may be what is wrong
   * with it.
   *
   * @param told what istiods have under the ID of the target
   */
  Optional<ClusterState> elsewhere(ClusterState target, Kubeconfig kubeconfig, ToldCluster told) {
    if (kubeconfig.loopback() || isAt(target, kubeconfig) || isTrustedBy(kubeconfig, target)) {
      return Optional.empty();
    }
    return only(cluster -> isAt(cluster, kubeconfig))
        .filter(cluster -> cluster != target)
        .or(() -> told.other(target, mesh.clusters().values()));
  }

  /** The cluster whose ID is the key; of several, the one that the kubeconfig leads to. */
  private Optional<ClusterState> sameId(ClusterState holder, RemoteSecretObject.Entry entry) {
    var same = clusters(cluster -> hasId(cluster, entry.id()));
    if (same.size() < 2) {
      return same.stream().findFirst();
    }
    return first(
        List.of(
            () -> same.stream().filter(one -> isAt(one, entry.kubeconfig())).findFirst(),
            () -> same.stream().filter(one -> isTrustedBy(entry.kubeconfig(), one)).findFirst(),
            () -> same.stream().filter(one -> one != holder).findFirst()));
  }

  /** A Secret without data can be known by its name alone, which istioctl makes of the ID. */
  private Optional<ClusterState> namedAfter(ClusterState holder, RemoteSecretObject secret) {
    var name = secret.key().name();
    var id =
        name.startsWith(REMOTE_SECRET_PREFIX) ? name.substring(REMOTE_SECRET_PREFIX.length()) : "";
    return withId(holder, id).or(() -> named(id));
  }

  private Optional<ClusterState> withId(ClusterState viewer, String id) {
    return hasId(viewer, id)
        ? Optional.of(viewer)
        : clusters(cluster -> hasId(cluster, id)).stream().findFirst();
  }

  /** A cluster whose ID is unknown, and that the operator calls so. */
  private Optional<ClusterState> named(String name) {
    return clusters(cluster -> cluster.name.equals(name) && !of(cluster).isKnown()).stream()
        .findFirst();
  }

  private boolean hasId(ClusterState cluster, String id) {
    return !id.isEmpty() && of(cluster).value().equals(id);
  }

  private Optional<ClusterState> only(Predicate<ClusterState> condition) {
    var found = clusters(condition);
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private List<ClusterState> clusters(Predicate<ClusterState> condition) {
    return mesh.clusters().values().stream().filter(condition).toList();
  }

  private static boolean isAt(ClusterState cluster, Kubeconfig kubeconfig) {
    return !kubeconfig.server().isEmpty()
        && kubeconfig.server().equals(Kubeconfig.server(cluster.server));
  }

  private static boolean isTrustedBy(Kubeconfig kubeconfig, ClusterState cluster) {
    return kubeconfig.caFingerprints().stream()
        .anyMatch(cluster.kubernetes.apiAuthorities::contains);
  }

  private static Optional<ClusterState> first(List<Supplier<Optional<ClusterState>>> ways) {
    return ways.stream().map(Supplier::get).flatMap(Optional::stream).findFirst();
  }

  private Told find(ClusterState cluster) {
    var state = cluster.kubernetes;
    var system = state.systemNamespace(mesh.systemNamespace);
    return Told.first(
        List.of(
            () -> ownIstiod(cluster, system),
            () -> configCluster(cluster, system),
            () -> state.injector(cluster, system, InjectorObject::clusterName),
            () -> pathOfWebhook(cluster),
            () -> keyOfOthers(cluster),
            () -> ProxyClaims.ofGatewaysFirst(cluster, pod -> pod.template().clusterId())));
  }

  /**
   * The ID that new pods are given, unless the one that others know the cluster by is another, and
   * its proxies were given that: the oldest one, or where pods were not read, those that an istiod
   * lists. Where nobody lists any, the path tells nothing.
   */
  private Told pathOfWebhook(ClusterState cluster) {
    var path = cluster.kubernetes.webhook(cluster, WebhookObject::cluster);
    var key = keyOfOthers(cluster);
    if (!path.isKnown() || !key.isKnown() || key.value().equals(path.value())) {
      return path;
    }
    var oldest = ProxyClaims.ofOldest(cluster, pod -> pod.template().clusterId());
    if (oldest.isKnown() || cluster.isListed("Pod")) {
      return key.value().equals(oldest.value()) ? key : path;
    }
    return isConnected(path.value()) && !isConnected(key.value()) ? path : key;
  }

  private boolean isConnected(String id) {
    return mesh.clusters().values().stream()
        .anyMatch(other -> other.controlPlane.connectedClusterIds().contains(id));
  }

  private static Told ownIstiod(ClusterState cluster, String system) {
    var state = cluster.kubernetes;
    return Stream.concat(
            state.istiods(system).stream()
                .map(pod -> clusterId(cluster, pod.key(), pod.template(), ".spec.containers")),
            state.istiodTemplates(system).stream()
                .map(
                    made ->
                        clusterId(
                            cluster,
                            made.key(),
                            made.template(),
                            ".spec.template.spec.containers")))
        .filter(Told::isKnown)
        .findFirst()
        .orElse(Told.NOTHING);
  }

  private static Told clusterId(
      ClusterState cluster, ObjectKey key, PodTemplate template, String field) {
    return new Told(template.env().getOrDefault("CLUSTER_ID", ""), key.at(cluster, field));
  }

  /** An istiod of another namespace may be the control plane of another cluster. */
  private static Told configCluster(ClusterState cluster, String system) {
    return cluster.controlPlane.configClusterIds().entrySet().stream()
        .filter(row -> row.getKey().startsWith(system + "/") && !row.getValue().isEmpty())
        .map(
            row ->
                new Told(
                    row.getValue(),
                    Origin.istiod(
                        cluster.name,
                        cluster.context,
                        system,
                        row.getKey().substring(system.length() + 1),
                        "clusterz")))
        .findFirst()
        .orElse(Told.NOTHING);
  }

  /** The key under which other clusters hold a kubeconfig for a cluster, if there is just one. */
  private Told keyOfOthers(ClusterState cluster) {
    var byServer = keys(cluster, kubeconfig -> isAt(cluster, kubeconfig));
    if (!byServer.isEmpty()) {
      return onlyOf(byServer.values());
    }
    var byAuthority =
        keys(
            cluster,
            kubeconfig ->
                isTrustedBy(kubeconfig, cluster)
                    && clusters(other -> isTrustedBy(kubeconfig, other)).size() == 1);
    return onlyOf(byAuthority.values());
  }

  private static Told onlyOf(Collection<Told> told) {
    return told.size() == 1 ? told.iterator().next() : Told.NOTHING;
  }

  private SortedMap<String, Told> keys(ClusterState cluster, Predicate<Kubeconfig> condition) {
    SortedMap<String, Told> keys = new TreeMap<>();
    for (var holder : clusters(other -> other != cluster)) {
      for (var secret : holder.kubernetes.remoteSecrets.values()) {
        for (var entry : secret.entries()) {
          if (!entry.id().isEmpty() && condition.test(entry.kubeconfig())) {
            keys.putIfAbsent(
                entry.id(), new Told(entry.id(), secret.key().at(holder, ".data." + entry.id())));
          }
        }
      }
    }
    return keys;
  }
}
