package io.meshdoctor.collector.probe;

import io.meshdoctor.facts.ClientEndpoints;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.EastWestGateway;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Istiod;
import io.meshdoctor.facts.KubeService;
import io.meshdoctor.facts.NetworkGateway;
import io.meshdoctor.facts.NetworkPair;
import io.meshdoctor.facts.RemoteSecret;
import io.meshdoctor.facts.ServiceBacking;
import io.meshdoctor.facts.ServicePort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what can run the probes that are wanted, in a mesh whose facts are known. */
public final class ProbePlanner {

  /** More addresses of one gateway tell no more. */
  private static final int MOST_ADDRESSES = 4;

  /** Pods of so many services are looked at. */
  private static final int MOST_SERVICES = 20;

  /** How Istio has the ports named that plain HTTP is spoken on. */
  private static final Pattern HTTP_NAME = Pattern.compile("http(?:-.*)?");

  private final Collection<? extends Fact> facts;
  private final ProbeOptions options;
  private final Map<String, ProbePod> own = new HashMap<>();
  private final PodsNow pods;

  /**
   * A planner.
   *
   * @param facts those of the mesh, live or recorded
   * @param clusters shows which of the pods are still there
   */
  public ProbePlanner(
      Collection<? extends Fact> facts, ProbeClusters clusters, ProbeOptions options) {
    this.facts = facts;
    this.options = options;
    this.pods = new PodsNow(facts, clusters, this::context);
  }

  /** Prefers a pod that was made for probes; it listens on its one port. */
  public void prefer(String cluster, ProbePod pod) {
    own.put(cluster, pod);
  }

  /** Those of the wanted probes that can be run, and why the others cannot. */
  public ProbePlan plan(Collection<ProbeNeed> needs) {
    List<PlannedProbe> probes = new ArrayList<>();
    List<String> impossible = new ArrayList<>();
    for (var need : new LinkedHashSet<>(needs)) {
      try {
        probes.addAll(
            switch (need.kind()) {
              case MESH_REQUEST -> request(need);
              case POD_CONNECTIVITY -> connection(need);
              case TCP -> gateway(need);
            });
      } catch (NoWayException none) {
        impossible.add("%s: %s".formatted(need.title(), none.getMessage()));
      }
    }
    return new ProbePlan(probes, impossible);
  }

  /**
   * The probes of API servers from the pods of the istiods that read them.
   *
   * @param from operator's name of the cluster of the istiods
   * @param to operator's name of the cluster that is read
   */
  public ProbePlan planApiServer(String from, String to) {
    var title = "API server of %s as istiod of %s reaches it".formatted(to, from);
    var secrets =
        all(RemoteSecret.class, s -> s.heldBy().equals(from) && s.pointsTo().equals(to)).toList();
    if (secrets.isEmpty()) {
      return new ProbePlan(
          List.of(), List.of(title + ": no remote secret that was read leads to it"));
    }
    try {
      Set<ProbeTarget> targets = new LinkedHashSet<>();
      secrets.forEach(s -> ProbeTarget.apiServer(s.server(), title).ifPresent(targets::add));
      if (targets.isEmpty()) {
        throw new NoWayException("its address in the remote secret was not read");
      }
      var clients = istiods(from);
      clients.addAll(past(from));
      return new ProbePlan(planned(ProbeKind.TCP, from, clients, targets), List.of());
    } catch (NoWayException none) {
      return new ProbePlan(List.of(), List.of("%s: %s".formatted(title, none.getMessage())));
    }
  }

  /** A probe cannot be run; the message says why. */
  static final class NoWayException extends Exception {
    private static final long serialVersionUID = 1L;

    NoWayException(String message) {
      super(message);
    }
  }

  private List<PlannedProbe> request(ProbeNeed need) throws NoWayException {
    var target =
        options.service().isEmpty()
            ? shared(need.from())
            : ProbeTarget.service(options.service())
                .orElseThrow(() -> new NoWayException("the service is no host:port"));
    var clients =
        options.client().isEmpty() ? pods.inMesh(need.from()) : List.of(asked(need.from()));
    return planned(
        need.kind(),
        need.from(),
        clients.stream().map(pod -> client(pod, pod.container())).toList(),
        List.of(target));
  }

  /**
   * A service that other clusters have as well and that answers: one that does not, because it is
   * there for its name only or speaks something else than HTTP, would look like a fault.
   */
  private ProbeTarget shared(String from) throws NoWayException {
    Comparator<KubeService> best =
        Comparator.comparing((KubeService service) -> !isBackedElsewhere(service))
            .thenComparing(service -> answering(service).isEmpty())
            .thenComparing(KubeService::host);
    return all(KubeService.class, s -> s.cluster().equals(from))
        .filter(service -> !service.system() && service.isRoutable())
        .filter(this::isElsewhere)
        .sorted(best)
        .limit(MOST_SERVICES)
        .flatMap(
            service ->
                port(service).stream()
                    .flatMap(port -> ProbeTarget.service(service.host() + ":" + port).stream()))
        .findFirst()
        .orElseThrow(
            () ->
                new NoWayException(
                    "no service of %s that another cluster has as well is known to answer requests; name one with --service"
                        .formatted(from)));
  }

  private boolean isElsewhere(KubeService service) {
    return all(KubeService.class, other -> other.host().equals(service.host()))
        .anyMatch(other -> !other.cluster().equals(service.cluster()));
  }

  private boolean isBackedElsewhere(KubeService service) {
    return all(ServiceBacking.class, other -> other.host().equals(service.host()))
        .anyMatch(other -> !other.cluster().equals(service.cluster()) && other.ready() > 0);
  }

  /** A port that requests were answered on, else one of HTTP that its pods listen on. */
  private Optional<Integer> port(KubeService service) {
    var answering = answering(service);
    return service.ports().stream()
        .filter(
            port ->
                answering.contains(port.number())
                    || (HTTP_NAME.matcher(port.name()).matches()
                        && pods.areListening(service, port.targetPort())))
        .map(ServicePort::number)
        .min(
            Comparator.comparing((Integer port) -> !answering.contains(port))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Ports of HTTP on which clients had answers. */
  private Set<Integer> answering(KubeService service) {
    return all(ClientEndpoints.class, e -> e.host().equals(service.host()))
        .filter(endpoints -> endpoints.requestSuccesses() > 0)
        .map(ClientEndpoints::port)
        .filter(port -> !service.connectionPorts().contains(port))
        .filter(
            port ->
                service.ports().stream()
                    .noneMatch(one -> one.number() == port && one.name().startsWith("grpc")))
        .collect(Collectors.toSet());
  }

  private List<PlannedProbe> connection(ProbeNeed need) throws NoWayException {
    if (all(NetworkPair.class, p -> p.from().equals(need.from()) && p.to().equals(need.to()))
        .anyMatch(NetworkPair::crossNetwork)) {
      throw new NoWayException("they are on two networks, whose pods do not reach each other");
    }
    var made = own.get(need.to());
    var servers = made == null ? pods.servers(need.to()) : List.of(made);
    for (var server : servers) {
      var target =
          ProbeTarget.port(
              need.to(),
              server.ip(),
              server.ports().get(0),
              "pod %s/%s".formatted(server.namespace(), server.name()));
      if (target.isPresent()) {
        return planned(need.kind(), need.from(), past(need.from()), List.of(target.get()));
      }
    }
    throw new NoWayException(
        "no ready pod of %s declares a port to connect to".formatted(need.to()));
  }

  private List<PlannedProbe> gateway(ProbeNeed need) throws NoWayException {
    Set<ProbeTarget> targets = new LinkedHashSet<>();
    all(EastWestGateway.class, g -> g.cluster().equals(need.to()))
        .forEach(
            gateway ->
                Stream.concat(gateway.addresses().stream(), gateway.hostnames().stream())
                    .map(host -> gateway(need.to(), host, gateway.portOfNetwork()))
                    .forEach(target -> target.ifPresent(targets::add)));
    if (targets.isEmpty()) {
      all(NetworkGateway.class, g -> g.of().equals(need.to()))
          .map(gateway -> gateway(need.to(), gateway.address(), gateway.anyPort()))
          .forEach(target -> target.ifPresent(targets::add));
    }
    if (targets.isEmpty()) {
      throw new NoWayException("%s has no east-west gateway with an address".formatted(need.to()));
    }
    return planned(need.kind(), need.from(), past(need.from()), targets);
  }

  private static Optional<ProbeTarget> gateway(String cluster, String host, int port) {
    return ProbeTarget.port(cluster, host, port, "east-west gateway of " + cluster);
  }

  /** What can open a connection that no proxy opens in its place, the best first. */
  private List<ProbeClient> past(String cluster) throws NoWayException {
    List<ProbeClient> clients = new ArrayList<>();
    var made = own.get(cluster);
    if (made != null) {
      clients.add(client(made, made.container()));
    } else if (!options.client().isEmpty()) {
      var asked = asked(cluster);
      if (asked.captured()) {
        throw new NoWayException(
            "a ztunnel opens the connections of %s; name another pod".formatted(options.client()));
      }
      clients.add(client(asked, asked.proxied() ? ProbePod.PROXY : asked.container()));
    } else {
      pods.pastProxies(cluster)
          .forEach(
              pod -> clients.add(client(pod, pod.proxied() ? ProbePod.PROXY : pod.container())));
    }
    return clients;
  }

  private List<ProbeClient> istiods(String cluster) {
    List<ProbeClient> clients = new ArrayList<>();
    all(Istiod.class, i -> i.cluster().equals(cluster) && i.ready())
        .limit(1)
        .map(istiod -> new ProbeClient(istiod.namespace(), istiod.pod(), "discovery"))
        .forEach(clients::add);
    return clients;
  }

  private ProbePod asked(String cluster) throws NoWayException {
    var slash = options.client().indexOf('/');
    return pods.now(
            cluster,
            options.client().substring(0, Math.max(0, slash)),
            options.client().substring(slash + 1))
        .orElseThrow(
            () ->
                new NoWayException(
                    "there is no ready pod %s in %s".formatted(options.client(), cluster)));
  }

  private static ProbeClient client(ProbePod pod, String container) {
    return new ProbeClient(pod.namespace(), pod.name(), container);
  }

  private List<PlannedProbe> planned(
      ProbeKind kind, String from, List<ProbeClient> clients, Collection<ProbeTarget> targets)
      throws NoWayException {
    if (clients.isEmpty()) {
      throw new NoWayException(
          pods.failure(from).isEmpty()
              ? "no ready pod of %s can run it".formatted(from)
              : "pods of %s cannot be seen: %s".formatted(from, pods.failure(from)));
    }
    return targets.stream()
        .limit(MOST_ADDRESSES)
        .map(
            target ->
                new PlannedProbe(
                    kind, from, context(from), clients, target, options.attempts(kind)))
        .toList();
  }

  private String context(String cluster) {
    return all(Cluster.class, c -> c.name().equals(cluster))
        .map(Cluster::context)
        .filter(context -> !context.isEmpty())
        .findFirst()
        .orElse(cluster);
  }

  private <T extends Fact> Stream<T> all(Class<T> type, Predicate<T> wanted) {
    return facts.stream().filter(type::isInstance).map(type::cast).filter(wanted);
  }
}
