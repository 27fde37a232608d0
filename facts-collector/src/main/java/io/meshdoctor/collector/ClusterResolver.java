package io.meshdoctor.collector;

import io.meshdoctor.facts.AddressRange;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.ClusterRegions;
import io.meshdoctor.facts.ClusterWithoutIstio;
import io.meshdoctor.facts.EastWestGateway;
import io.meshdoctor.facts.ExportedService;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.HostedControlPlane;
import io.meshdoctor.facts.KubernetesGateway;
import io.meshdoctor.facts.LocalityShare;
import io.meshdoctor.facts.NamespaceWithoutRoot;
import io.meshdoctor.facts.NetworkPair;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.OutboundExclusion;
import io.meshdoctor.facts.PeerPolicy;
import io.meshdoctor.facts.PodRanges;
import io.meshdoctor.facts.RemoteSecret;
import io.meshdoctor.facts.Role;
import io.meshdoctor.facts.Workload;
import io.meshdoctor.facts.Ztunnel;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes facts of what Kubernetes objects told, and of who is who. */
final class ClusterResolver {

  private final MeshState mesh;
  private final IstiodServices istiodServices;
  private final Identities identities;
  private final List<Fact> facts = new ArrayList<>();

  private ClusterResolver(MeshState mesh) {
    this.mesh = mesh;
    this.istiodServices = IstiodServices.of(mesh);
    this.identities = Identities.of(mesh, istiodServices);
  }

  static List<Fact> resolve(MeshState mesh) {
    return of(mesh).facts();
  }

  static ClusterResolver of(MeshState mesh) {
    var resolver = new ClusterResolver(mesh);
    mesh.clusters().values().forEach(resolver::identity);
    mesh.clusters().values().forEach(resolver::objects);
    resolver.services();
    resolver.hiddenNamespaces();
    resolver.routing();
    resolver.forecast();
    return resolver;
  }

  List<Fact> facts() {
    return Collections.unmodifiableList(facts);
  }

  /** What others need to know to make facts of what istiods and proxies say. */
  MeshNames names() {
    return new MeshNames(
        mesh, identities, found(EastWestGateway.class), found(KubernetesGateway.class));
  }

  private <T extends Fact> List<T> found(Class<T> type) {
    return facts.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private void identity(ClusterState cluster) {
    var id = identities.id(cluster);
    facts.add(
        new Cluster(
            cluster.name,
            id.value(),
            identities.isWithoutIstio(cluster) ? Role.UNKNOWN : identities.role(cluster),
            identities.network(cluster).value(),
            identities.trustDomain(cluster),
            identities.version(cluster),
            identities.systemNamespace(cluster),
            cluster.context,
            cluster.server,
            id.isKnown() ? id.origin() : identities.systemOrigin(cluster)));
    facts.addAll(identities.servedBy(cluster));
    if (identities.isWithoutIstio(cluster)) {
      facts.add(
          new ClusterWithoutIstio(
              cluster.name, identities.systemNamespace(cluster), identities.systemOrigin(cluster)));
    }
    for (var other : mesh.clusters().values()) {
      if (other != cluster
          && isOnKnownNetwork(cluster)
          && isOnKnownNetwork(other)
          && !identities.isApart(cluster, other)) {
        facts.add(pair(cluster, other));
      }
    }
  }

  private boolean isOnKnownNetwork(ClusterState cluster) {
    return identities.isNetworkKnown(cluster) && !identities.isWithoutIstio(cluster);
  }

  /**
   * Two clusters in one direction, if it is known which networks they are on. A gateway stands
   * between them only if both networks are known and differ: to istiod, an endpoint without a
   * network is one that everybody reaches directly.
   */
  private NetworkPair pair(ClusterState from, ClusterState to) {
    var own = identities.network(from);
    var others = identities.network(to);
    return new NetworkPair(
        from.name,
        to.name,
        own.value(),
        others.value(),
        own.isKnown() && others.isKnown() && !own.value().equals(others.value()),
        others.isKnown() ? others.origin() : identities.systemOrigin(to));
  }

  private void objects(ClusterState cluster) {
    var state = cluster.kubernetes;
    var domain = identities.domain(cluster);
    state.namespaces.values().forEach(namespace -> facts.add(namespace.labelsFact(cluster)));
    identities.systemObject(cluster).ifPresent(own -> facts.add(own.systemFact(cluster)));
    state.pods.istiods().forEach(istiod -> facts.add(istiod.fact(cluster)));
    state.hosted.forEach((namespace, of) -> facts.add(hosted(cluster, namespace, of)));
    facts.addAll(istiodServices.of(cluster));
    state.pods.groups().forEach(group -> facts.add(workload(cluster, group)));
    state.pods.groups().stream()
        .filter(group -> group.alike.template().redirection().isLeavingOutRequests())
        .forEach(group -> facts.add(exclusion(cluster, group)));
    state.webhooks.values().forEach(webhook -> facts.add(webhook.fact(cluster)));
    state.injectors.values().stream()
        .filter(own -> own.key().namespace().equals(identities.systemNamespace(cluster)))
        .forEach(own -> facts.add(own.fact(cluster)));
    facts.addAll(identities.meshConfigs(cluster).facts());
    facts.addAll(new SecretFacts(cluster, identities).facts());
    facts.addAll(new EastWestGateways(cluster, gateways(cluster)).facts());
    state.virtualMachines.values().forEach(machine -> facts.add(machine.fact(cluster)));
    state.pods.groups().stream()
        .flatMap(group -> ztunnel(cluster, group).stream())
        .forEach(facts::add);
    state.gateways.values().forEach(gateway -> facts.addAll(gateway.facts(cluster)));
    state.kubernetesGateways.values().forEach(gateway -> facts.add(gateway.fact(cluster, domain)));
    state.meshNetworks.forEach(
        (key, networks) -> {
          if (key.namespace().equals(identities.systemNamespace(cluster))) {
            networks.forEach(network -> facts.add(network.fact(cluster, key)));
          }
        });
    state.virtualServices.values().forEach(own -> facts.addAll(own.gatewayFacts(cluster, domain)));
    if (!state.nodes.isEmpty()) {
      facts.add(regions(cluster));
      podRanges(cluster).ifPresent(facts::add);
    }
    namespacesWithoutRoot(cluster);
    state.refusedPods.values().forEach(refused -> facts.add(refused.fact(cluster)));
  }

  /** The Gateway resources that gateways of a cluster get: its own, and its control planes'. */
  private List<GatewayObject> gateways(ClusterState cluster) {
    return Stream.concat(
            Stream.of(cluster),
            identities.servedBy(cluster).stream()
                .map(serves -> mesh.cluster(serves.controlPlane()))
                .filter(primary -> primary != cluster))
        .flatMap(primary -> primary.kubernetes.gateways.values().stream())
        .toList();
  }

  private HostedControlPlane hosted(ClusterState host, String namespace, String of) {
    return new HostedControlPlane(
        host.name,
        of,
        namespace,
        identities.isApart(host, mesh.cluster(of)),
        new ObjectKey("namespace", "", namespace).at(host, ".metadata"));
  }

  private static Workload workload(ClusterState cluster, PodGroup group) {
    var alike = group.alike;
    var template = alike.template();
    var namespace = cluster.kubernetes.namespace(alike.namespace());
    return new Workload(
        cluster.name,
        alike.namespace(),
        alike.workload(),
        group.pod(),
        group.pods(),
        group.readyPods(),
        template.injected(),
        template.gateway(),
        alike.injectLabel(),
        namespace != null && namespace.isInjecting(),
        alike.networkLabel(),
        template.network(),
        template.clusterId(),
        template.networkView(),
        template.hostNetwork(),
        alike.captured(),
        alike.dataplaneMode(namespace),
        template.serviceAccount(),
        alike.labels(),
        group.oldest(),
        group.newest(),
        new ObjectKey("pod", alike.namespace(), group.pod()).at(cluster, ".spec"));
  }

  private static OutboundExclusion exclusion(ClusterState cluster, PodGroup group) {
    var alike = group.alike;
    var redirection = alike.template().redirection();
    return new OutboundExclusion(
        cluster.name,
        alike.namespace(),
        alike.workload(),
        group.pod(),
        redirection.includedRanges(),
        redirection.excludedRanges(),
        redirection.includedOutbound(),
        redirection.excludedOutbound(),
        new ObjectKey("pod", alike.namespace(), group.pod()).at(cluster, ".spec.initContainers"));
  }

  private static Optional<Ztunnel> ztunnel(ClusterState cluster, PodGroup group) {
    var alike = group.alike;
    return Optional.ofNullable(alike.template().ztunnel())
        .map(
            node ->
                new Ztunnel(
                    cluster.name,
                    alike.namespace(),
                    alike.workload(),
                    group.pod(),
                    group.pods(),
                    group.readyPods(),
                    node.clusterId(),
                    node.network(),
                    alike.template().serviceAccount(),
                    new ObjectKey("daemonset", alike.namespace(), alike.workload())
                        .at(cluster, ".spec.template.spec")));
  }

  private static ClusterRegions regions(ClusterState cluster) {
    var regions =
        cluster.kubernetes.nodes.values().stream()
            .map(NodeObject::region)
            .filter(region -> !region.isEmpty())
            .distinct()
            .sorted()
            .toList();
    return new ClusterRegions(
        cluster.name,
        regions,
        Origin.object(cluster.name, cluster.context, "nodes", "", "", ".items[*].metadata.labels"));
  }

  /** The ranges of the nodes; where pods were read, those that they do have addresses of. */
  private static Optional<PodRanges> podRanges(ClusterState cluster) {
    var state = cluster.kubernetes;
    NavigableMap<BigInteger, AddressRange> ranges = new TreeMap<>();
    state.nodes.values().stream()
        .flatMap(node -> node.podRanges().stream())
        .map(AddressRange::of)
        .filter(Objects::nonNull)
        .forEach(range -> ranges.put(range.first(), range));
    Collection<AddressRange> used = ranges.values();
    if (cluster.isListed("Pod")) {
      used =
          state.pods.addresses().stream()
              .map(AddressRange::of)
              .filter(Objects::nonNull)
              .map(address -> holding(ranges, address))
              .filter(Objects::nonNull)
              .collect(Collectors.toSet());
    }
    var texts = used.stream().map(AddressRange::text).sorted().toList();
    return texts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PodRanges(
                cluster.name,
                texts,
                Origin.object(
                    cluster.name, cluster.context, "nodes", "", "", ".items[*].spec.podCIDRs")));
  }

  private static @Nullable AddressRange holding(
      NavigableMap<BigInteger, AddressRange> ranges, AddressRange address) {
    var below = ranges.floorEntry(address.first());
    return below != null && below.getValue().isOverlapping(address) ? below.getValue() : null;
  }

  /** Namespaces with proxies that istiod has not told which root to trust. */
  private void namespacesWithoutRoot(ClusterState cluster) {
    var state = cluster.kubernetes;
    if (!cluster.isListed("ConfigMap")) {
      return;
    }
    Set<String> told =
        state.roots.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    Set<String> seen = new HashSet<>();
    for (var group : state.pods.groups()) {
      var namespace = group.alike.namespace();
      var template = group.alike.template();
      if ((template.injected() || template.ztunnel() != null)
          && !told.contains(namespace)
          && seen.add(namespace)) {
        facts.add(
            new NamespaceWithoutRoot(
                cluster.name,
                namespace,
                group.pod(),
                new ObjectKey("namespace", "", namespace).at(cluster, ".metadata")));
      }
    }
  }

  private void services() {
    for (var cluster : mesh.clusters().values()) {
      var services = new Services(cluster, identities);
      facts.addAll(services.facts());
      facts.addAll(policies(cluster));
      for (var other : mesh.clusters().values()) {
        if (other != cluster) {
          facts.addAll(services.matching(other));
        }
      }
    }
  }

  /** The security policies that control planes have for the pods of a cluster. */
  private List<Fact> policies(ClusterState cluster) {
    return identities.primaries().stream()
        .flatMap(
            primary ->
                new SecurityPolicies(
                        cluster,
                        primary,
                        identities.rootNamespace(primary),
                        TrustDomains.of(identities.meshConfigs(primary)),
                        identities.domain(cluster))
                    .facts().stream())
        .toList();
  }

  private void routing() {
    var shared = new SharedServices(mesh, identities);
    var names = names();
    for (var cluster : mesh.clusters().values()) {
      facts.addAll(new RoutingFacts(cluster, identities, shared).facts());
      for (var export : cluster.kubernetes.exports) {
        facts.add(
            new ExportedService(
                cluster.name, export.namespace(), export.name(), export.at(cluster, ".metadata")));
      }
    }
    facts.addAll(new HiddenServices(mesh, identities, shared, names).facts());
    facts.addAll(new NamespaceTwins(mesh, identities, shared, names).facts());
  }

  private void forecast() {
    var configured =
        new EndpointForecast.Configured(
            found(RemoteSecret.class),
            found(EastWestGateway.class),
            found(KubernetesGateway.class),
            found(PeerPolicy.class),
            found(LocalityShare.class));
    facts.addAll(new EndpointForecast(mesh, identities, names(), configured).facts());
  }

  private void hiddenNamespaces() {
    var gateways =
        found(EastWestGateway.class).stream()
            .map(own -> new HiddenNamespaces.Place(own.cluster(), own.namespace()))
            .collect(Collectors.toSet());
    var secrets = found(RemoteSecret.class);
    facts.addAll(new HiddenNamespaces(mesh, identities, secrets, gateways).facts());
  }
}
