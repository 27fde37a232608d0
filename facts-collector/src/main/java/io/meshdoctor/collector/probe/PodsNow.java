package io.meshdoctor.collector.probe;

import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.KubeService;
import io.meshdoctor.facts.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds pods that can take part in probes: facts say which there are, clusters whether still. */
final class PodsNow {

  /** So many pods of one sort are looked at. */
  private static final int MOST_LOOKS = 6;

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

  private final Collection<? extends Fact> facts;
  private final ProbeClusters clusters;
  private final UnaryOperator<String> contexts;
  private final Map<List<String>, Optional<ProbePod>> known = new HashMap<>();
  private final Map<String, String> failures = new HashMap<>();

  PodsNow(
      Collection<? extends Fact> facts, ProbeClusters clusters, UnaryOperator<String> contexts) {
    this.facts = facts;
    this.clusters = clusters;
    this.contexts = contexts;
  }

  /** Pods whose requests go through a proxy, those first that look as if they could make some. */
  List<ProbePod> inMesh(String cluster) {
    var injected = some(cluster, workload -> workload.injected() && !workload.gateway());
    var others = some(cluster, workload -> !workload.injected() && !isSystem(workload));
    List<ProbePod> pods = new ArrayList<>(injected);
    pods.addAll(others);
    return clientsFirst(
        pods.stream().filter(pod -> pod.isMeshed() && !pod.container().isEmpty()).toList());
  }

  /**
   * Pods that can connect past all proxies: from a container that none serves, or from that of a
   * proxy, whose own connections are not caught.
   */
  List<ProbePod> pastProxies(String cluster) {
    var plain =
        clientsFirst(
            some(cluster, workload -> !workload.injected() && !isSystem(workload)).stream()
                .filter(pod -> !pod.container().isEmpty())
                .toList());
    List<ProbePod> pods = new ArrayList<>();
    plain.stream().filter(ProbePod::isLikelyClient).forEach(pods::add);
    pods.addAll(some(cluster, workload -> workload.injected() && !workload.gateway()));
    pods.addAll(some(cluster, Workload::gateway));
    plain.stream().filter(pod -> !pod.isLikelyClient()).forEach(pods::add);
    return pods.stream().filter(pod -> !pod.captured()).toList();
  }

  /**
   * Pods that can be connected to: those without a proxy first, but one accepts connections as well
   * as a program of the operator's, and they show no less that the way is open.
   */
  List<ProbePod> servers(String cluster) {
    List<ProbePod> pods =
        new ArrayList<>(some(cluster, workload -> !workload.injected() && !isSystem(workload)));
    pods.addAll(some(cluster, workload -> workload.injected() && !workload.gateway()));
    pods.addAll(some(cluster, workload -> !workload.injected() && isSystem(workload)));
    return pods.stream()
        .filter(pod -> !pod.hostNetwork() && !pod.ip().isEmpty() && !pod.ports().isEmpty())
        .toList();
  }

  /**
   * Whether a pod behind a Service declares that it listens on a port. A port that is named is one
   * that is declared.
   *
   * @param port number or name
   */
  boolean areListening(KubeService service, String port) {
    var behind =
        some(
            service.cluster(),
            workload ->
                workload.namespace().equals(service.namespace())
                    && workload.isSelectedBy(service.selector()));
    return behind.stream()
        .anyMatch(
            pod ->
                NUMBER.matcher(port).matches()
                    ? pod.ports().contains(Integer.valueOf(port))
                    : !port.isEmpty() && !pod.ports().isEmpty());
  }

  /** A pod, if it is there and ready. */
  Optional<ProbePod> now(String cluster, String namespace, String name) {
    return known
        .computeIfAbsent(
            List.of(cluster, namespace, name),
            key -> {
              try {
                return clusters.pod(contexts.apply(cluster), namespace, name);
              } catch (IOException failed) {
                failures.put(cluster, String.valueOf(failed.getMessage()));
                return Optional.empty();
              }
            })
        .filter(ProbePod::ready);
  }

  /** Why pods of a cluster could not be seen; empty where they could. */
  String failure(String cluster) {
    return failures.getOrDefault(cluster, "");
  }

  private List<ProbePod> some(String cluster, Predicate<Workload> wanted) {
    return facts.stream()
        .filter(Workload.class::isInstance)
        .map(Workload.class::cast)
        .filter(workload -> workload.cluster().equals(cluster) && workload.readyPods() > 0)
        .filter(workload -> !workload.hostNetwork())
        .filter(wanted)
        // what serves nobody has been put there to make requests
        .sorted(
            Comparator.comparing(this::isServed)
                .thenComparing(Workload::namespace)
                .thenComparing(Workload::name))
        .limit(MOST_LOOKS)
        .map(workload -> now(cluster, workload.namespace(), workload.pod()))
        .flatMap(Optional::stream)
        .toList();
  }

  private boolean isServed(Workload workload) {
    return services(workload).anyMatch(service -> !service.ports().isEmpty());
  }

  private boolean isSystem(Workload workload) {
    return workload.namespace().startsWith("kube-")
        || services(workload).anyMatch(KubeService::system);
  }

  private Stream<KubeService> services(Workload workload) {
    return facts.stream()
        .filter(KubeService.class::isInstance)
        .map(KubeService.class::cast)
        .filter(
            service ->
                service.cluster().equals(workload.cluster())
                    && service.namespace().equals(workload.namespace())
                    && workload.isSelectedBy(service.selector()));
  }

  private static List<ProbePod> clientsFirst(List<ProbePod> pods) {
    return pods.stream().sorted(Comparator.comparing(pod -> !pod.isLikelyClient())).toList();
  }
}
