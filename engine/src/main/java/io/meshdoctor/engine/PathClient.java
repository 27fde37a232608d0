package io.meshdoctor.engine;

import io.meshdoctor.facts.ClientProxy;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Workload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A client that a path starts at.
 *
 * @param cluster operator's name of its cluster
 * @param namespace its namespace
 * @param workload name of its workload
 * @param pod name of its pod, or of one that is like it and whose proxy was asked
 */
public record PathClient(String cluster, String namespace, String workload, String pod) {

  private static final int MOST_CANDIDATES = 12;

  /** Whether the proxy of the pod was asked. */
  private record Candidate(PathClient client, boolean asked) {}

  /**
   * Finds the client that somebody means.
   *
   * @param place {@code cluster/namespace/name}, where the name is that of a pod or a workload or
   *     the start of one, and the cluster is what the operator or istiod calls it
   * @throws UnknownPlaceException if there is none, or more than one
   */
  public static PathClient find(String place, Collection<? extends Fact> facts) {
    int second = place.lastIndexOf('/');
    int first = second < 0 ? -1 : place.lastIndexOf('/', second - 1);
    if (first < 1 || second == first + 1 || second == place.length() - 1) {
      throw new UnknownPlaceException(
          "a client is named as cluster/namespace/pod, and there %s"
              .formatted(some(candidates(facts))));
    }
    var cluster = cluster(place.substring(0, first), facts);
    var namespace = place.substring(first + 1, second);
    var name = place.substring(second + 1);
    var inCluster =
        candidates(facts).stream().filter(one -> one.client().cluster().equals(cluster)).toList();
    var near =
        inCluster.stream().filter(one -> one.client().namespace().equals(namespace)).toList();
    if (near.isEmpty()) {
      throw new UnknownPlaceException(
          "namespace %s of %s has no client that was seen; there %s"
              .formatted(namespace, cluster, some(inCluster)));
    }
    var named =
        near.stream()
            .filter(one -> one.client().workload().equals(name) || one.client().pod().equals(name))
            .toList();
    var found =
        named.isEmpty()
            ? near.stream()
                .filter(
                    one ->
                        one.client().workload().startsWith(name)
                            || one.client().pod().startsWith(name)
                            || name.startsWith(one.client().workload() + "-"))
                .toList()
            : named;
    if (found.isEmpty()) {
      throw new UnknownPlaceException(
          "no pod or workload of %s/%s is called %s; there %s"
              .formatted(cluster, namespace, name, some(near)));
    }
    if (found.stream().map(one -> one.client().workload()).distinct().count() > 1) {
      throw new UnknownPlaceException(
          "%s may mean several workloads of %s/%s; there %s"
              .formatted(name, cluster, namespace, some(found)));
    }
    return found.stream()
        .filter(Candidate::asked)
        .findFirst()
        .orElseGet(() -> found.get(0))
        .client();
  }

  private static String cluster(String name, Collection<? extends Fact> facts) {
    Set<String> names = new TreeSet<>();
    for (var fact : facts) {
      if (fact instanceof Cluster cluster) {
        if (cluster.name().equals(name)
            || cluster.id().equals(name)
            || cluster.context().equals(name)) {
          return cluster.name();
        }
        names.add(cluster.name());
      }
    }
    throw new UnknownPlaceException(
        "no cluster is called %s; there are %s".formatted(name, String.join(", ", names)));
  }

  /** Clients that were seen, those first whose proxies were asked. */
  private static List<Candidate> candidates(Collection<? extends Fact> facts) {
    List<Workload> workloads = new ArrayList<>();
    List<ClientProxy> proxies = new ArrayList<>();
    for (var fact : facts) {
      if (fact instanceof Workload workload && !workload.gateway()) {
        workloads.add(workload);
      } else if (fact instanceof ClientProxy proxy && !proxy.gateway()) {
        proxies.add(proxy);
      }
    }
    var candidates = new TreeMap<String, Candidate>();
    for (var proxy : proxies) {
      var workload =
          workloads.stream()
              .filter(
                  one ->
                      one.cluster().equals(proxy.cluster())
                          && one.namespace().equals(proxy.namespace())
                          && one.isOwnerOf(proxy.pod()))
              .map(Workload::name)
              .findFirst()
              .orElse(proxy.pod());
      add(
          new PathClient(proxy.cluster(), proxy.namespace(), workload, proxy.pod()),
          true,
          candidates);
    }
    for (var one : workloads) {
      add(new PathClient(one.cluster(), one.namespace(), one.name(), one.pod()), false, candidates);
    }
    return List.copyOf(candidates.values());
  }

  private static void add(PathClient client, boolean asked, TreeMap<String, Candidate> candidates) {
    candidates.putIfAbsent(client.toString(), new Candidate(client, asked));
  }

  private static String some(List<Candidate> candidates) {
    var names =
        candidates.stream()
            .map(Candidate::client)
            .map(one -> "%s/%s/%s".formatted(one.cluster(), one.namespace(), one.workload()))
            .distinct()
            .toList();
    if (names.isEmpty()) {
      return "is none";
    }
    int more = names.size() - MOST_CANDIDATES;
    return (names.size() == 1 ? "is " : "are ")
        + names.stream().limit(MOST_CANDIDATES).collect(Collectors.joining(", "))
        + (more > 0 ? " and %d more".formatted(more) : "");
  }
}
