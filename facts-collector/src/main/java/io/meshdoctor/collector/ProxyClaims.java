package io.meshdoctor.collector;

import io.meshdoctor.facts.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the injected pods of a cluster say of themselves, put to the vote. */
final class ProxyClaims {

  /** One claim, and the groups of pods that make it. */
  private record Claim(String value, List<PodGroup> groups) {

    int pods(boolean gateways) {
      return groups.stream()
          .filter(group -> !gateways || group.alike.template().gateway())
          .mapToInt(PodGroup::pods)
          .sum();
    }

    Instant oldest() {
      @Nullable Instant oldest = null;
      for (var group : groups) {
        oldest = Fields.earlier(oldest, group.oldest());
      }
      return oldest == null ? Instant.MAX : oldest;
    }
  }

  private static final Comparator<Claim> BY_PODS =
      Comparator.comparing((Claim claim) -> -claim.pods(false))
          .thenComparing(Claim::oldest)
          .thenComparing(Claim::value);

  private static final Comparator<Claim> BY_GATEWAYS =
      Comparator.comparing((Claim claim) -> -claim.pods(true)).thenComparing(BY_PODS);

  private static final Comparator<Claim> BY_AGE =
      Comparator.comparing(Claim::oldest).thenComparing(Claim::value);

  private ProxyClaims() {}

  /** The claim of most gateways, then of most pods, then of the oldest pod. */
  static Told ofGatewaysFirst(ClusterState cluster, Function<PodGroup.Alike, String> claim) {
    return vote(cluster, claim, BY_GATEWAYS);
  }

  /** The claim of most pods, then of the oldest pod. */
  static Told ofMost(ClusterState cluster, Function<PodGroup.Alike, String> claim) {
    return vote(cluster, claim, BY_PODS);
  }

  /** The claim of the oldest pod. */
  static Told ofOldest(ClusterState cluster, Function<PodGroup.Alike, String> claim) {
    return vote(cluster, claim, BY_AGE);
  }

  private static Told vote(
      ClusterState cluster, Function<PodGroup.Alike, String> claim, Comparator<Claim> order) {
    Map<String, Claim> claims = new HashMap<>();
    for (var group : cluster.kubernetes.pods.groups()) {
      var value = claim.apply(group.alike);
      if (group.alike.template().injected() && !value.isEmpty()) {
        claims.computeIfAbsent(value, key -> new Claim(key, new ArrayList<>())).groups().add(group);
      }
    }
    return claims.values().stream()
        .min(order)
        .map(best -> new Told(best.value(), origin(cluster, best.groups().get(0))))
        .orElse(Told.NOTHING);
  }

  private static Origin origin(ClusterState cluster, PodGroup group) {
    return new ObjectKey("pod", group.alike.namespace(), group.pod()).at(cluster, ".spec");
  }
}
