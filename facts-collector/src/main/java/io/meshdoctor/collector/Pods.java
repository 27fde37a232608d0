package io.meshdoctor.collector;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The pods of a cluster: groups of alike ones, and of each pod no more than leads from its name or
 * address to its group.
 */
final class Pods {

  /**
   * A pod that others point to.
   *
   * @param startedAtSecond of the epoch, as exact as Kubernetes says it; 0 where unknown
   */
  record Pod(String name, String ip, long startedAtSecond, PodGroup group) {

    /** When it was started; null where unknown. */
    @Nullable Instant startedAt() {
      return startedAtSecond == 0 ? null : Instant.ofEpochSecond(startedAtSecond);
    }
  }

  /** A label that groups of a namespace have. */
  private record Label(String namespace, String name, String value) {}

  /** Label or annotation that says whether a pod gets a proxy. */
  static final String INJECT = "sidecar.istio.io/inject";

  /** Set on a pod once ztunnel of its node catches its traffic. */
  static final String REDIRECTION = "ambient.istio.io/redirection";

  private static final List<String> TEMPLATE_HASHES =
      List.of("pod-template-hash", "rollouts-pod-template-hash");

  /** Labels that name one pod, one template or the place of one pod. */
  private static final Set<String> INDIVIDUAL =
      Set.of(
          "pod-template-hash",
          "rollouts-pod-template-hash",
          "pod-template-generation",
          "controller-revision-hash",
          "controller-uid",
          "batch.kubernetes.io/controller-uid",
          "batch.kubernetes.io/job-completion-index",
          "statefulset.kubernetes.io/pod-name",
          "apps.kubernetes.io/pod-index",
          "kubernetes.io/hostname",
          "topology.kubernetes.io/region",
          "topology.kubernetes.io/zone");

  private static final Comparator<PodGroup> ORDER =
      Comparator.comparing((PodGroup group) -> group.alike.namespace())
          .thenComparing(group -> group.alike.workload())
          .thenComparing(PodGroup::pod);

  private final Map<String, Map<String, Pod>> byName = new HashMap<>();
  private final Map<String, Pod> byIp = new HashMap<>();
  private final Map<PodGroup.Alike, PodGroup> groups = new HashMap<>();
  private final SortedMap<String, List<PodGroup>> byNamespace = new TreeMap<>();
  private final Map<Label, List<PodGroup>> byLabel = new HashMap<>();
  private final SortedMap<ObjectKey, IstiodPod> istiods = new TreeMap<>();

  void read(JsonNode item) {
    var key = ObjectKey.of("pod", item);
    var phase = Fields.text(item, "status", "phase");
    var known = byName.computeIfAbsent(key.namespace(), namespace -> new HashMap<>());
    if (known.containsKey(key.name()) || phase.equals("Succeeded") || phase.equals("Failed")) {
      // seen already, or ended: what ended has no address and stands behind no Service
      return;
    }
    var labels = Fields.labels(item);
    var template = PodTemplate.of(item.path("spec"), labels);
    boolean ready = isReady(item);
    var startedAt = Fields.time(item, "status", "startTime");
    if (template.istiod()) {
      istiods.put(
          key,
          new IstiodPod(
              key,
              labels.getOrDefault("istio.io/rev", ""),
              template,
              ready,
              waiting(item),
              startedAt));
    }
    var annotations = Fields.annotations(item);
    var inject = labels.getOrDefault(INJECT, annotations.getOrDefault(INJECT, ""));
    boolean captured = "enabled".equals(annotations.get(REDIRECTION));
    var owner = owner(item, labels);
    labels.keySet().removeAll(INDIVIDUAL);
    var alike = new PodGroup.Alike(key.namespace(), owner, captured, inject, labels, template);
    var group = groups.computeIfAbsent(alike, this::newGroup);
    if (Fields.text(item, "metadata", "deletionTimestamp").isEmpty()) {
      group.count(key.name(), ready, startedAt);
    }
    var pod =
        new Pod(
            key.name(),
            Fields.text(item, "status", "podIP").intern(),
            startedAt == null ? 0 : startedAt.getEpochSecond(),
            group);
    known.put(key.name(), pod);
    if (!pod.ip().isEmpty() && !template.hostNetwork()) {
      byIp.put(pod.ip(), pod);
    }
  }

  private PodGroup newGroup(PodGroup.Alike alike) {
    var group = new PodGroup(alike);
    byNamespace.computeIfAbsent(alike.namespace(), namespace -> new ArrayList<>()).add(group);
    alike
        .labels()
        .forEach(
            (name, value) ->
                byLabel
                    .computeIfAbsent(
                        new Label(alike.namespace(), name, value), label -> new ArrayList<>())
                    .add(group));
    return group;
  }

  @Nullable Pod named(String namespace, String name) {
    return byName.getOrDefault(namespace, Map.of()).get(name);
  }

  /** The {@code namespace/name} of each pod whose template meets a condition. */
  Stream<String> made(Predicate<PodTemplate> condition) {
    return byName.entrySet().stream()
        .flatMap(
            own ->
                own.getValue().values().stream()
                    .filter(pod -> condition.test(pod.group().alike.template()))
                    .map(pod -> own.getKey() + "/" + pod.name()));
  }

  /** Whether any namespace has a pod of a name. */
  boolean hasNamed(String name) {
    return byName.values().stream().anyMatch(pods -> pods.containsKey(name));
  }

  /** The pod that has an address; pods on the network of their node are not found. */
  @Nullable Pod at(String ip) {
    return byIp.get(ip);
  }

  /** Addresses of pods that are not on the network of their node. */
  Set<String> addresses() {
    return Collections.unmodifiableSet(byIp.keySet());
  }

  /** All groups that have pods, sorted. */
  List<PodGroup> groups() {
    return byNamespace.values().stream()
        .flatMap(List::stream)
        .filter(PodGroup::hasPods)
        .sorted(ORDER)
        .toList();
  }

  /** The groups of a namespace that a selector of a Service means, sorted. */
  List<PodGroup> selected(String namespace, Map<String, String> selector) {
    Map<String, String> general = new LinkedHashMap<>(selector);
    general.keySet().removeAll(INDIVIDUAL);
    var candidates =
        general.entrySet().stream()
            .map(label -> new Label(namespace, label.getKey(), label.getValue()))
            .map(label -> byLabel.getOrDefault(label, List.of()))
            .min(Comparator.comparingInt(List::size))
            .orElseGet(() -> byNamespace.getOrDefault(namespace, List.of()));
    return sorted(candidates, group -> Fields.selects(general, group.alike.labels()));
  }

  /** The groups of a namespace that a condition means, sorted. */
  List<PodGroup> selected(String namespace, Predicate<PodGroup> condition) {
    return sorted(byNamespace.getOrDefault(namespace, List.of()), condition);
  }

  private static List<PodGroup> sorted(List<PodGroup> groups, Predicate<PodGroup> condition) {
    return groups.stream().filter(PodGroup::hasPods).filter(condition).sorted(ORDER).toList();
  }

  /** All pods of istiod, by name. */
  List<IstiodPod> istiods() {
    return new ArrayList<>(istiods.values());
  }

  /** Counts a pod of another cluster among the istiods of this one. */
  void add(IstiodPod istiod) {
    istiods.put(istiod.key(), istiod);
  }

  /** Counts a pod no longer among the istiods of this cluster. */
  void remove(IstiodPod istiod) {
    istiods.remove(istiod.key());
  }

  static boolean isReady(JsonNode item) {
    for (var condition : Fields.elements(item, "status", "conditions")) {
      if (Fields.text(condition, "type").equals("Ready")
          && Fields.text(condition, "status").equals("True")) {
        return true;
      }
    }
    return false;
  }

  private static String waiting(JsonNode item) {
    return Fields.elements(item, "status", "containerStatuses").stream()
        .filter(status -> Fields.text(status, "name").equals(PodTemplate.DISCOVERY))
        .map(status -> Fields.text(status, "state", "waiting", "reason"))
        .findFirst()
        .orElse("");
  }

  /** Name of what owns a pod; of a ReplicaSet, what owns that one in turn. */
  static String owner(JsonNode item, Map<String, String> labels) {
    for (var reference : Fields.elements(item, "metadata", "ownerReferences")) {
      var kind = Fields.text(reference, "kind");
      if (Fields.truth(reference, false, "controller") && !kind.equals("Node")) {
        var name = Fields.text(reference, "name");
        for (var label : TEMPLATE_HASHES) {
          var hash = "-" + labels.getOrDefault(label, "");
          if (kind.equals("ReplicaSet") && hash.length() > 1 && name.endsWith(hash)) {
            return name.substring(0, name.length() - hash.length());
          }
        }
        return name;
      }
    }
    return Fields.text(item, "metadata", "name");
  }
}
