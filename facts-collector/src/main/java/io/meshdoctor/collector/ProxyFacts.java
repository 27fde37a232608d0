package io.meshdoctor.collector;

import io.meshdoctor.collector.EnvoyHost.Counters;
import io.meshdoctor.collector.Places.Location;
import io.meshdoctor.collector.ProxyPages.CertificateRow;
import io.meshdoctor.collector.ProxyPages.NodeRow;
import io.meshdoctor.facts.CertificateLife;
import io.meshdoctor.facts.ClientEndpoints;
import io.meshdoctor.facts.ClientProxy;
import io.meshdoctor.facts.ClientService;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.GatewayListener;
import io.meshdoctor.facts.GatewayRoute;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.ProxyCertificates;
import io.meshdoctor.facts.ZtunnelService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Makes facts of what the proxies of one cluster told. */
final class ProxyFacts {

  private final ClusterState cluster;
  private final Names names;
  private final Places places;

  ProxyFacts(ClusterState cluster, Names names, Places places) {
    this.cluster = cluster;
    this.names = names;
    this.places = places;
  }

  void addAll(ProxyPages proxy, List<Fact> facts) {
    if (proxy.ztunnel != null) {
      addZtunnel(proxy, proxy.ztunnel, facts);
      return;
    }
    boolean gateway = isGateway(proxy);
    addProxy(proxy, gateway, facts);
    addCertificates(proxy, gateway, facts);
    if (gateway) {
      addListeners(proxy, facts);
    }
    addServices(proxy, gateway, facts);
  }

  private void addZtunnel(ProxyPages proxy, ZtunnelDump dump, List<Fact> facts) {
    Origin origin = Origin.ztunnel(cluster.name, cluster.context, proxy.namespace, proxy.pod);
    for (ZtunnelDump.Row service : dump.services()) {
      facts.add(
          new ZtunnelService(
              cluster.name,
              proxy.namespace,
              proxy.pod,
              service.host(),
              service.workloads().size(),
              dump.networksOf(service),
              service.waypoint(),
              names.isSystem(service.host()),
              origin));
    }
  }

  private boolean isGateway(ProxyPages proxy) {
    NodeRow node = proxy.node;
    return (node != null && node.router())
        || clusters(proxy).keySet().stream().anyMatch(EnvoyClusterName::sni)
        || names.isGatewayPod(cluster.name, proxy.namespace, proxy.pod);
  }

  private static Map<EnvoyClusterName, List<EnvoyHost>> clusters(ProxyPages proxy) {
    EndpointPage page = proxy.endpoints;
    return page == null ? Map.of() : page.clusters();
  }

  private void addProxy(ProxyPages proxy, boolean gateway, List<Fact> facts) {
    NodeRow node = proxy.node;
    int services =
        (int) clusters(proxy).keySet().stream().map(EnvoyClusterName::host).distinct().count();
    facts.add(
        new ClientProxy(
            cluster.name,
            proxy.namespace,
            proxy.pod,
            gateway,
            node == null ? "" : node.clusterId(),
            node == null ? "" : node.network(),
            node != null,
            services,
            origin(proxy, node == null ? "/clusters" : "/config_dump")));
  }

  private void addCertificates(ProxyPages proxy, boolean gateway, List<Fact> facts) {
    CertificateRow row = proxy.certificates;
    if (row == null) {
      row = proxy.dumpedCertificates;
    }
    if (row == null) {
      return;
    }
    String identity = row.identity();
    String scheme = "spiffe://";
    facts.add(
        new ProxyCertificates(
            cluster.name,
            proxy.namespace,
            proxy.pod,
            gateway,
            row.rootSerials(),
            identity,
            identity.startsWith(scheme) ? identity.substring(scheme.length()).split("/", 2)[0] : "",
            row.notAfter(),
            names.startOfPod(cluster.name, proxy.namespace, proxy.pod),
            origin(proxy, "/certs")));
    if (row.notAfter() != null) {
      facts.add(
          new CertificateLife(
              cluster.name,
              "workload",
              "pod " + proxy.subject(),
              row.notBefore(),
              row.notAfter(),
              origin(proxy, "/certs")));
    }
  }

  private void addListeners(ProxyPages proxy, List<Fact> facts) {
    Origin origin = origin(proxy, "/config_dump");
    proxy.listeners.forEach(
        listener ->
            facts.add(
                new GatewayListener(
                    cluster.name,
                    proxy.namespace,
                    proxy.pod,
                    listener.port(),
                    listener.active(),
                    listener.chains(),
                    origin)));
    proxy.sniRoutes.stream()
        .filter(route -> !names.isSystem(route.service().host()))
        .forEach(
            route ->
                facts.add(
                    new GatewayRoute(
                        cluster.name,
                        proxy.namespace,
                        proxy.pod,
                        route.listenerPort(),
                        route.service().host(),
                        route.service().port(),
                        route.service().subset(),
                        origin)));
  }

  private void addServices(ProxyPages proxy, boolean gateway, List<Fact> facts) {
    Origin origin = origin(proxy, "/clusters");
    Places.Finder finder = places.seenBy(cluster.name, proxy);
    Map<EnvoyClusterName, List<EnvoyHost>> clusters = clusters(proxy);
    clusters.forEach(
        (service, hosts) -> {
          if (!isSecondary(service, clusters.keySet())) {
            boolean system = names.isSystem(service.host());
            facts.add(
                new ClientService(
                    cluster.name,
                    proxy.namespace,
                    proxy.pod,
                    gateway,
                    service.host(),
                    service.port(),
                    service.subset(),
                    hosts.size(),
                    system,
                    origin));
            Map<Location, Sum> sums = new LinkedHashMap<>();
            for (EnvoyHost host : hosts) {
              sums.computeIfAbsent(
                      finder.find(service, host.place()), ignored -> new Sum(host.place()))
                  .add(host);
            }
            sums.forEach(
                (location, sum) ->
                    facts.add(sum.fact(proxy, gateway, service, location, system, origin)));
          }
        });
  }

  /** Of the two clusters of a gateway for one service, the one by SNI serves other networks. */
  private static boolean isSecondary(EnvoyClusterName service, Set<EnvoyClusterName> all) {
    return !service.sni()
        && all.contains(
            new EnvoyClusterName(service.host(), service.port(), service.subset(), true));
  }

  private Origin origin(ProxyPages proxy, String page) {
    return Origin.envoy(cluster.name, cluster.context, proxy.namespace, proxy.pod, page);
  }

  /** Endpoints of a service in one cluster, reached in one way. */
  private final class Sum {

    /** How many addresses are kept: enough to compare, and to name. */
    private static final int KEPT = 10;

    private final EnvoyHost.Place first;
    private final SortedSet<String> addresses = new TreeSet<>();
    private final SortedSet<String> unreachable = new TreeSet<>();
    private int endpoints;
    private int healthy;
    private int ejected;
    private int priority = Integer.MAX_VALUE;
    private boolean counted;
    private long connects;
    private long connectFailures;
    private long activeConnections;
    private long requests;
    private long requestErrors;
    private long requestSuccesses;

    Sum(EnvoyHost.Place first) {
      this.first = first;
    }

    void add(EnvoyHost host) {
      endpoints++;
      keep(addresses, host);
      EnvoyHost.State state = host.state();
      healthy += state.usable() ? 1 : 0;
      ejected += state.ejected() ? 1 : 0;
      priority = Math.min(priority, state.priority());
      Counters counters = state.counters();
      if (counters != null) {
        counted = true;
        if (counters.isNeverConnected()) {
          keep(unreachable, host);
        }
        connects += counters.connects();
        connectFailures += counters.connectFailures();
        activeConnections += counters.activeConnections();
        requests += counters.requests();
        requestErrors += counters.requestErrors();
        requestSuccesses += counters.requestSuccesses();
      }
    }

    private static void keep(SortedSet<String> some, EnvoyHost host) {
      some.add(host.place().toString());
      if (some.size() > KEPT) {
        some.remove(some.last());
      }
    }

    ClientEndpoints fact(
        ProxyPages proxy,
        boolean gateway,
        EnvoyClusterName service,
        Location location,
        boolean system,
        Origin origin) {
      return new ClientEndpoints(
          cluster.name,
          proxy.namespace,
          proxy.pod,
          gateway,
          service.host(),
          service.port(),
          service.subset(),
          location.cluster(),
          location.via(),
          first.toString(),
          List.copyOf(addresses),
          List.copyOf(unreachable),
          endpoints,
          healthy,
          ejected,
          priority,
          connects,
          connectFailures,
          activeConnections,
          requests,
          requestErrors,
          requestSuccesses,
          counted,
          system,
          origin);
    }
  }
}
