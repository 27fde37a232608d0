package io.meshdoctor.facts;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Service.
 *
 * @param cluster operator's name of the cluster
 * @param namespace its namespace
 * @param name its name
 * @param host {@code name.namespace.svc} and the cluster domain
 * @param type {@code spec.type}
 * @param headless {@code spec.clusterIP} is {@code None}
 * @param clusterIps {@code spec.clusterIPs}
 * @param ports its ports
 * @param connectionPorts numbers of the ports that are declared as something else than HTTP, so
 *     that connections are balanced and not requests
 * @param selector {@code spec.selector}
 * @param labels its labels
 * @param annotations its annotations, without the one that kubectl keeps
 * @param internalTrafficPolicy {@code spec.internalTrafficPolicy}
 * @param trafficDistribution {@code spec.trafficDistribution}, or the annotation of that name
 * @param externalName {@code spec.externalName}
 * @param system it belongs to Kubernetes or to Istio itself, and so is not shared by clusters
 * @param waypoint waypoint that it asks for, itself or by its namespace, as {@code namespace/name};
 *     empty where there is none
 * @param globalTo operator's names of the clusters whose control planes offer it to ambient
 *     workloads across networks, by their {@code serviceScopeConfigs}
 * @param origin where it was seen
 */
public record KubeService(
    String cluster,
    String namespace,
    String name,
    String host,
    String type,
    boolean headless,
    List<String> clusterIps,
    List<ServicePort> ports,
    List<Integer> connectionPorts,
    Map<String, String> selector,
    Map<String, String> labels,
    Map<String, String> annotations,
    String internalTrafficPolicy,
    String trafficDistribution,
    String externalName,
    boolean system,
    String waypoint,
    List<String> globalTo,
    Origin origin)
    implements Fact {

  public KubeService {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    host = Normal.text(host);
    type = Normal.text(type);
    clusterIps = Normal.list(clusterIps);
    ports = Normal.list(ports);
    connectionPorts = Normal.list(connectionPorts);
    selector = Normal.sorted(selector);
    labels = Normal.sorted(labels);
    annotations = Normal.sorted(annotations);
    internalTrafficPolicy = Normal.text(internalTrafficPolicy);
    trafficDistribution = Normal.text(trafficDistribution);
    externalName = Normal.text(externalName);
    waypoint = Normal.text(waypoint);
    globalTo = Normal.list(globalTo);
    origin = Normal.origin(origin);
  }

  /** Its selector as kubectl takes one: {@code app=cart,version=v1}. */
  public String selecting() {
    return selector.entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }

  /** Its {@code namespace/name}. */
  public String path() {
    return namespace + "/" + name;
  }

  /** Whether some control plane offers it to ambient workloads across networks. */
  public boolean isOffered() {
    return !globalTo.isEmpty();
  }

  /** Whether its label asks that ambient workloads of other networks be told of it. */
  public boolean isLabelledGlobal() {
    return "true".equals(labels.get("istio.io/global"));
  }

  /** The clusters whose control planes offer it, and one more. */
  public List<String> globalToWith(String other) {
    return Stream.concat(globalTo.stream(), Stream.of(other)).distinct().sorted().toList();
  }

  /** Namespace of its waypoint; empty where it has none. */
  public String waypointNamespace() {
    return waypoint.substring(0, Math.max(0, waypoint.indexOf('/')));
  }

  /** Name of its waypoint; empty where it has none. */
  public String waypointName() {
    return waypoint.substring(waypoint.indexOf('/') + 1);
  }

  /**
   * Which of two Services of this host is to follow the other one in its waypoint: one that has
   * none, else that whose waypoint fewer have; the other one where that is even.
   *
   * @param all Services of this host in all clusters
   */
  public KubeService oddlyRoutedBeside(KubeService other, Collection<?> all) {
    if (waypoint.isEmpty() || other.waypoint().isEmpty()) {
      return waypoint.isEmpty() ? this : other;
    }
    return routedAlike(all) < other.routedAlike(all) ? this : other;
  }

  private long routedAlike(Collection<?> all) {
    return all.stream()
        .filter(one -> one instanceof KubeService service && service.waypoint().equals(waypoint))
        .count();
  }

  /** Whether istiod made it for a Gateway of the Gateway API, such as a waypoint. */
  public boolean isOfGateway() {
    return labels.containsKey(KubernetesGateway.NAME_LABEL);
  }

  /** Numbers of its ports of TCP that another Service of this host lacks, sorted. */
  public List<Integer> portsMissingIn(KubeService other) {
    return tcpPorts().filter(port -> other.tcpPorts().noneMatch(port::equals)).sorted().toList();
  }

  /** Whether it and another Service of this host have the same numbers of ports of TCP. */
  public boolean isOfSamePortsAs(KubeService other) {
    return portsMissingIn(other).isEmpty() && other.portsMissingIn(this).isEmpty();
  }

  /**
   * Of two Services of one host whose ports differ, the one that is to follow the other: the one
   * whose ports fewer of all have, or else the other one.
   *
   * @param all the Services of this host in all clusters
   */
  public KubeService oddBeside(KubeService other, Collection<?> all) {
    return alike(all) < other.alike(all) ? this : other;
  }

  private long alike(Collection<?> all) {
    return all.stream()
        .filter(one -> one instanceof KubeService service && service.titles().equals(titles()))
        .count();
  }

  private Set<String> titles() {
    return ports.stream().map(ServicePort::describe).collect(Collectors.toSet());
  }

  /** Numbers of its ports of TCP, sorted. */
  public List<Integer> tcpPortNumbers() {
    return tcpPorts().sorted().toList();
  }

  private Stream<Integer> tcpPorts() {
    return ports.stream().filter(port -> port.protocol().equals("TCP")).map(ServicePort::number);
  }

  /** Domain of the cluster that it is in, from its host name: {@code cluster.local}. */
  public String domain() {
    int svc = host.indexOf(".svc.");
    return svc < 0 ? host : host.substring(svc + ".svc.".length());
  }

  /** Whether a gateway for other networks can lead to it: it has an address, and a port of TCP. */
  public boolean isRoutable() {
    return !headless
        && !type.equals("ExternalName")
        && ports.stream().anyMatch(port -> port.protocol().equals("TCP"));
  }

  /** Namespaces that know of it, from its annotation; empty where all do. */
  public String exportTo() {
    return annotations.getOrDefault("networking.istio.io/exportTo", "");
  }

  /** Whether its annotation keeps it from namespaces that it does not name. */
  public boolean isPrivate() {
    return !exportTo().isEmpty() && !exportTo().contains("*");
  }

  /**
   * Ports that another Service of this host has under the same number, but under another name,
   * where neither has a port of the other's name, so that their endpoints are not joined.
   */
  public List<ServicePort> portsNamedUnlike(KubeService other) {
    return ports.stream()
        .filter(
            port ->
                other.ports.stream().noneMatch(port::isCalledLike)
                    && other.ports.stream()
                        .filter(port::isNamedUnlike)
                        .anyMatch(others -> ports.stream().noneMatch(others::isCalledLike)))
        .toList();
  }

  /** Whether there are {@link #portsNamedUnlike}. */
  public boolean isNamingPortsUnlike(KubeService other) {
    return !portsNamedUnlike(other).isEmpty();
  }

  /**
   * Ports that another Service of this host has under the same name, but under another number, and
   * whose own number it does not have.
   */
  public List<ServicePort> portsNumberedUnlike(KubeService other) {
    return ports.stream()
        .filter(
            port ->
                other.ports.stream().anyMatch(port::isNumberedUnlike)
                    && other.ports.stream().noneMatch(port::isNumberedLike))
        .toList();
  }

  /** Whether there are {@link #portsNumberedUnlike}. */
  public boolean isNumberingPortsUnlike(KubeService other) {
    return !portsNumberedUnlike(other).isEmpty();
  }

  /** Whether one of its ports may lead to a port of its pods; by a name it may lead to any. */
  public boolean isLeading(int number, int target) {
    return ports.stream()
        .anyMatch(port -> port.number() == number && (port.isNamed() || port.isLeadingTo(target)));
  }

  /** Whether a port leads to another one of its pods than that of another Service of this host. */
  public boolean isLeadingElsewhere(int number, KubeService other) {
    return !portNumbered(number).target().equals(other.portNumbered(number).target());
  }

  /** Whether one of its ports surely leads to a port of its pods. */
  public boolean isLeadingTo(int target) {
    return ports.stream().anyMatch(port -> port.isLeadingTo(target));
  }

  /** Number of its port that leads to a port of its pods; 0 where there is none. */
  public int portLeadingTo(int target) {
    return ports.stream()
        .filter(port -> port.isLeadingTo(target))
        .mapToInt(ServicePort::number)
        .findFirst()
        .orElse(0);
  }

  /** The port of a number; the first one where there is none. */
  public ServicePort portNumbered(int number) {
    return ports.stream()
        .filter(port -> port.number() == number)
        .findFirst()
        .orElseGet(() -> ports.get(0));
  }

  /** The port of a name; the first one where there is none. */
  public ServicePort portCalled(String port) {
    return ports.stream()
        .filter(own -> own.name().equals(port))
        .findFirst()
        .orElseGet(() -> ports.get(0));
  }

  /** Its ports, under the names that another Service of this host has for their numbers. */
  public List<ServicePort> portsNamedAs(KubeService other) {
    return ports.stream()
        .map(
            port ->
                other.ports.stream()
                    .filter(port::isNumberedLike)
                    .findFirst()
                    .map(like -> port.withName(like.name()))
                    .orElse(port))
        .toList();
  }

  /** Its ports, under the numbers that another Service of this host has for their names. */
  public List<ServicePort> portsNumberedAs(KubeService other) {
    return ports.stream()
        .map(
            port ->
                other.ports.stream()
                    .filter(port::isCalledLike)
                    .findFirst()
                    .map(like -> port.withNumber(like.number()))
                    .orElse(port))
        .toList();
  }

  /** Its {@link #connectionPorts}, had this one been declared as HTTP. */
  public List<Integer> connectionPortsBut(int number) {
    return connectionPorts.stream().filter(port -> port != number).toList();
  }

  /** Host name of a Service beside it of another name. */
  public String hostCalled(String other) {
    return other + host.substring(Math.max(host.indexOf('.'), 0));
  }

  /**
   * Whether its clients are to be served by endpoints near them: {@code PreferClose}, {@code
   * PreferSameZone}, {@code PreferSameNode}; the annotation may be written in any case.
   */
  public boolean isKeepingClose() {
    return trafficDistribution.toLowerCase(Locale.ROOT).startsWith("prefer");
  }

  @Override
  public String describe() {
    return "service %s/%s is in %s".formatted(namespace, name, cluster);
  }
}
