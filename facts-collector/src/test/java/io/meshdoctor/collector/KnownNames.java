package io.meshdoctor.collector;

import io.meshdoctor.collector.EnvoyHost.Place;
import io.meshdoctor.collector.IstiodState.GatewayRow;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Names that a test has given; the ID of a cluster is its name with {@code -id}. */
final class KnownNames implements Names {

  final Map<String, Set<String>> podIps = new HashMap<>();
  final Map<String, Set<String>> pods = new HashMap<>();
  final Map<String, String> gateways = new HashMap<>();
  final Map<String, Set<String>> claiming = new HashMap<>();
  final Map<String, String> standIns = new HashMap<>();
  final Map<String, Set<String>> endpoints = new HashMap<>();
  final Set<String> gatewayPods = new HashSet<>();
  final Set<String> clusters = new HashSet<>(List.of("blue", "green", "red"));

  KnownNames pod(String cluster, String name, String ip) {
    pods.computeIfAbsent(name, ignored -> new TreeSet<>()).add(cluster);
    podIps.computeIfAbsent(ip, ignored -> new TreeSet<>()).add(cluster);
    return this;
  }

  @Override
  public String nameOf(String viewer, String clusterId) {
    String name = clusterId.replaceFirst("-id$", "");
    return clusterId.endsWith("-id") && clusters.contains(name) ? name : "";
  }

  @Override
  public Collection<String> clustersOfPodIp(String address) {
    return podIps.getOrDefault(address, Set.of());
  }

  @Override
  public Collection<String> clustersOfPod(String pod) {
    return pods.getOrDefault(pod, Set.of());
  }

  @Override
  public Collection<String> podsClaiming(String clusterId) {
    return claiming.getOrDefault(clusterId, Set.of());
  }

  @Override
  public boolean isSystem(String host) {
    return host.startsWith("system.");
  }

  @Override
  public boolean isGatewayPod(String cluster, String namespace, String pod) {
    return gatewayPods.contains(pod);
  }

  @Override
  public Instant startOfPod(String cluster, String namespace, String pod) {
    return Instant.EPOCH;
  }

  @Override
  public String serviceHost(String cluster, String namespace, String host) {
    return host.isEmpty() ? "" : host + ".svc";
  }

  @Override
  public Collection<String> endpointsOf(String cluster, String host) {
    return endpoints.getOrDefault(cluster + "/" + host, Set.of());
  }

  @Override
  public Collection<String> clustersOfGateway(Place place) {
    String cluster = gateways.get(place.toString());
    return cluster == null ? Set.of() : Set.of(cluster);
  }

  @Override
  public String nameOf(String viewer, GatewayRow gateway) {
    return standIns.getOrDefault(gateway.address(), nameOf(viewer, gateway.id()));
  }
}
