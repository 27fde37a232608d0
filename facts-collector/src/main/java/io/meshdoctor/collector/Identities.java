package io.meshdoctor.collector;

import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Role;
import io.meshdoctor.facts.Serves;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is who: what each cluster of a mesh is called, which part it has, and which network it is on.
 *
 * <p>Several things can tell this, and they may differ in a broken mesh. The first of each list
 * that tells anything counts:
 *
 * <dl>
 *   <dt>cluster ID
 *   <dd>{@code CLUSTER_ID} of its own istiod's pod, ready ones first, else of its Deployment; what
 *       an istiod that runs there calls itself in {@code /debug/clusterz}; {@code
 *       global.multiCluster.clusterName} of the injector; the path of a webhook that is switched
 *       on, unless the next of these and the oldest proxy agree on another one; the key under which
 *       other clusters hold a kubeconfig for its API server, known by URL or else by CA, if there
 *       is just one such key; what its proxies claim, gateways before others, then most pods, then
 *       the oldest
 *   <dt>role
 *   <dd>none if it only runs the control plane of another cluster; remote if its system namespace
 *       is annotated for other control planes only; primary if an istiod, or its Deployment, is
 *       there; remote if all pods were read and none is an istiod
 *   <dt>network
 *   <dd>the label of its system namespace, unless injector, pods and gateways agree on another one;
 *       {@code global.network} of the injector; the path of a webhook that is switched on; the
 *       label that most of its injected pods carry
 *   <dt>control planes of a cluster that is no primary
 *   <dd>the primaries that its annotation names, unless the next two agree on another one; those
 *       that proxies of its ID are connected to; the one whose gateway or istiod its Service for
 *       istiod leads to; of a remote, the only primary there is, if that one holds a Secret for it
 *   <dt>version
 *   <dd>image of istiod, ready ones first, or of its Deployment; image of most proxies
 *   <dt>trust domain
 *   <dd>its own mesh configuration; that of its control plane
 *   <dt>cluster domain
 *   <dd>argument of its own istiod; values of its injector; the same of another cluster
 * </dl>
 *
 * <p>Only what is in the system namespace counts as a cluster's own istiod. An external control
 * plane is that of the cluster that it has its configuration from ({@link ExternalControlPlanes}).
 */
final class Identities {

  private static final String DEFAULT_DOMAIN = "cluster.local";

  private final MeshState mesh;
  private final IstiodServices istiodServices;
  private final ClusterIds ids;
  private final Map<String, Role> roles = new HashMap<>();
  private final Map<String, Told> networks = new HashMap<>();
  private final Map<String, List<Serves>> servedBy = new HashMap<>();
  private final SystemServices systemServices;

  private Identities(MeshState mesh, IstiodServices istiodServices, ClusterIds ids) {
    this.mesh = mesh;
    this.istiodServices = istiodServices;
    this.ids = ids;
    this.systemServices =
        new SystemServices(
            mesh,
            mesh.clusters().values().stream()
                .map(this::systemNamespace)
                .collect(Collectors.toSet()));
  }

  static Identities of(MeshState mesh, IstiodServices istiodServices) {
    var identities = new Identities(mesh, istiodServices, ClusterIds.of(mesh));
    var clusters = mesh.clusters().values();
    clusters.forEach(cluster -> identities.roles.put(cluster.name, identities.findRole(cluster)));
    clusters.forEach(
        cluster -> identities.networks.put(cluster.name, identities.findNetwork(cluster)));
    clusters.forEach(
        cluster -> identities.servedBy.put(cluster.name, identities.findControlPlanes(cluster)));
    return identities;
  }

  ClusterIds ids() {
    return ids;
  }

  Told id(ClusterState cluster) {
    return ids.of(cluster);
  }

  /**
   * The operator's name of the cluster that istiod of another one knows under an ID: the cluster
   * that has this ID, else the one that a Secret with this key leads to; empty where there is none.
   */
  String nameOf(ClusterState viewer, String id) {
    return ids.nameOf(viewer, id);
  }

  String systemNamespace(ClusterState cluster) {
    return cluster.kubernetes.systemNamespace(mesh.systemNamespace);
  }

  /** Services that clusters do not share. */
  SystemServices systemServices() {
    return systemServices;
  }

  /** The system namespace as an object, if it was read. */
  Optional<NamespaceObject> systemObject(ClusterState cluster) {
    return Optional.ofNullable(cluster.kubernetes.namespace(systemNamespace(cluster)));
  }

  /** Where to look for what the system namespace says, be it there or not. */
  Origin systemOrigin(ClusterState cluster) {
    return new ObjectKey("namespace", "", systemNamespace(cluster)).at(cluster, ".metadata");
  }

  /** The part it has in the mesh; unknown where it has none. */
  Role role(ClusterState cluster) {
    return roles.getOrDefault(cluster.name, Role.UNKNOWN);
  }

  /** What runs a control plane for itself or for others. */
  List<ClusterState> primaries() {
    return mesh.clusters().values().stream()
        .filter(cluster -> role(cluster) == Role.PRIMARY)
        .toList();
  }

  /** Which control planes are meant to serve a cluster. */
  List<Serves> servedBy(ClusterState cluster) {
    return servedBy.getOrDefault(cluster.name, List.of());
  }

  /** The network that it is on; empty where unknown, or where none is named for it. */
  Told network(ClusterState cluster) {
    return networks.getOrDefault(cluster.name, Told.NOTHING);
  }

  private Told findNetwork(ClusterState cluster) {
    if (isNetworkDisputed(cluster)) {
      return Told.NOTHING;
    }
    var state = cluster.kubernetes;
    return Told.first(
        List.of(
            () -> namedNetwork(cluster),
            () -> injectedNetwork(cluster),
            () -> state.webhook(cluster, WebhookObject::network),
            () -> claimedNetwork(cluster)));
  }

  /**
   * What the label of the system namespace says, unless injection, pods and gateways of the cluster
   * agree on another network: for these it is the label of the pod that counts, which injection
   * gives it, so that nothing is on the network of the namespace.
   */
  private Told namedNetwork(ClusterState cluster) {
    var named = labelledNetwork(cluster);
    var injected = injectedNetwork(cluster);
    boolean outvoted =
        named.isKnown()
            && injected.isKnown()
            && injected.value().equals(claimedNetwork(cluster).value())
            && gatewayNetworks(cluster).equals(Set.of(injected.value()));
    return outvoted ? injected : named;
  }

  /**
   * Whether nothing agrees with the label of the system namespace, and not all was read that may.
   */
  private boolean isNetworkDisputed(ClusterState cluster) {
    if (cluster.isListed("ConfigMap") && cluster.isListed("Pod") && cluster.isListed("Service")) {
      return false;
    }
    Set<String> others = gatewayNetworks(cluster);
    Stream.of(injectedNetwork(cluster), claimedNetwork(cluster))
        .filter(Told::isKnown)
        .map(Told::value)
        .forEach(others::add);
    var named = labelledNetwork(cluster);
    return named.isKnown() && !others.isEmpty() && !others.contains(named.value());
  }

  private Told labelledNetwork(ClusterState cluster) {
    return systemObject(cluster)
        .map(own -> new Told(own.network(), own.key().at(cluster, ".metadata.labels")))
        .orElse(Told.NOTHING);
  }

  private Told injectedNetwork(ClusterState cluster) {
    return cluster.kubernetes.injector(cluster, systemNamespace(cluster), InjectorObject::network);
  }

  private static Told claimedNetwork(ClusterState cluster) {
    return ProxyClaims.ofMost(cluster, PodGroup.Alike::networkLabel);
  }

  private static Set<String> gatewayNetworks(ClusterState cluster) {
    Set<String> networks = new HashSet<>();
    for (var service : cluster.kubernetes.services.values()) {
      var network = service.labels().getOrDefault(NamespaceObject.NETWORK, "");
      if (!network.isEmpty()) {
        networks.add(network);
      }
    }
    return networks;
  }

  /** Whether it is known which network a cluster is on, or that none is named for it. */
  boolean isNetworkKnown(ClusterState cluster) {
    return network(cluster).isKnown()
        || (cluster.isListed("Namespace")
            && cluster.isListed("Pod")
            && !isNetworkDisputed(cluster));
  }

  /**
   * Whether a cluster that was read completely has nothing of Istio, and none of the control planes
   * that were read is told to read it.
   */
  boolean isWithoutIstio(ClusterState cluster) {
    return cluster.isListed("Namespace")
        && cluster.isListed("Pod")
        && role(cluster) != Role.PRIMARY
        && (systemObject(cluster).isEmpty() || isHosting(cluster, systemNamespace(cluster)))
        && cluster.kubernetes.pods.groups().stream().noneMatch(pods -> isMeant(cluster, pods))
        && primaries().stream().noneMatch(primary -> holdsSecretFor(primary, cluster));
  }

  private static boolean isHosting(ClusterState cluster, String namespace) {
    return cluster.kubernetes.hosted.containsKey(namespace);
  }

  /**
   * Whether two clusters are no mesh: one of them only runs the control plane of the other, and
   * neither is told to read the other.
   */
  boolean isApart(ClusterState one, ClusterState other) {
    boolean hosting =
        one.kubernetes.hosted.containsValue(other.name)
            || other.kubernetes.hosted.containsValue(one.name);
    return hosting && !holdsSecretFor(one, other) && !holdsSecretFor(other, one);
  }

  String version(ClusterState cluster) {
    var state = cluster.kubernetes;
    var system = systemNamespace(cluster);
    var own =
        Stream.concat(
                state.istiods(system).stream().map(IstiodPod::template),
                state.istiodTemplates(system).stream().map(WorkloadTemplate::template))
            .map(PodTemplate::version)
            .filter(version -> !version.isEmpty())
            .findFirst();
    return own.orElseGet(
        () -> ProxyClaims.ofMost(cluster, pod -> pod.template().version()).value());
  }

  /** The trust domain of its workloads; empty where unknown. */
  String trustDomain(ClusterState cluster) {
    var own = meshConfigs(cluster).main();
    if (own != null) {
      return own.trustDomain();
    }
    for (var serves : servedBy(cluster)) {
      var config = meshConfigs(mesh.cluster(serves.controlPlane())).main();
      if (config != null) {
        return config.trustDomain();
      }
    }
    return "";
  }

  /** The DNS domain of its Services. */
  String domain(ClusterState cluster) {
    return Stream.concat(Stream.of(cluster), mesh.clusters().values().stream())
        .map(this::ownDomain)
        .filter(domain -> !domain.isEmpty())
        .findFirst()
        .orElse(DEFAULT_DOMAIN);
  }

  MeshConfigs meshConfigs(ClusterState cluster) {
    return MeshConfigs.of(cluster, systemNamespace(cluster));
  }

  /** Which services a control plane offers to ambient workloads of other networks. */
  ServiceScopes serviceScopes(ClusterState primary) {
    var config = meshConfigs(primary).main();
    return config == null ? ServiceScopes.USUAL : config.serviceScopes();
  }

  /** The namespace whose policies and rules are for the whole mesh of a control plane. */
  String rootNamespace(ClusterState controlPlane) {
    var config = meshConfigs(controlPlane).main();
    return config == null || config.rootNamespace().isEmpty()
        ? systemNamespace(controlPlane)
        : config.rootNamespace();
  }

  private String ownDomain(ClusterState cluster) {
    var system = systemNamespace(cluster);
    return cluster.kubernetes.istiods(system).stream()
        .map(istiod -> istiod.template().domain())
        .filter(domain -> !domain.isEmpty())
        .findFirst()
        .orElseGet(
            () ->
                cluster
                    .kubernetes
                    .injector(cluster, system, InjectorObject::clusterDomain)
                    .value());
  }

  /** Whether it runs the control plane of a cluster of the mesh, and has no other part in it. */
  private boolean isOfAnotherMesh(ClusterState cluster) {
    return cluster.kubernetes.hosted.values().stream()
        .anyMatch(of -> isApart(cluster, mesh.cluster(of)));
  }

  private Role findRole(ClusterState cluster) {
    if (isOfAnotherMesh(cluster)) {
      return Role.UNKNOWN;
    }
    var system = systemNamespace(cluster);
    var id = id(cluster).value();
    var named = namedControlPlanes(cluster);
    if (!named.isEmpty() && !named.contains("*") && !named.contains(id)) {
      return Role.REMOTE;
    }
    if (!cluster.kubernetes.istiods(system).isEmpty()
        || !cluster.kubernetes.istiodTemplates(system).isEmpty()
        || cluster.controlPlane.configClusterIds().keySet().stream()
            .anyMatch(istiod -> istiod.startsWith(system + "/"))) {
      return Role.PRIMARY;
    }
    return cluster.isListed("Pod") ? Role.REMOTE : Role.UNKNOWN;
  }

  /**
   * Whom the annotation means; a blank too much is a fault, but leaves no doubt of what is meant.
   */
  private List<String> namedControlPlanes(ClusterState cluster) {
    return systemObject(cluster).map(NamespaceObject::controlPlanes).orElse(List.of()).stream()
        .map(String::strip)
        .filter(id -> !id.isEmpty())
        .toList();
  }

  private List<Serves> findControlPlanes(ClusterState cluster) {
    if (isOfAnotherMesh(cluster)) {
      return List.of();
    }
    var origin = id(cluster).isKnown() ? id(cluster).origin() : systemOrigin(cluster);
    if (role(cluster) == Role.PRIMARY) {
      return List.of(new Serves(cluster.name, cluster.name, origin));
    }
    var id = id(cluster).value();
    var named = namedControlPlanes(cluster);
    var annotated =
        serves(
            cluster,
            primary -> named.contains("*") || named.contains(id(primary).value()),
            systemOrigin(cluster).at(".metadata.annotations"));
    var connected =
        serves(
            cluster,
            primary -> !id.isEmpty() && primary.controlPlane.connectedClusterIds().contains(id),
            origin);
    var led = ledTo(cluster);
    boolean outvoted = !connected.isEmpty() && isOfSame(connected, led);
    for (var told : List.of(outvoted ? connected : annotated, annotated, connected, led)) {
      if (!told.isEmpty()) {
        return told;
      }
    }
    // an annotation that names nobody here names a cluster that was not read
    return named.isEmpty() && role(cluster) == Role.REMOTE && primaries().size() == 1
        ? serves(cluster, primary -> holdsSecretFor(primary, cluster), origin)
        : List.of();
  }

  /** The control planes that its Service for istiod leads to. */
  private List<Serves> ledTo(ClusterState cluster) {
    return istiodServices.of(cluster).stream()
        .map(
            service ->
                serves(
                    cluster,
                    primary -> !service.local() && service.pointsTo().equals(primary.name),
                    service.origin()))
        .filter(led -> !led.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static boolean isOfSame(List<Serves> some, List<Serves> others) {
    return others.stream()
        .anyMatch(
            one ->
                some.stream().anyMatch(other -> other.controlPlane().equals(one.controlPlane())));
  }

  private List<Serves> serves(
      ClusterState cluster, Predicate<ClusterState> condition, Origin origin) {
    return primaries().stream()
        .filter(condition)
        .map(primary -> new Serves(primary.name, cluster.name, origin))
        .toList();
  }

  /** Whether pods have a proxy, or are to have one on their node. */
  private static boolean isMeant(ClusterState cluster, PodGroup pods) {
    var namespace = cluster.kubernetes.namespace(pods.alike.namespace());
    return pods.isMeshed() || pods.alike.dataplaneMode(namespace).equals(NamespaceObject.AMBIENT);
  }

  private boolean holdsSecretFor(ClusterState primary, ClusterState cluster) {
    return primary.kubernetes.remoteSecrets.values().stream()
        .anyMatch(
            secret ->
                secret.entries().stream()
                    .anyMatch(
                        entry ->
                            ids.target(primary, secret, entry)
                                .filter(target -> target == cluster)
                                .isPresent()));
  }
}
