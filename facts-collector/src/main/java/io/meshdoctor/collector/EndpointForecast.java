package io.meshdoctor.collector;

import io.meshdoctor.collector.IstiodState.GatewayRow;
import io.meshdoctor.facts.EastWestGateway;
import io.meshdoctor.facts.ExpectedEndpoints;
import io.meshdoctor.facts.KubernetesGateway;
import io.meshdoctor.facts.LocalityShare;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.PeerPolicy;
import io.meshdoctor.facts.RemoteSecret;
import io.meshdoctor.facts.ServicePort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Works out which endpoints of other clusters a proxy should have, from configuration alone: what
 * istiod makes of Services, EndpointSlices, networks, gateways, remote secrets and policies when it
 * reads all that it is given access to. Of a proxy nothing is used but which pods have one.
 *
 * <p>The way of an endpoint, each step as istiod takes it:
 *
 * <ol>
 *   <li>its cluster is read: the own one, or one with a usable remote secret ({@code
 *       pkg/kube/multicluster/secretcontroller.go});
 *   <li>its namespace passes {@code discoverySelectors};
 *   <li>the client sees the service, by Sidecar and {@code exportTo};
 *   <li>it is of the client's own cluster, or the service is not {@code clusterLocal}; it is ready;
 *       its port has the name that the service has for the control plane ({@code
 *       filterIstioEndpoint} of {@code pilot/pkg/xds/endpoints/endpoint_builder.go});
 *   <li>on the client's network, on none, or where no gateway leads to its network, it is reached
 *       at its own address, else at those of the gateways in its cluster, or else of its network,
 *       and not at all without mutual TLS ({@code EndpointsByNetworkFilter} of {@code
 *       pilot/pkg/xds/endpoints/ep_filters.go}).
 * </ol>
 *
 * <p>Where something else decides, or something was not read, nothing is said: headless Services,
 * {@code internalTrafficPolicy}, waypoints, Service entries of the same host, shares by locality,
 * multi-cluster Services of Kubernetes, {@code meshNetworks}, several control planes for one proxy,
 * addresses of IPv6.
 */
final class EndpointForecast {

  /** From this release on, a client without a network goes through gateways as well. */
  private static final int GATEWAYS_FOR_ALL = 30;

  private static final Pattern RELEASE = Pattern.compile("1\\.(\\d{1,3})\\b.*");
  private static final String MUTUAL = "ISTIO_MUTUAL";
  private static final String TLS_MODE = "security.istio.io/tlsMode";
  private static final String WAYPOINT = "istio.io/use-waypoint";

  private static final List<String> NEEDED_OF_CLUSTER =
      List.of("Service", "EndpointSlice", "Pod", "Namespace");

  private static final List<String> NEEDED_OF_CONTROL_PLANE =
      List.of("Secret", "DestinationRule", "PeerAuthentication", "Sidecar", "ServiceEntry");

  private static final List<String> OTHER_RULES =
      List.of(
          "ENABLE_MCS_SERVICE_DISCOVERY",
          "ENABLE_MCS_CLUSTER_LOCAL",
          "ENABLE_MCS_HOST",
          "AMBIENT_ENABLE_MULTI_NETWORK");

  /** Facts of configuration that it stands on. */
  record Configured(
      List<RemoteSecret> secrets,
      List<EastWestGateway> gateways,
      List<KubernetesGateway> kubernetesGateways,
      List<PeerPolicy> peers,
      List<LocalityShare> shares) {}

  /**
   * A gateway that istiod announces; its address has a port, and may be a host name.
   *
   * @param cluster operator's name of the cluster that istiod takes for its own
   * @param home that of the one that it stands in; another one where a Gateway stands for it
   */
  private record Gateway(String cluster, String home, String network, String address) {}

  /** An endpoint that is ready. */
  private record Endpoint(String address, String network, boolean tls) {}

  /** Clients that are treated alike; without a Sidecar they see everything. */
  private record Clients(
      ClusterState cluster, String namespace, String network, @Nullable SidecarObject sidecar) {}

  /** Where clients reach the endpoints of a service that are in one cluster. */
  private record Way(
      String host,
      int port,
      String towards,
      List<String> pods,
      List<String> gateways,
      Origin origin) {}

  /** Addresses in one cluster. */
  private record Addresses(SortedSet<String> pods, SortedSet<String> gateways) {

    Addresses() {
      this(new TreeSet<>(), new TreeSet<>());
    }
  }

  private final MeshState mesh;
  private final Identities identities;
  private final Names names;
  private final SharedServices services;
  private final Configured configured;

  EndpointForecast(MeshState mesh, Identities identities, Names names, Configured configured) {
    this.mesh = mesh;
    this.identities = identities;
    this.names = names;
    this.services = new SharedServices(mesh, identities);
    this.configured = configured;
  }

  List<ExpectedEndpoints> facts() {
    List<ExpectedEndpoints> facts = new ArrayList<>();
    Map<String, View> views = new HashMap<>();
    for (var cluster : mesh.clusters().values()) {
      var serving = identities.servedBy(cluster);
      if (serving.size() != 1 || cluster.proxies.proxies().isEmpty()) {
        continue;
      }
      var view =
          views.computeIfAbsent(
              serving.get(0).controlPlane(), name -> new View(mesh.cluster(name)));
      if (view.isComplete()) {
        for (var proxy : cluster.proxies.proxies()) {
          var pod = cluster.kubernetes.pods.named(proxy.namespace, proxy.pod);
          if (pod != null && isClient(pod)) {
            view.forecast(cluster, proxy.namespace, pod, facts);
          }
        }
      }
    }
    return facts;
  }

  private static boolean isClient(Pods.Pod pod) {
    var template = pod.group().alike.template();
    return template.injected() && !template.gateway() && !pod.ip().contains(":");
  }

  /** What one control plane makes of the configuration. */
  private final class View {

    private final ClusterState controlPlane;
    private final List<ClusterState> read;
    private final @Nullable MeshConfig config;
    private final List<Gateway> gateways = new ArrayList<>();
    private final SidecarScopes sidecars;
    private final DestinationRules rules;
    private final boolean gatewaysForAll;
    private final Set<String> excluded = new HashSet<>();
    private final Map<Clients, List<Way>> ways = new HashMap<>();
    private final Map<ObjectKey, Map<String, List<Endpoint>>> endpoints = new HashMap<>();

    View(ClusterState controlPlane) {
      this.controlPlane = controlPlane;
      this.read = readBy();
      this.config = identities.meshConfigs(controlPlane).main();
      var root = identities.rootNamespace(controlPlane);
      this.sidecars = new SidecarScopes(controlPlane, root);
      this.rules =
          new DestinationRules(
              controlPlane.kubernetes.destinationRules.values(),
              root,
              config == null ? List.of() : config.destinationRuleExportTo(),
              identities.domain(controlPlane));
      var release = RELEASE.matcher(identities.version(controlPlane));
      this.gatewaysForAll =
          release.matches() && Integer.parseInt(release.group(1)) >= GATEWAYS_FOR_ALL;
      noteGateways();
      noteExcluded();
    }

    private List<ClusterState> readBy() {
      return Stream.concat(
              Stream.of(controlPlane.name),
              configured.secrets().stream()
                  .filter(
                      secret -> secret.heldBy().equals(controlPlane.name) && secret.isEffective())
                  .map(RemoteSecret::pointsTo)
                  .filter(name -> !name.isEmpty()))
          .distinct()
          .sorted()
          .map(mesh::cluster)
          .toList();
    }

    boolean isComplete() {
      return config != null
          && NEEDED_OF_CONTROL_PLANE.stream().allMatch(controlPlane::isListed)
          && read.stream()
              .allMatch(cluster -> NEEDED_OF_CLUSTER.stream().allMatch(cluster::isListed))
          && controlPlane.kubernetes.meshNetworks.values().stream().allMatch(List::isEmpty)
          && gateways.stream().noneMatch(gateway -> gateway.home().isEmpty())
          // of another domain it would know services by other names than their clusters do
          && read.stream().map(identities::domain).distinct().count() == 1
          // a cluster that was not read may have a gateway of any network
          && configured.secrets().stream()
              .noneMatch(
                  secret ->
                      secret.heldBy().equals(controlPlane.name)
                          && secret.isEffective()
                          && secret.pointsTo().isEmpty())
          && controlPlane.kubernetes.pods.istiods().stream()
              .map(istiod -> istiod.template().env())
              .noneMatch(
                  env -> OTHER_RULES.stream().anyMatch(rule -> "true".equals(env.get(rule))));
    }

    private boolean isDiscovered(ClusterState cluster, String namespace) {
      var own = cluster.kubernetes.namespace(namespace);
      return config == null || config.isDiscovering(own == null ? Map.of() : own.labels());
    }

    private void noteGateways() {
      for (var gateway : configured.gateways()) {
        var cluster = mesh.cluster(gateway.cluster());
        if (read.contains(cluster)
            && gateway.isAnnounced()
            && gateway.ports().contains(gateway.port())
            && isDiscovered(cluster, gateway.namespace())) {
          var service =
              cluster.kubernetes.services.get(
                  ObjectKey.service(gateway.namespace(), gateway.name()));
          int port =
              service != null && gateway.type().equals("NodePort") && gateway.nodePortOptIn()
                  ? service.nodePorts().getOrDefault(gateway.port(), gateway.port())
                  : gateway.port();
          Stream.concat(gateway.addresses().stream(), gateway.hostnames().stream())
              .forEach(address -> add(cluster, cluster.name, gateway.network(), address, port));
        }
      }
      var id = identities.id(controlPlane).value();
      for (var gateway : configured.kubernetesGateways()) {
        var cluster = mesh.cluster(gateway.cluster());
        boolean foreign = gateway.isRemote() && cluster != controlPlane;
        if (read.contains(cluster) && !gateway.network().isEmpty() && !foreign) {
          for (int port : gateway.passthroughPorts()) {
            gateway
                .namedAddresses()
                .forEach(
                    address -> {
                      var row = new GatewayRow(gateway.network(), id, address, port, 0);
                      var home =
                          gateway.isRemote()
                              ? names.nameOf(controlPlane.name, row)
                              : gateway.cluster();
                      add(cluster, home, gateway.network(), address, port);
                    });
          }
        }
      }
    }

    private void add(ClusterState cluster, String home, String network, String address, int port) {
      if (!address.contains(":")) {
        gateways.add(new Gateway(cluster.name, home, network, address + ":" + port));
      }
    }

    /** Hosts that are decided about by what is not worked out here. */
    private void noteExcluded() {
      configured.shares().stream()
          .filter(share -> share.cluster().equals(controlPlane.name))
          .forEach(share -> excluded.add(share.host()));
      controlPlane
          .kubernetes
          .serviceEntries
          .values()
          .forEach(entry -> excluded.addAll(entry.hosts()));
      configured.peers().stream()
          .filter(peer -> peer.heldBy().equals(controlPlane.name))
          .filter(peer -> peer.mode().equals("DISABLE") && !peer.ports().isEmpty())
          .forEach(peer -> excluded.addAll(peer.services()));
    }

    void forecast(
        ClusterState clients, String namespace, Pods.Pod pod, List<ExpectedEndpoints> facts) {
      var alike = pod.group().alike;
      var sidecar = sidecars.of(namespace, alike.labels()).orElse(null);
      var group = new Clients(clients, namespace, alike.template().network(), sidecar);
      for (var way : ways.computeIfAbsent(group, this::ways)) {
        facts.add(
            new ExpectedEndpoints(
                clients.name,
                namespace,
                pod.name(),
                way.host(),
                way.port(),
                way.towards(),
                way.pods(),
                way.gateways(),
                way.origin()));
      }
    }

    private List<Way> ways(Clients clients) {
      List<Way> found = new ArrayList<>();
      for (var host : services.hosts()) {
        var key = services.key(host).orElse(null);
        var model = key == null || excluded.contains(host) ? null : model(key);
        if (key == null || model == null || !isPlain(key) || !isSeen(clients, model, host)) {
          continue;
        }
        for (var port : model.ports()) {
          if (port.protocol().equals("TCP")) {
            addresses(clients, key, host, port)
                .forEach(
                    (towards, all) ->
                        found.add(
                            new Way(
                                host,
                                port.number(),
                                towards,
                                List.copyOf(all.pods()),
                                List.copyOf(all.gateways()),
                                key.at(mesh.cluster(towards), ".spec"))));
          }
        }
      }
      return found;
    }

    /** Whether clients get a service at all. */
    private boolean isSeen(Clients clients, ServiceObject model, String host) {
      var namespace = model.key().namespace();
      return (clients.sidecar() == null
              || clients.sidecar().isLettingSee(clients.namespace(), namespace, host))
          && ExportTo.isVisible(
              model.annotations(),
              config == null ? List.of() : config.serviceExportTo(),
              namespace,
              clients.namespace());
    }

    /** The Service whose ports count: that of the control plane's cluster, else the first. */
    private @Nullable ServiceObject model(ObjectKey key) {
      return Stream.concat(Stream.of(controlPlane), read.stream())
          .filter(cluster -> isDiscovered(cluster, key.namespace()))
          .map(cluster -> cluster.kubernetes.services.get(key))
          .filter(service -> service != null)
          .findFirst()
          .orElse(null);
    }

    /** Whether nothing of a Service asks for more than the usual way. */
    private boolean isPlain(ObjectKey key) {
      return read.stream()
          .map(cluster -> cluster.kubernetes.services.get(key))
          .filter(service -> service != null)
          .noneMatch(
              service ->
                  service.headless()
                      || service.isExternalName()
                      || service.internalTrafficPolicy().equals("Local")
                      || service.labels().containsKey(WAYPOINT));
    }

    /** Where the endpoints in each other cluster are reached. */
    private SortedMap<String, Addresses> addresses(
        Clients clients, ObjectKey key, String host, ServicePort port) {
      SortedMap<String, Addresses> found = new TreeMap<>();
      boolean local = config != null && config.clusterLocal().patternFor(host).isPresent();
      var mode = tlsMode(clients.namespace(), key, host, port.number());
      for (var cluster : mesh.clusters().values()) {
        var service = cluster.kubernetes.services.get(key);
        if (cluster == clients.cluster() || service == null) {
          continue;
        }
        found.computeIfAbsent(cluster.name, name -> new Addresses());
        if (local || !read.contains(cluster) || !hasPort(service, port)) {
          continue;
        }
        for (var endpoint : endpoints(cluster, key)) {
          var through = gateways(clients.network(), endpoint, cluster);
          if (through.isEmpty()) {
            found
                .computeIfAbsent(cluster.name, name -> new Addresses())
                .pods()
                .add(endpoint.address());
          } else if (endpoint.tls()
              && (mode.isEmpty() ? isMutual(cluster, host) : mode.equals(MUTUAL))) {
            through.stream()
                .filter(gateway -> !gateway.home().equals(clients.cluster().name))
                .forEach(
                    gateway ->
                        found
                            .computeIfAbsent(gateway.home(), name -> new Addresses())
                            .gateways()
                            .add(gateway.address()));
          }
        }
      }
      return found;
    }

    private static boolean hasPort(ServiceObject service, ServicePort model) {
      return service.ports().stream()
          .anyMatch(port -> port.name().equals(model.name()) && port.protocol().equals("TCP"));
    }

    /** The gateways that lead to an endpoint; none where it is reached at its own address. */
    private List<Gateway> gateways(String network, Endpoint endpoint, ClusterState cluster) {
      boolean direct =
          endpoint.network().isEmpty()
              || endpoint.network().equals(network)
              || (network.isEmpty() && !gatewaysForAll);
      if (direct) {
        return List.of();
      }
      var all =
          gateways.stream()
              .filter(gateway -> gateway.network().equals(endpoint.network()))
              .toList();
      var own = all.stream().filter(gateway -> gateway.cluster().equals(cluster.name)).toList();
      return own.isEmpty() ? all : own;
    }

    private String tlsMode(String namespace, ObjectKey key, String host, int port) {
      var policies =
          rules.of(namespace, key.namespace(), host).stream()
              .map(DestinationRules.Joined::policy)
              .filter(policy -> policy.subset().isEmpty())
              .toList();
      return Stream.of(port, 0)
          .flatMap(number -> policies.stream().filter(policy -> policy.port() == number))
          .map(DestinationRuleObject.Policy::tlsMode)
          .findFirst()
          .orElse("");
    }

    private boolean isMutual(ClusterState cluster, String host) {
      return configured.peers().stream()
          .noneMatch(
              peer ->
                  peer.cluster().equals(cluster.name)
                      && peer.heldBy().equals(controlPlane.name)
                      && peer.mode().equals("DISABLE")
                      && peer.services().contains(host));
    }

    /** The ready endpoints of a Service in a cluster, where its namespace is looked into. */
    private List<Endpoint> endpoints(ClusterState cluster, ObjectKey key) {
      return endpoints
          .computeIfAbsent(key, ignored -> new HashMap<>())
          .computeIfAbsent(
              cluster.name,
              name -> {
                var backing = cluster.kubernetes.backing(key);
                return backing == null || !isDiscovered(cluster, key.namespace())
                    ? List.of()
                    : backing.endpoints().stream()
                        .filter(Backing.Endpoint::ready)
                        .map(endpoint -> endpoint(cluster, key, endpoint))
                        .toList();
              });
    }

    /** The network of a pod is that of its label, else that of its cluster's system namespace. */
    private Endpoint endpoint(ClusterState cluster, ObjectKey key, Backing.Endpoint endpoint) {
      var pods = cluster.kubernetes.pods;
      var pod =
          endpoint.pod().isEmpty()
              ? pods.at(endpoint.address())
              : pods.named(key.namespace(), endpoint.pod());
      var labels = pod == null ? Map.<String, String>of() : pod.group().alike.labels();
      var network = labels.getOrDefault(NamespaceObject.NETWORK, "");
      return new Endpoint(
          endpoint.address(),
          network.isEmpty()
              ? identities.systemObject(cluster).map(NamespaceObject::network).orElse("")
              : network,
          "istio".equals(labels.get(TLS_MODE)));
    }
  }
}
