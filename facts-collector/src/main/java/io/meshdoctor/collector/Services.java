package io.meshdoctor.collector;

import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.MatchingPods;
import io.meshdoctor.facts.RestrictivePolicy;
import io.meshdoctor.facts.ServiceBacking;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says of the Services of a cluster what stands behind them, and what keeps clients from it. */
final class Services {

  private final ClusterState cluster;

  /** What the control planes have for ambient workloads, by the names of their clusters. */
  private final SortedMap<String, ServiceScopes> scopes = new TreeMap<>();

  private final String domain;
  private final SystemServices system;

  Services(ClusterState cluster, Identities identities) {
    this.cluster = cluster;
    identities
        .primaries()
        .forEach(primary -> scopes.put(primary.name, identities.serviceScopes(primary)));
    this.domain = identities.domain(cluster);
    this.system = identities.systemServices();
  }

  List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    for (var service : cluster.kubernetes.services.values()) {
      facts.add(service.fact(cluster, domain, system.has(service.key()), globalTo(service)));
      backing(service, facts);
      if (!system.has(service.key())) {
        facts.addAll(new TargetPorts(cluster, service, domain).facts());
      }
    }
    policies(facts);
    return facts;
  }

  /** The control planes that offer it to ambient workloads of other networks. */
  private List<String> globalTo(ServiceObject service) {
    var namespace = service.namespaceLabels(cluster);
    return scopes.entrySet().stream()
        .filter(scope -> scope.getValue().isGlobal(namespace, service.labels()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void backing(ServiceObject service, List<Fact> facts) {
    var backing = cluster.kubernetes.backing(service.key());
    if (service.isExternalName() || (backing == null && !cluster.isListed("EndpointSlice"))) {
      return;
    }
    int ready = 0;
    int notReady = 0;
    int meshed = 0;
    int ambient = 0;
    boolean podsRead = true;
    for (var endpoint : backing == null ? List.<Backing.Endpoint>of() : backing.endpoints()) {
      ready += endpoint.ready() ? 1 : 0;
      notReady += endpoint.ready() ? 0 : 1;
      if (endpoint.ready()) {
        var pod = pod(service.key().namespace(), endpoint);
        podsRead &= pod != null || cluster.isListed("Pod");
        meshed += pod != null && pod.group().isMeshed() ? 1 : 0;
        ambient += pod != null && pod.group().alike.captured() ? 1 : 0;
      }
    }
    facts.add(
        new ServiceBacking(
            cluster.name,
            service.key().namespace(),
            service.key().name(),
            service.host(domain),
            ready,
            notReady,
            podsRead ? meshed : -1,
            podsRead ? ambient : -1,
            isNameOnly(service),
            system.has(service.key()),
            backing == null ? service.key().at(cluster, ".spec") : backing.origin(cluster)));
  }

  /** Whether nothing is meant to stand behind it here: no pod, and nothing that makes one. */
  private boolean isNameOnly(ServiceObject service) {
    var state = cluster.kubernetes;
    var namespace = service.key().namespace();
    return cluster.isListed("Deployment")
        && cluster.isListed("Pod")
        && state.pods.selected(namespace, service.selector()).isEmpty()
        && !state.hasTemplate(namespace, service.selector());
  }

  /** Whether a Service here selects nothing, and another selector may select something. */
  private boolean isMissingPodsOf(ServiceObject other, ServiceObject own) {
    return !own.selector().isEmpty() && !own.selector().equals(other.selector()) && isNameOnly(own);
  }

  private Pods.@Nullable Pod pod(String namespace, Backing.Endpoint endpoint) {
    var pods = cluster.kubernetes.pods;
    return endpoint.pod().isEmpty()
        ? pods.at(endpoint.address())
        : pods.named(namespace, endpoint.pod());
  }

  /**
   * Pods here that Services of another cluster would select, had this one these Services, or had
   * its own, which select nothing, the selectors of these.
   */
  List<MatchingPods> matching(ClusterState other) {
    List<MatchingPods> found = new ArrayList<>();
    if (!cluster.isListed("Service") || !cluster.isListed("Pod")) {
      return found;
    }
    for (var service : other.kubernetes.services.values()) {
      var key = service.key();
      var own = cluster.kubernetes.services.get(key);
      if (system.has(key) || (own != null && !isMissingPodsOf(service, own))) {
        continue;
      }
      var groups = cluster.kubernetes.pods.selected(key.namespace(), service.selector());
      if (!groups.isEmpty()) {
        found.add(
            new MatchingPods(
                cluster.name,
                key.namespace(),
                key.name(),
                service.host(domain),
                other.name,
                groups.stream().mapToInt(PodGroup::pods).sum(),
                groups.get(0).pod(),
                isServed(groups),
                new ObjectKey("pod", key.namespace(), groups.get(0).pod())
                    .at(cluster, ".metadata.labels")));
      }
    }
    return found;
  }

  /** Whether a Service of this cluster selects all of these pods. */
  private boolean isServed(List<PodGroup> groups) {
    return groups.stream()
        .allMatch(
            group ->
                cluster.kubernetes.services.values().stream()
                    .filter(own -> own.key().namespace().equals(group.alike.namespace()))
                    .filter(own -> !own.selector().isEmpty())
                    .anyMatch(own -> Fields.selects(own.selector(), group.alike.labels())));
  }

  private void policies(List<Fact> facts) {
    for (var policy : cluster.kubernetes.networkPolicies.values()) {
      var services =
          cluster.kubernetes.services.values().stream()
              .filter(service -> isMeant(policy, service) && !isOpen(policy, service))
              .filter(service -> !isOpened(service))
              .toList();
      if (!services.isEmpty()) {
        facts.add(
            new RestrictivePolicy(
                cluster.name,
                policy.key().namespace(),
                policy.key().name(),
                services.stream().map(service -> service.key().name()).toList(),
                policy.hboneShut() && services.stream().allMatch(this::isAmbient),
                policy.key().at(cluster, ".spec")));
      }
    }
  }

  /** Policies add up: what one of them lets in, no other one keeps out. */
  private boolean isOpened(ServiceObject service) {
    return cluster.kubernetes.networkPolicies.values().stream()
        .anyMatch(policy -> isMeant(policy, service) && isOpen(policy, service));
  }

  /** What comes for pods in ambient mode comes to the port of ztunnel, not to theirs. */
  private boolean isOpen(NetworkPolicyObject policy, ServiceObject service) {
    return isAmbient(service) ? policy.hboneOpen() : policy.open();
  }

  private boolean isAmbient(ServiceObject service) {
    var groups = cluster.kubernetes.pods.selected(service.key().namespace(), service.selector());
    return !groups.isEmpty() && groups.stream().allMatch(group -> group.alike.captured());
  }

  /** Whether a policy is about pods of a Service; where none was read, about such labels. */
  private boolean isMeant(NetworkPolicyObject policy, ServiceObject service) {
    var namespace = service.key().namespace();
    if (!policy.key().namespace().equals(namespace) || service.selector().isEmpty()) {
      return false;
    }
    var groups = cluster.kubernetes.pods.selected(namespace, service.selector());
    return groups.isEmpty()
        ? policy.pods().matches(service.selector())
        : groups.stream().anyMatch(group -> policy.pods().matches(group.alike.labels()));
  }
}
