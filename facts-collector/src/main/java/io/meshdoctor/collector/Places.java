package io.meshdoctor.collector;

import io.meshdoctor.collector.EnvoyHost.Place;
import io.meshdoctor.collector.IstiodState.ProxyRow;
import io.meshdoctor.facts.Via;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows which cluster the address of an endpoint leads to, and in which way. */
final class Places {

  private static final String SEVERAL = "";

  private final List<View> views = new ArrayList<>();
  private final Names names;

  Places(MeshState mesh, Names names) {
    this.names = names;
    for (ClusterState cluster : mesh.clusters().values()) {
      for (IstiodState istiod : cluster.controlPlane.istiods()) {
        views.add(new View(cluster.name, istiod, names));
      }
    }
  }

  /**
   * Where an endpoint is.
   *
   * @param cluster operator's name of the cluster; empty where unknown
   */
  record Location(String cluster, Via via) {}

  /** What one istiod knows of addresses. */
  private static final class View {

    final String cluster;
    final IstiodState istiod;
    final Set<String> ids = new HashSet<>();
    final Set<String> connected = new HashSet<>();

    /** From the address of a gateway to the operator's name of its cluster. */
    final Map<Place, String> gateways = new HashMap<>();

    View(String cluster, IstiodState istiod, Names names) {
      this.cluster = cluster;
      this.istiod = istiod;
      for (ProxyRow proxy : istiod.proxies) {
        ids.add(proxy.id());
        connected.add(key(proxy.id(), proxy.namespace(), proxy.pod()));
      }
      for (IstiodState.GatewayRow row : istiod.gateways) {
        String name = names.nameOf(cluster, row);
        for (Place place : row.places()) {
          gateways.merge(place, name, (old, other) -> old.equals(other) ? old : SEVERAL);
        }
      }
    }

    static String key(String id, String namespace, String pod) {
      return id + "/" + namespace + "/" + pod;
    }
  }

  /** The same, as a proxy of a cluster sees it: with its own istiod's knowledge first. */
  Finder seenBy(String cluster, ProxyPages proxy) {
    List<View> ordered = new ArrayList<>(views);
    ordered.sort(Comparator.comparingInt(view -> distance(view, cluster, proxy)));
    return new Finder(cluster, proxy, ordered);
  }

  private int distance(View view, String cluster, ProxyPages proxy) {
    for (String id : view.ids) {
      // Pods of several clusters may have one name, so the cluster is looked at as well.
      if (view.connected.contains(View.key(id, proxy.namespace, proxy.pod))
          && names.nameOf(view.cluster, id).equals(cluster)) {
        return 0;
      }
    }
    return view.cluster.equals(cluster) ? 1 : 2;
  }

  /** Finds the endpoints of one proxy. */
  final class Finder {

    private final String cluster;
    private final ProxyPages proxy;
    private final List<View> ordered;

    private Finder(String cluster, ProxyPages proxy, List<View> ordered) {
      this.cluster = cluster;
      this.proxy = proxy;
      this.ordered = ordered;
    }

    Location find(EnvoyClusterName service, Place place) {
      boolean inShard =
          ordered.stream()
              .anyMatch(
                  view -> view.istiod.shards.placeOf(service.host(), place.address()) != null);
      Collection<String> podClusters = names.clustersOfPodIp(place.address());
      boolean gateway =
          !inShard
              && (ordered.stream().anyMatch(view -> view.gateways.containsKey(place))
                  || !names.clustersOfGateway(place).isEmpty());
      if (gateway) {
        // what istiod wrote is what it announces, which may be only a stand-in
        return new Location(
            first(announced(place), first(told(service, place), gatewayCluster(place))),
            Via.GATEWAY);
      }
      if (inShard || !podClusters.isEmpty()) {
        return new Location(
            first(
                told(service, place),
                first(
                    shardCluster(service.host(), place.address()),
                    podClusters.size() == 1 ? podClusters.iterator().next() : "")),
            Via.POD);
      }
      return new Location("", Via.OTHER);
    }

    /** What istiod wrote next to the endpoint. */
    private String told(EnvoyClusterName service, Place place) {
      String id = proxy.clusterIdOf(service, place);
      return id.isEmpty() ? "" : names.nameOf(viewer(), id);
    }

    private String viewer() {
      return ordered.isEmpty() ? cluster : ordered.get(0).cluster;
    }

    /** What the proxy's own istiod announces. */
    private String announced(Place place) {
      return ordered.isEmpty() ? "" : ordered.get(0).gateways.getOrDefault(place, "");
    }

    private String gatewayCluster(Place place) {
      for (View view : ordered) {
        String name = view.gateways.getOrDefault(place, "");
        if (!name.isEmpty()) {
          return name;
        }
      }
      return names.clustersOfGateway(place).stream().findFirst().orElse("");
    }

    private String shardCluster(String host, String address) {
      for (View view : ordered) {
        String name = nameOf(view, view.istiod.shards.placeOf(host, address));
        if (!name.isEmpty()) {
          return name;
        }
      }
      return "";
    }

    private String nameOf(View view, @Nullable String id) {
      return id == null || id.isEmpty() ? "" : names.nameOf(view.cluster, id);
    }

    private static String first(String one, String other) {
      return one.isEmpty() ? other : one;
    }
  }
}
