package io.meshdoctor.collector;

import io.meshdoctor.facts.AccessPolicy;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.PeerPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says which security policies of a control plane are in force for the pods behind which Services
 * of a cluster. Istiod applies its own policies to the pods of every cluster that it reads, as far
 * as it configures their clients.
 */
final class SecurityPolicies {

  private static final Comparator<PeerAuthenticationObject> OLDEST_FIRST =
      Comparator.comparing(
              PeerAuthenticationObject::createdAt, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(PeerAuthenticationObject::key);

  /**
   * The pods behind a Service that have a proxy.
   *
   * @param ports numbers of its ports at the pods; none where they are not all known
   */
  private record Target(
      ObjectKey service, String host, List<PodGroup> pods, SortedSet<Integer> ports) {}

  /** A mode that a policy sets for a port of pods; for all ports where that is 0. */
  private record Decision(PeerAuthenticationObject policy, String mode, int port) {}

  private final ClusterState cluster;
  private final ClusterState holder;
  private final String rootNamespace;
  private final TrustDomains trustDomains;
  private final List<Target> targets = new ArrayList<>();

  /**
   * Looks at a cluster with the policies of a control plane.
   *
   * @param holder cluster of the control plane
   * @param rootNamespace namespace whose policies are those of the mesh
   * @param trustDomains those that the control plane takes for one
   * @param domain DNS domain of the Services
   */
  SecurityPolicies(
      ClusterState cluster,
      ClusterState holder,
      String rootNamespace,
      TrustDomains trustDomains,
      String domain) {
    this.cluster = cluster;
    this.holder = holder;
    this.rootNamespace = rootNamespace;
    this.trustDomains = trustDomains;
    for (var service : cluster.kubernetes.services.values()) {
      var pods =
          cluster.kubernetes.pods.selected(service.key().namespace(), service.selector()).stream()
              .filter(PodGroup::isMeshed)
              .toList();
      if (!pods.isEmpty()) {
        targets.add(new Target(service.key(), service.host(domain), pods, ports(service)));
      }
    }
  }

  private SortedSet<Integer> ports(ServiceObject service) {
    SortedSet<Integer> ports = new TreeSet<>();
    var backing = cluster.kubernetes.backing(service.key());
    for (var port : service.ports()) {
      var target = port.targetPort();
      if (target.isEmpty()) {
        ports.add(port.number());
      } else if (target.matches("\\d{1,5}")) {
        ports.add(Integer.valueOf(target));
      } else if (backing == null || backing.numbersOf(port).isEmpty()) {
        return Collections.emptySortedSet();
      } else {
        ports.addAll(backing.numbersOf(port));
      }
    }
    return ports;
  }

  List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    addAccess(facts);
    addPeers(facts);
    return facts;
  }

  private void addAccess(List<Fact> facts) {
    var all = holder.kubernetes.authorizationPolicies.values();
    for (var policy : all) {
      if (!policy.isRestrictive()) {
        continue;
      }
      var services =
          targets.stream()
              .filter(target -> isMeant(policy, target))
              .filter(target -> !policy.action().equals("ALLOW") || !isOpened(all, target))
              .map(Target::host)
              .toList();
      if (!services.isEmpty()) {
        facts.add(
            new AccessPolicy(
                cluster.name,
                holder.name,
                policy.key().namespace(),
                policy.key().name(),
                policy.action(),
                services,
                trustDomains.joined(policy.admits()),
                policy.key().at(holder, ".spec")));
      }
    }
  }

  /** What one policy lets in, no other one of the action ALLOW keeps out. */
  private boolean isOpened(Collection<AuthorizationPolicyObject> all, Target target) {
    return all.stream().anyMatch(policy -> policy.isLettingAllIn() && isMeant(policy, target));
  }

  private boolean isMeant(AuthorizationPolicyObject policy, Target target) {
    var namespace = policy.key().namespace();
    if (!namespace.equals(rootNamespace) && !namespace.equals(target.service().namespace())) {
      return false;
    }
    if (policy.attached()) {
      // only a waypoint looks at what a policy is attached to; a sidecar passes over all such ones
      return namespace.equals(target.service().namespace())
          && policy.targets().contains(target.service().name())
          && target.pods().stream().anyMatch(group -> group.alike.captured());
    }
    return target.pods().stream().anyMatch(group -> isMeant(policy.labels(), group));
  }

  private static boolean isMeant(Map<String, String> selector, PodGroup group) {
    return group.alike.labels().entrySet().containsAll(selector.entrySet());
  }

  private void addPeers(List<Fact> facts) {
    if (holder.kubernetes.peerAuthentications.isEmpty()) {
      return;
    }
    SortedMap<String, PeerPolicy> found = new TreeMap<>();
    for (var target : targets) {
      target.pods().stream()
          .flatMap(group -> decisions(target, group))
          .filter(decision -> List.of("DISABLE", "STRICT").contains(decision.mode()))
          .distinct()
          .forEach(
              decision ->
                  found.merge(
                      "%s %s %s"
                          .formatted(
                              decision.policy().key(),
                              decision.mode(),
                              decision.port() == 0 ? "all" : "some"),
                      fact(decision, target.host()),
                      SecurityPolicies::joined));
    }
    facts.addAll(found.values());
  }

  private PeerPolicy fact(Decision decision, String host) {
    var key = decision.policy().key();
    return new PeerPolicy(
        cluster.name,
        holder.name,
        key.namespace(),
        key.name(),
        decision.mode(),
        List.of(host),
        decision.port() == 0 ? List.of() : List.of(decision.port()),
        key.at(holder, ".spec"));
  }

  private static PeerPolicy joined(PeerPolicy one, PeerPolicy other) {
    SortedSet<String> services = new TreeSet<>(one.services());
    services.addAll(other.services());
    SortedSet<Integer> ports = new TreeSet<>(one.ports());
    ports.addAll(other.ports());
    return new PeerPolicy(
        one.cluster(),
        one.heldBy(),
        one.namespace(),
        one.name(),
        one.mode(),
        List.copyOf(services),
        List.copyOf(ports),
        one.origin());
  }

  /**
   * What is decided for pods: by the policy that names their labels, else by that of their
   * namespace, else by that of the mesh; of several of one kind by the oldest. For a port that the
   * first of these names, what it says of that port counts alone.
   *
   * <p>As {@code ComposePeerAuthentication} of istiod's {@code
   * pilot/pkg/security/authn/policy_applier.go} does.
   */
  private Stream<Decision> decisions(Target target, PodGroup group) {
    var namespace = target.service().namespace();
    var own = namespace.equals(rootNamespace) ? null : oldest(namespace, group, true);
    var all = namespace.equals(rootNamespace) ? null : oldest(namespace, group, false);
    var mesh = oldest(rootNamespace, group, false);
    var ofPorts = own == null ? Collections.<Integer, String>emptySortedMap() : own.portModes();
    var general =
        Stream.of(own, all, mesh)
            .filter(Objects::nonNull)
            .filter(policy -> !policy.mode().isEmpty())
            .findFirst()
            .stream()
            .flatMap(
                policy ->
                    left(target, ofPorts.keySet())
                        .mapToObj(port -> new Decision(policy, policy.mode(), port)));
    var ports =
        own == null
            ? Stream.<Decision>of()
            : ofPorts.entrySet().stream()
                .filter(port -> target.ports().isEmpty() || target.ports().contains(port.getKey()))
                .map(port -> new Decision(own, port.getValue(), port.getKey()));
    return Stream.concat(general, ports);
  }

  /** The ports that nothing is said of by themselves; 0 for all of them. */
  private static IntStream left(Target target, Set<Integer> said) {
    return Collections.disjoint(target.ports(), said)
        ? IntStream.of(0)
        : target.ports().stream().filter(port -> !said.contains(port)).mapToInt(port -> port);
  }

  private @Nullable PeerAuthenticationObject oldest(
      String namespace, PodGroup group, boolean selecting) {
    return holder.kubernetes.peerAuthentications.values().stream()
        .filter(policy -> policy.key().namespace().equals(namespace))
        .filter(policy -> policy.labels().isEmpty() != selecting)
        .filter(policy -> isMeant(policy.labels(), group))
        .min(OLDEST_FIRST)
        .orElse(null);
  }
}
