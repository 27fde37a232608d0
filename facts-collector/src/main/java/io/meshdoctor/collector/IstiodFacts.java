package io.meshdoctor.collector;

import io.meshdoctor.collector.IstiodState.LogRow;
import io.meshdoctor.collector.IstiodState.ProxyRow;
import io.meshdoctor.collector.IstiodState.RejectionRow;
import io.meshdoctor.collector.IstiodState.SyncRow;
import io.meshdoctor.facts.ConnectedProxies;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.KnownService;
import io.meshdoctor.facts.NetworkGateway;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.RefusedImpersonation;
import io.meshdoctor.facts.RejectedProxies;
import io.meshdoctor.facts.RemoteClusterError;
import io.meshdoctor.facts.RemoteClusterStatus;
import io.meshdoctor.facts.ShardEndpoints;
import io.meshdoctor.facts.StaleProxies;
import io.meshdoctor.facts.UnfilledCache;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes facts of what the istiods of one cluster told. */
final class IstiodFacts {

  /** A proxy confirms within milliseconds; what takes longer than this is not under way. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ClusterState cluster;
  private final Names names;
  private final @Nullable Instant collectedAt;

  IstiodFacts(ClusterState cluster, Names names, @Nullable Instant collectedAt) {
    this.cluster = cluster;
    this.names = names;
    this.collectedAt = collectedAt;
  }

  /**
   * Adds all but the mesh configuration, which is one for all istiods of a revision: {@link
   * MeshConfigs}.
   */
  void addAll(IstiodState istiod, List<Fact> facts) {
    addRemotes(istiod, facts);
    addErrors(istiod, facts);
    addRejections(istiod, facts);
    addImpersonations(istiod, facts);
    addUnfilled(istiod, facts);
    addGateways(istiod, facts);
    addServices(istiod, facts);
    addShards(istiod, facts);
    addProxies(istiod, facts);
    addStale(istiod, facts);
  }

  private void addRemotes(IstiodState istiod, List<Fact> facts) {
    Origin origin = origin(istiod, "clusterz");
    istiod.remotes.forEach(
        row ->
            facts.add(
                new RemoteClusterStatus(
                    cluster.name,
                    istiod.pod,
                    row.id(),
                    nameOf(row.id()),
                    row.secret(),
                    row.status(),
                    origin)));
  }

  private void addErrors(IstiodState istiod, List<Fact> facts) {
    for (LogRow logged : istiod.log) {
      LogRow row = logged.server().isEmpty() ? logged : logged.of(idBehind(logged.server()));
      // of a server that no Secret leads to, nobody knows which cluster it is; it may be its own
      if (!isOver(row, istiod) && (logged.server().isEmpty() || !row.id().isEmpty())) {
        facts.add(
            new RemoteClusterError(
                cluster.name,
                istiod.pod,
                row.id(),
                nameOf(row.id()),
                row.secret(),
                row.kind(),
                row.text(),
                row.at(),
                log(istiod, row.search())));
      }
    }
  }

  /** ID of the one cluster whose Secret leads to a server; empty where none does, or several do. */
  private String idBehind(String server) {
    var ids =
        cluster.kubernetes.remoteSecrets.values().stream()
            .flatMap(secret -> secret.entries().stream())
            .filter(entry -> isAt(entry.kubeconfig().server(), server))
            .map(RemoteSecretObject.Entry::id)
            .distinct()
            .toList();
    return ids.size() == 1 ? ids.get(0) : "";
  }

  /** Whether a URL leads to a host and port; the port of {@code https} may be left out. */
  private static boolean isAt(String url, String server) {
    var wanted = server.endsWith(":443") ? server.substring(0, server.length() - 4) : server;
    var host = url.replaceFirst("^https://", "").replaceFirst("/.*$", "").replaceFirst(":443$", "");
    return !host.isEmpty() && host.equals(wanted);
  }

  private void addRejections(IstiodState istiod, List<Fact> facts) {
    Map<String, RejectionRow> current = new LinkedHashMap<>();
    istiod.rejections.stream()
        .filter(row -> !isOfGonePod(row) && !isLettingAllIn(istiod, row))
        .forEach(row -> current.merge(row.id(), row, IstiodFacts::later));
    current
        .values()
        .forEach(
            row ->
                facts.add(
                    new RejectedProxies(
                        cluster.name,
                        istiod.pod,
                        row.id(),
                        nameOf(row.id()),
                        row.unknown(),
                        row.text(),
                        row.at(),
                        log(istiod, "Failed to authenticate client"))));
  }

  /** A pod that was deleted may call for a while, with a token that is worth nothing any more. */
  private boolean isOfGonePod(RejectionRow row) {
    return !row.expelled().isEmpty()
        && nameOf(row.id()).equals(cluster.name)
        && cluster.isListed("Pod")
        && !names.clustersOfPodIp(row.expelled()).contains(cluster.name)
        // these have the addresses of nodes
        && cluster.kubernetes.pods.groups().stream()
            .noneMatch(group -> group.isMeshed() && group.alike.template().hostNetwork());
  }

  /**
   * Whether all that could be refused are connected by now. Who claims an ID that means no cluster
   * may be in one that was not read.
   */
  private boolean isLettingAllIn(IstiodState istiod, RejectionRow row) {
    var claiming = nameOf(row.id()).isEmpty() ? List.of() : names.podsClaiming(row.id());
    return !claiming.isEmpty()
        && connected(Stream.of(istiod), row.id()).findAny().isPresent()
        && connected(cluster.controlPlane.istiods().stream(), row.id())
            .collect(Collectors.toSet())
            .containsAll(claiming);
  }

  private static Stream<String> connected(Stream<IstiodState> istiods, String id) {
    return istiods
        .flatMap(istiod -> istiod.proxies.stream())
        .filter(proxy -> proxy.id().equals(id))
        .map(proxy -> proxy.namespace() + "/" + proxy.pod());
  }

  private static RejectionRow later(RejectionRow one, RejectionRow other) {
    return Objects.equals(Fields.later(one.at(), other.at()), one.at()) ? one : other;
  }

  private void addImpersonations(IstiodState istiod, List<Fact> facts) {
    istiod.impersonations.forEach(
        row ->
            facts.add(
                new RefusedImpersonation(
                    cluster.name,
                    istiod.pod,
                    row.id(),
                    nameOf(row.id()),
                    row.text(),
                    row.at(),
                    log(istiod, "impersonation"))));
  }

  private void addUnfilled(IstiodState istiod, List<Fact> facts) {
    istiod.unfilled.forEach(
        row ->
            facts.add(
                new UnfilledCache(
                    cluster.name,
                    istiod.pod,
                    row.cache(),
                    row.waited(),
                    row.at(),
                    log(istiod, "waiting for sync"))));
  }

  /** What istiod says now outweighs its log; and its own cluster is no remote one. */
  private boolean isOver(LogRow row, IstiodState istiod) {
    if (!row.ofCluster()) {
      return false;
    }
    boolean own = row.id().equals(istiod.configClusterId) || nameOf(row.id()).equals(cluster.name);
    boolean synced =
        istiod.remotes.stream()
            .anyMatch(remote -> remote.id().equals(row.id()) && remote.status().equals("synced"));
    return own || (synced && !row.afterSync());
  }

  private void addGateways(IstiodState istiod, List<Fact> facts) {
    Origin origin = origin(istiod, "networkz");
    istiod.gateways.forEach(
        row ->
            facts.add(
                new NetworkGateway(
                    cluster.name,
                    istiod.pod,
                    row.network(),
                    row.id(),
                    names.nameOf(cluster.name, row),
                    row.address(),
                    row.port(),
                    row.hbonePort(),
                    origin)));
  }

  private void addServices(IstiodState istiod, List<Fact> facts) {
    Origin origin = origin(istiod, "registryz");
    istiod.services.forEach(
        row ->
            facts.add(
                new KnownService(
                    cluster.name,
                    istiod.pod,
                    row.host(),
                    row.clusterIds().stream()
                        .map(id -> nameOf(id).isEmpty() ? id : nameOf(id))
                        .sorted()
                        .toList(),
                    row.ports(),
                    row.registry(),
                    origin)));
  }

  private void addShards(IstiodState istiod, List<Fact> facts) {
    Origin origin = origin(istiod, "endpointShardz");
    istiod
        .shards
        .tallies()
        .forEach(
            (kind, tally) ->
                facts.add(
                    new ShardEndpoints(
                        cluster.name,
                        istiod.pod,
                        kind.host(),
                        kind.registry(),
                        kind.id(),
                        nameOf(kind.id()),
                        kind.network(),
                        kind.tlsMode(),
                        kind.portName(),
                        kind.port(),
                        tally.endpoints(),
                        tally.healthy(),
                        tally.address(),
                        isOutdated(istiod.shards, kind, tally),
                        origin)));
  }

  /**
   * Whether a shard has none of the addresses that the endpoints have by now. Those of another
   * family than its own are no measure.
   */
  private boolean isOutdated(Shards shards, Shards.Kind kind, Shards.Tally tally) {
    if (!kind.registry().equals("Kubernetes") || tally.address().isEmpty()) {
      return false;
    }
    boolean ipv6 = tally.address().contains(":");
    var addresses = names.endpointsOf(nameOf(kind.id()), kind.host());
    return !addresses.isEmpty()
        && addresses.stream()
            .allMatch(
                address ->
                    address.contains(":") == ipv6 && !shards.isAt(kind.host(), kind.id(), address));
  }

  private void addProxies(IstiodState istiod, List<Fact> facts) {
    Map<ConnectedProxies, Integer> groups = new LinkedHashMap<>();
    Map<ConnectedProxies, String> examples = new LinkedHashMap<>();
    Origin origin = origin(istiod, "adsz");
    for (ProxyRow row : istiod.proxies) {
      String of = nameOf(row.id());
      ConnectedProxies group =
          new ConnectedProxies(
              cluster.name,
              istiod.pod,
              row.id(),
              of,
              row.namespace(),
              row.network(),
              row.networkView(),
              row.version(),
              row.gateway() || names.isGatewayPod(of, row.namespace(), row.pod()),
              0,
              "",
              origin);
      groups.merge(group, 1, Integer::sum);
      // istiod lists them in no order; the same one each time makes the same report
      examples.merge(group, row.pod(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
    }
    groups.forEach(
        (group, count) ->
            facts.add(
                new ConnectedProxies(
                    group.cluster(),
                    group.istiod(),
                    group.id(),
                    group.of(),
                    group.namespace(),
                    group.network(),
                    group.networkView(),
                    group.version(),
                    group.gateway(),
                    count,
                    examples.getOrDefault(group, ""),
                    origin)));
  }

  private void addStale(IstiodState istiod, List<Fact> facts) {
    Origin origin = origin(istiod, "syncz");
    Map<StaleProxies, SortedSet<ObjectKey>> groups = new LinkedHashMap<>();
    for (SyncRow row : istiod.unconfirmed) {
      if (row.rejected() || isOverdue(row)) {
        groups
            .computeIfAbsent(
                new StaleProxies(
                    cluster.name,
                    istiod.pod,
                    nameOf(row.id()),
                    row.type(),
                    row.rejected(),
                    0,
                    0,
                    "",
                    "",
                    origin),
                group -> new TreeSet<>())
            .add(row.proxy());
      }
    }
    groups.forEach(
        (group, proxies) ->
            facts.add(
                new StaleProxies(
                    group.cluster(),
                    group.istiod(),
                    group.of(),
                    group.type(),
                    group.rejected(),
                    proxies.size(),
                    (int)
                        proxies.stream()
                            .filter(
                                proxy ->
                                    names.isGatewayPod(group.of(), proxy.namespace(), proxy.name()))
                            .count(),
                    proxies.first().namespace(),
                    proxies.first().name(),
                    origin)));
  }

  private boolean isOverdue(SyncRow row) {
    return row.sentAt() != null
        && collectedAt != null
        && row.sentAt().plus(PATIENCE).isBefore(collectedAt);
  }

  private String nameOf(String id) {
    return id.isEmpty() ? "" : names.nameOf(cluster.name, id);
  }

  private Origin log(IstiodState istiod, String search) {
    var place = cluster.placeOf(istiod.key());
    return Origin.log(place.name, place.context, istiod.namespace, istiod.pod, search);
  }

  private Origin origin(IstiodState istiod, String endpoint) {
    var place = cluster.placeOf(istiod.key());
    return Origin.istiod(place.name, place.context, istiod.namespace, istiod.pod, endpoint);
  }
}
