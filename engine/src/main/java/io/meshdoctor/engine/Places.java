package io.meshdoctor.engine;

import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Istiod;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a command can be run: the clusters of a mesh, and the pods of istiod in them.
 *
 * @param clusters by name
 * @param istiods those that are ready first
 */
record Places(List<Cluster> clusters, List<Istiod> istiods) {

  static Places of(Collection<? extends Fact> facts) {
    return new Places(
        only(Cluster.class, facts).sorted(Comparator.comparing(Cluster::name)).toList(),
        only(Istiod.class, facts)
            .sorted(
                Comparator.comparing((Istiod istiod) -> !istiod.ready())
                    .thenComparing(Istiod::deployment)
                    .thenComparing(Istiod::path))
            .toList());
  }

  private static <T extends Fact> Stream<T> only(Class<T> type, Collection<? extends Fact> facts) {
    return facts.stream().filter(type::isInstance).map(type::cast);
  }

  Optional<Cluster> cluster(String name) {
    return clusters.stream().filter(place -> place.name().equals(name)).findFirst();
  }

  /** The context that leads to a cluster. */
  String context(String cluster) {
    return cluster(cluster).map(Cluster::context).orElse(cluster);
  }

  /** The namespace of Istio in a cluster; the usual one where none is known. */
  String systemNamespace(String cluster) {
    return cluster(cluster)
        .map(Cluster::systemNamespace)
        .filter(name -> !name.isEmpty())
        .orElse("istio-system");
  }

  /**
   * What kubectl is told of an istiod: its namespace, the command, and the istiod. A Deployment
   * stands for its only pod, and for any of them.
   *
   * @param pod {@code namespace/name} of the one that is meant; empty where any will do
   */
  String istiod(String cluster, String pod, String command) {
    var here = istiods.stream().filter(istiod -> istiod.cluster().equals(cluster)).toList();
    var meant =
        here.stream().filter(istiod -> pod.isEmpty() || istiod.path().equals(pod)).findFirst();
    if (meant.isEmpty()) {
      return "-n %s %s deploy/istiod".formatted(systemNamespace(cluster), command);
    }
    var istiod = meant.get();
    boolean only =
        here.stream()
                .filter(other -> other.namespace().equals(istiod.namespace()))
                .filter(other -> other.deployment().equals(istiod.deployment()))
                .count()
            == 1;
    return "-n %s %s %s"
        .formatted(
            istiod.namespace(),
            command,
            pod.isEmpty() || only ? "deploy/" + istiod.deployment() : istiod.pod());
  }
}
