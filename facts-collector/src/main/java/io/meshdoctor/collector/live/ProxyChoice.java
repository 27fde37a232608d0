package io.meshdoctor.collector.live;

import io.meshdoctor.collector.MeshPod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Chooses the pods that are asked for their view: every istiod, some pods of every gateway and of
 * ztunnel, and one of every other workload that the operator named, or of a sample of all.
 */
final class ProxyChoice {

  /** Pods of one gateway that are asked. */
  private static final int PER_GATEWAY = 3;

  /** Ztunnels of one owner that are asked: all of them are told the same. */
  private static final int PER_ZTUNNEL = 2;

  /** Workloads that are asked where the operator named none. */
  private static final int SAMPLE = 20;

  /** The best pod first: one that is ready has its whole configuration. */
  private static final Comparator<MeshPod> ORDER =
      Comparator.comparing((MeshPod pod) -> !pod.ready()).thenComparing(MeshPod::name);

  private final LiveOptions options;
  private final List<MeshPod> istiods = new ArrayList<>();
  private final Map<String, List<MeshPod>> gateways = new TreeMap<>();
  private final Map<String, List<MeshPod>> ztunnels = new TreeMap<>();
  private final Map<String, List<MeshPod>> workloads = new TreeMap<>();
  private final Map<String, Map<String, String>> selectors = new HashMap<>();

  ProxyChoice(LiveOptions options) {
    this.options = options;
  }

  /** Looks at a Pod or a Service. */
  synchronized void see(String kind, JsonNode object) {
    if (kind.equals(ListedKind.POD)) {
      see(MeshPod.of(object));
    } else if (kind.equals(ListedKind.SERVICE)) {
      var metadata = object.path("metadata");
      var key = metadata.path("namespace").asString("") + "/" + metadata.path("name").asString("");
      if (options.services().contains(key)) {
        Map<String, String> selector = new HashMap<>();
        object
            .path("spec")
            .path("selector")
            .properties()
            .forEach(label -> selector.put(label.getKey(), label.getValue().asString("")));
        selectors.put(key, selector);
      }
    }
  }

  private void see(MeshPod pod) {
    var key = pod.namespace() + "/" + pod.workload();
    if (pod.istiod()) {
      istiods.add(pod);
    } else if (pod.running() && pod.gateway()) {
      keep(gateways, key, pod, PER_GATEWAY);
    } else if (pod.running() && pod.ztunnel()) {
      keep(ztunnels, key, pod, PER_ZTUNNEL);
    } else if (pod.running() && pod.injected()) {
      keep(workloads, key, pod, 1);
    }
  }

  private static void keep(Map<String, List<MeshPod>> pods, String key, MeshPod pod, int most) {
    var best = pods.computeIfAbsent(key, k -> new ArrayList<>());
    best.add(pod);
    best.sort(ORDER);
    if (best.size() > most) {
      best.remove(most);
    }
  }

  /** All pods of istiod. */
  synchronized List<MeshPod> istiods() {
    return istiods.stream().sorted(ORDER).toList();
  }

  /** The pods whose proxies are asked, those first that matter most. */
  synchronized List<MeshPod> proxies() {
    Set<MeshPod> chosen = new LinkedHashSet<>();
    gateways.values().forEach(chosen::addAll);
    workloads.values().stream()
        .flatMap(List::stream)
        .filter(pod -> options.namespaces().contains(pod.namespace()) || isOfService(pod))
        .forEach(chosen::add);
    if (options.namespaces().isEmpty()) {
      sample().stream().limit(SAMPLE).forEach(chosen::add);
    }
    return List.copyOf(chosen);
  }

  /** The ztunnels that are asked. */
  synchronized List<MeshPod> ztunnels() {
    return ztunnels.values().stream().flatMap(List::stream).toList();
  }

  private boolean isOfService(MeshPod pod) {
    return selectors.entrySet().stream()
        .anyMatch(
            entry ->
                entry.getKey().startsWith(pod.namespace() + "/")
                    && !entry.getValue().isEmpty()
                    && pod.labels().entrySet().containsAll(entry.getValue().entrySet()));
  }

  /** The first workload of each namespace, then the second of each, and so on. */
  private List<MeshPod> sample() {
    record Ranked(int rank, MeshPod pod) {}
    Map<String, Integer> ranks = new HashMap<>();
    List<Ranked> ranked = new ArrayList<>();
    for (var pods : workloads.values()) {
      var pod = pods.get(0);
      ranked.add(new Ranked(ranks.merge(pod.namespace(), 1, Integer::sum), pod));
    }
    return ranked.stream().sorted(Comparator.comparingInt(Ranked::rank)).map(Ranked::pod).toList();
  }
}
