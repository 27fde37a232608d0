package io.meshdoctor.collector;

import io.meshdoctor.collector.DestinationRules.Joined;
import io.meshdoctor.facts.ClusterLocalService;
import io.meshdoctor.facts.DestinationPolicy;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.LoadBalancing;
import io.meshdoctor.facts.LocalityShare;
import io.meshdoctor.facts.RoutedService;
import io.meshdoctor.facts.ServiceEntryHost;
import io.meshdoctor.facts.SubsetBacking;
import io.meshdoctor.facts.TrafficConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what the configuration of one control plane does with requests to services. */
final class RoutingFacts {

  private static final String CLUSTER = "topology.istio.io/cluster";

  /** Labels that istiod gives to endpoints by the node of their pod. */
  private static final Set<String> OF_NODE =
      Set.of(
          "topology.kubernetes.io/region",
          "topology.kubernetes.io/zone",
          "topology.istio.io/subzone",
          "kubernetes.io/hostname");

  private static final Followers NOBODY = new Followers();

  private final ClusterState controlPlane;
  private final Identities identities;
  private final SharedServices services;
  private final String domain;
  private final @Nullable MeshConfig config;
  private final List<Fact> facts = new ArrayList<>();

  /** Subsets that requests go to, by the host of the service. */
  private final SortedMap<String, SortedSet<String>> used = new TreeMap<>();

  /** Clusters that have ready pods of such a subset, by the DestinationRule that defines it. */
  private final Map<ObjectKey, SortedSet<String>> reached = new HashMap<>();

  RoutingFacts(ClusterState controlPlane, Identities identities, SharedServices services) {
    this.controlPlane = controlPlane;
    this.identities = identities;
    this.services = services;
    this.domain = identities.domain(controlPlane);
    this.config = identities.meshConfigs(controlPlane).main();
  }

  List<Fact> facts() {
    var state = controlPlane.kubernetes;
    clusterLocal();
    var routes =
        new VirtualServices(
            state.virtualServices.values(),
            config == null ? List.of() : config.virtualServiceExportTo(),
            domain);
    state.virtualServices.values().forEach(service -> routes(service, routes));
    policies();
    state.destinationRules.values().forEach(this::subsets);
    state.virtualServices.values().forEach(this::hosts);
    state.destinationRules.values().forEach(this::host);
    state.serviceEntries.values().forEach(this::entry);
    return facts;
  }

  private void clusterLocal() {
    var configs = identities.meshConfigs(controlPlane);
    if (config == null || config.clusterLocal().settings().isEmpty()) {
      return;
    }
    for (var host : services.hosts()) {
      config
          .clusterLocal()
          .patternFor(host)
          .ifPresent(
              pattern ->
                  facts.add(
                      new ClusterLocalService(
                          controlPlane.name,
                          host,
                          pattern,
                          configs.mainConfigMap(),
                          configs.mainOrigin())));
    }
  }

  private void routes(VirtualServiceObject service, VirtualServices all) {
    for (var target : service.all()) {
      if (!target.subset().isEmpty()) {
        used.computeIfAbsent(service.full(target, domain), host -> new TreeSet<>())
            .add(target.subset());
      }
    }
    SortedMap<String, SortedSet<String>> subsets = new TreeMap<>();
    for (var target : service.usual()) {
      subsets
          .computeIfAbsent(service.full(target, domain), host -> new TreeSet<>())
          .add(target.subset());
    }
    service
        .fullHosts(domain)
        .forEach(
            host -> {
              var clients = all.clientsOf(service, host);
              if (!clients.isEmpty()) {
                subsets.forEach(
                    (destination, names) ->
                        facts.add(
                            new RoutedService(
                                controlPlane.name,
                                service.key().namespace(),
                                service.key().name(),
                                host,
                                destination,
                                clients,
                                List.copyOf(names),
                                service.key().at(controlPlane, ".spec"))));
              }
            });
  }

  /** What DestinationRules say, and for which services and clients that counts. */
  private void policies() {
    var state = controlPlane.kubernetes;
    var rules =
        new DestinationRules(
            state.destinationRules.values(),
            identities.rootNamespace(controlPlane),
            config == null ? List.of() : config.destinationRuleExportTo(),
            domain);
    List<String> clients = new ArrayList<>(List.of(DestinationRules.OTHERS));
    rules.namespaces().stream().filter(this::hasClients).forEach(clients::add);
    Map<Joined, Followers> followers = new LinkedHashMap<>();
    for (var host : state.destinationRules.isEmpty() ? Set.<String>of() : services.hosts()) {
      var service = services.key(host).map(ObjectKey::namespace).orElse("");
      for (var namespace : clients) {
        for (var joined : rules.of(namespace, service, host)) {
          followers.computeIfAbsent(joined, key -> new Followers()).add(host, namespace);
        }
      }
    }
    for (var rule : state.destinationRules.values()) {
      rule.policies().forEach(policy -> followers.putIfAbsent(new Joined(rule, policy), NOBODY));
      for (var subset : rule.subsets()) {
        var own = DestinationRuleObject.policies(subset, rule.settings());
        if (followers.keySet().stream().noneMatch(joined -> joined.isOf(rule, subset.name()))) {
          own.forEach(policy -> followers.put(new Joined(rule, policy), NOBODY));
        }
      }
    }
    var ofPorts =
        followers.keySet().stream()
            .filter(joined -> joined.policy().port() > 0)
            .collect(Collectors.groupingBy(joined -> joined.rule().key()));
    followers.forEach(
        (joined, who) ->
            facts.add(policy(joined, who, ofPorts.getOrDefault(joined.rule().key(), List.of()))));
    balancing(followers);
  }

  /**
   * Whether the TLS of a policy for all ports counts for none of a service, as the rule says
   * otherwise of each of them.
   *
   * <p>As {@code trafficPolicyTLSModeForPort} of istiod's {@code
   * pilot/pkg/xds/endpoints/mtls_checker.go} does.
   */
  private boolean isOverruled(
      DestinationRuleObject.Policy policy, List<Joined> ofPorts, String host) {
    var others =
        ofPorts.stream()
            .map(Joined::policy)
            .filter(other -> other.subset().equals(policy.subset()))
            .filter(other -> !other.tlsMode().equals(policy.tlsMode()))
            .map(DestinationRuleObject.Policy::port)
            .toList();
    return policy.port() == 0
        && !others.isEmpty()
        && service(host)
            .map(ServiceObject::ports)
            .filter(ports -> ports.stream().allMatch(port -> others.contains(port.number())))
            .isPresent();
  }

  /** A service as the clients of this control plane know it. */
  private Optional<ServiceObject> service(String host) {
    return services
        .key(host)
        .flatMap(
            key ->
                services.model(controlPlane, key).map(model -> model.kubernetes.services.get(key)));
  }

  /** Services and namespaces that follow a rule. */
  private record Followers(SortedSet<String> services, SortedSet<String> clients) {

    Followers() {
      this(new TreeSet<>(), new TreeSet<>());
    }

    void add(String host, String namespace) {
      services.add(host);
      clients.add(namespace);
    }
  }

  private DestinationPolicy policy(Joined joined, Followers who, List<Joined> ofPorts) {
    var rule = joined.rule();
    var policy = joined.policy();
    return new DestinationPolicy(
        controlPlane.name,
        rule.key().namespace(),
        rule.key().name(),
        Hosts.full(rule.host(), rule.key().namespace(), domain),
        policy.subset(),
        rule.isRepeated(policy.subset()),
        policy.labels(),
        policy.port(),
        who.services().stream().filter(host -> !isOverruled(policy, ofPorts, host)).toList(),
        List.copyOf(who.clients()),
        policy.tlsMode(),
        policy.outlierDetection(),
        policy.localityLb(),
        rule.exportTo(),
        rule.key().at(controlPlane, ".spec"));
  }

  /** Whether a namespace has pods with a proxy that this control plane serves. */
  private boolean hasClients(String namespace) {
    return services.clusters().stream()
        .filter(
            cluster ->
                identities.servedBy(cluster).stream()
                    .anyMatch(serves -> serves.controlPlane().equals(controlPlane.name)))
        .anyMatch(
            cluster ->
                !cluster.isListed("Pod")
                    || !cluster.kubernetes.pods.selected(namespace, PodGroup::isMeshed).isEmpty());
  }

  private void subsets(DestinationRuleObject rule) {
    var pattern = Hosts.full(rule.host(), rule.key().namespace(), domain);
    used.forEach(
        (host, names) -> {
          if (Hosts.matches(pattern, host)) {
            rule.subsets().stream()
                .filter(subset -> names.contains(subset.name()))
                .filter(subset -> subset.labels().keySet().stream().noneMatch(OF_NODE::contains))
                .forEach(subset -> backing(rule, host, subset));
          }
        });
  }

  private void backing(
      DestinationRuleObject rule, String host, DestinationRuleObject.Subset subset) {
    var service = services.key(host).orElse(null);
    if (service == null) {
      return;
    }
    for (var cluster : services.clusters()) {
      var own = cluster.kubernetes.services.get(service);
      if (own != null && cluster.isListed("Pod")) {
        int ready = ready(cluster, own, subset.labels());
        facts.add(
            new SubsetBacking(
                controlPlane.name,
                rule.key().namespace(),
                rule.key().name(),
                host,
                subset.name(),
                subset.labels(),
                cluster.name,
                ready,
                rule.key().at(controlPlane, ".spec.subsets")));
        if (ready > 0) {
          reached.computeIfAbsent(rule.key(), key -> new TreeSet<>()).add(cluster.name);
        }
      }
    }
  }

  /** Ready pods of a Service that have some labels; istiod adds the cluster's to their own. */
  private int ready(ClusterState cluster, ServiceObject service, Map<String, String> labels) {
    Map<String, String> wanted = new HashMap<>(labels);
    var id = wanted.remove(CLUSTER);
    return id != null && !id.equals(identities.id(cluster).value())
        ? 0
        : cluster.kubernetes.pods.selected(service.key().namespace(), service.selector()).stream()
            .filter(group -> wanted.isEmpty() || Fields.selects(wanted, group.alike.labels()))
            .mapToInt(PodGroup::readyPods)
            .sum();
  }

  private void hosts(VirtualServiceObject service) {
    service
        .fullHosts(domain)
        .filter(host -> services.key(host).isPresent())
        .forEach(host -> config("VirtualService", service.key(), host, List.of()));
  }

  private void host(DestinationRuleObject rule) {
    var host = Hosts.full(rule.host(), rule.key().namespace(), domain);
    if (services.key(host).isPresent()) {
      config(
          "DestinationRule",
          rule.key(),
          host,
          List.copyOf(reached.getOrDefault(rule.key(), new TreeSet<>())));
    }
  }

  private void config(String kind, ObjectKey key, String host, List<String> subsetsIn) {
    facts.add(
        new TrafficConfig(
            controlPlane.name,
            kind,
            key.namespace(),
            key.name(),
            host,
            subsetsIn,
            key.at(controlPlane, ".spec")));
  }

  /**
   * How requests are balanced by the rules that are followed, and else by the mesh configuration.
   */
  private void balancing(Map<Joined, Followers> followers) {
    var rules = controlPlane.kubernetes.balancing;
    SortedMap<String, SortedSet<ObjectKey>> counting = new TreeMap<>();
    Set<String> settled = new HashSet<>();
    followers.forEach(
        (joined, who) -> {
          for (var host : who.services()) {
            counting.computeIfAbsent(host, key -> new TreeSet<>()).add(joined.rule().key());
            if (joined.policy().localitySet() && joined.policy().subset().isEmpty()) {
              settled.add(host);
            }
          }
        });
    counting.forEach(
        (host, keys) ->
            keys.stream()
                .flatMap(key -> Stream.ofNullable(rules.get(key)))
                .forEach(rule -> balance(rule, host)));
    var configs = identities.meshConfigs(controlPlane);
    for (var share : config == null ? List.<MeshLocality.Share>of() : config.locality().shares()) {
      services.hosts().stream()
          .filter(host -> !settled.contains(host) && !isKeptClose(host))
          .forEach(
              host ->
                  facts.add(
                      new LocalityShare(
                          controlPlane.name,
                          "",
                          configs.mainConfigMap(),
                          host,
                          share.fromRegion(),
                          share.toRegions(),
                          configs.mainOrigin())));
    }
  }

  /** Whether a Service asks for near endpoints, which goes before the mesh configuration. */
  private boolean isKeptClose(String host) {
    return service(host).filter(service -> !service.trafficDistribution().isEmpty()).isPresent();
  }

  private void balance(BalancingObject rule, String host) {
    for (var share : rule.shares()) {
      facts.add(
          new LocalityShare(
              controlPlane.name,
              rule.key().namespace(),
              rule.key().name(),
              host,
              share.fromRegion(),
              share.toRegions(),
              rule.key().at(controlPlane, ".spec")));
    }
    for (var kind : rule.kinds()) {
      facts.add(
          new LoadBalancing(
              controlPlane.name,
              rule.key().namespace(),
              rule.key().name(),
              host,
              kind,
              rule.key().at(controlPlane, ".spec")));
    }
  }

  private void entry(ServiceEntryObject entry) {
    for (var host : entry.hosts()) {
      facts.add(
          new ServiceEntryHost(
              controlPlane.name,
              entry.key().namespace(),
              entry.key().name(),
              host,
              entry.key().at(controlPlane, ".spec.hosts")));
    }
  }
}
