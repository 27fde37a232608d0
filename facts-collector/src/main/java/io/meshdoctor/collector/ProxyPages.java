package io.meshdoctor.collector;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one proxy told. */
final class ProxyPages {

  final String namespace;
  final String pod;

  /** The endpoints as the richest input shows them; null where none does. */
  @Nullable EndpointPage endpoints;

  /** Its connection to the control plane; null where nothing shows it. */
  @Nullable ControlPlaneConnection controlPlane;

  /** Certificates from the page {@code /certs}; null where it was not read. */
  @Nullable CertificateRow certificates;

  /** Certificates from the config dump; null where it has none. */
  @Nullable CertificateRow dumpedCertificates;

  /** What it says of itself; null where the config dump was not read. */
  @Nullable NodeRow node;

  /** What it knows, where it is a ztunnel; else null. */
  @Nullable ZtunnelDump ztunnel;

  List<ListenerRow> listeners = List.of();

  /** Services that its listeners lead to by SNI. */
  final Set<SniRoute> sniRoutes = new LinkedHashSet<>();

  private final Map<EnvoyClusterName, Map<EnvoyHost.Place, String>> clusterIds = new HashMap<>();

  ProxyPages(String namespace, String pod) {
    this.namespace = namespace;
    this.pod = pod;
  }

  /** {@code namespace/name} of its pod. */
  String subject() {
    return namespace + "/" + pod;
  }

  /** Takes a page of endpoints, and keeps the richest. */
  void offer(EndpointPage page) {
    if (endpoints == null || page.isRicherThan(endpoints)) {
      endpoints = page;
    }
  }

  /** Notes the cluster ID that istiod gave to an endpoint. */
  void locate(EnvoyClusterName cluster, EnvoyHost.Place place, String clusterId) {
    clusterIds.computeIfAbsent(cluster, ignored -> new HashMap<>()).put(place, clusterId);
  }

  /** The cluster ID that istiod gave to an endpoint; empty where unknown. */
  String clusterIdOf(EnvoyClusterName cluster, EnvoyHost.Place place) {
    return clusterIds.getOrDefault(cluster, Map.of()).getOrDefault(place, "");
  }

  /** Counters of the connection to istiod. */
  record ControlPlaneConnection(long active, long requests, long requestErrors) {}

  /**
   * Certificates that Istio gave to the proxy.
   *
   * @param rootSerials lower-case hex without leading zeros
   * @param identity SPIFFE ID; empty where it has none
   */
  record CertificateRow(
      List<String> rootSerials,
      String identity,
      @Nullable Instant notBefore,
      @Nullable Instant notAfter) {}

  /** Metadata of the proxy's node. */
  record NodeRow(String clusterId, String network, String networkView, boolean router) {}

  /**
   * A listener.
   *
   * @param active it accepts connections
   */
  record ListenerRow(int port, boolean active, int chains) {}

  /** A filter chain of an active listener that leads to a service by SNI. */
  record SniRoute(int listenerPort, EnvoyClusterName service) {}
}
