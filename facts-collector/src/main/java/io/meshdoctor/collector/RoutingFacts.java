package io.meshdoctor.collector;

import io.meshdoctor.facts.ClusterLocalService;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.LoadBalancing;
import io.meshdoctor.facts.LocalityShare;
import io.meshdoctor.facts.RoutedService;
import io.meshdoctor.facts.ServiceEntryHost;
import io.meshdoctor.facts.SubsetBacking;
import io.meshdoctor.facts.TrafficConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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

  private final ClusterState controlPlane;
  private final Identities identities;
  private final SharedServices services;
  private final String domain;
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
  }

  List<Fact> facts() {
    var state = controlPlane.kubernetes;
    clusterLocal();
    state.virtualServices.values().forEach(this::routes);
    state.destinationRules.values().forEach(this::subsets);
    state.virtualServices.values().forEach(this::hosts);
    state.destinationRules.values().forEach(this::host);
    balancing();
    state.serviceEntries.values().forEach(this::entry);
    return facts;
  }

  private void clusterLocal() {
    var configs = identities.meshConfigs(controlPlane);
    var config = configs.main();
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
                          controlPlane.name, host, pattern, configs.mainOrigin())));
    }
  }

  private void routes(VirtualServiceObject service) {
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
            host ->
                subsets.forEach(
                    (destination, names) ->
                        facts.add(
                            new RoutedService(
                                controlPlane.name,
                                service.key().namespace(),
                                service.key().name(),
                                host,
                                destination,
                                List.copyOf(names),
                                service.key().at(controlPlane, ".spec")))));
  }

  private void subsets(DestinationRuleObject rule) {
    var pattern = Hosts.full(rule.host(), rule.key().namespace(), domain);
    used.forEach(
        (host, names) -> {
          if (Hosts.matches(pattern, host)) {
            rule.policies().stream()
                .filter(policy -> names.contains(policy.subset()))
                .filter(policy -> policy.labels().keySet().stream().noneMatch(OF_NODE::contains))
                .forEach(policy -> backing(rule, host, policy));
          }
        });
  }

  private void backing(
      DestinationRuleObject rule, String host, DestinationRuleObject.Policy subset) {
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
                subset.subset(),
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

  /** Of several rules that match a host, the one with the most specific host counts. */
  private void balancing() {
    var rules = controlPlane.kubernetes.balancing.values();
    if (rules.stream().noneMatch(BalancingObject::isOfInterest)) {
      return;
    }
    Map<String, Set<BalancingObject>> byPattern = new HashMap<>();
    for (var rule : rules) {
      byPattern
          .computeIfAbsent(
              Hosts.full(rule.host(), rule.key().namespace(), domain),
              host -> new LinkedHashSet<>())
          .add(rule);
    }
    for (var host : services.hosts()) {
      Hosts.mostSpecific(byPattern.keySet(), host)
          .ifPresent(
              pattern ->
                  byPattern.getOrDefault(pattern, Set.of()).forEach(rule -> balance(rule, host)));
    }
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
