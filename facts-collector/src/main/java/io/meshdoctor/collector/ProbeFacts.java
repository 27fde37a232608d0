package io.meshdoctor.collector;

import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Probe;
import io.meshdoctor.facts.Probe.Failure;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Makes facts of the results of probes. */
final class ProbeFacts {

  /** What cannot be in the name of a pod. */
  private static final Pattern BETWEEN_NAMES = Pattern.compile("[^a-z0-9.-]+");

  /** What may be the target of a probe; the command that repeats it goes to a shell. */
  private static final Pattern TARGET = Pattern.compile("[A-Za-z0-9.:/_\\[\\]-]+");

  private final MeshState mesh;
  private final Names names;
  private final Set<Listed> listed = new HashSet<>();

  ProbeFacts(MeshState mesh, Names names) {
    this.mesh = mesh;
    this.names = names;
  }

  void addAll(SeenProbe probe, List<Fact> facts) {
    Map<String, Integer> answeredBy = new TreeMap<>();
    int unattributed = 0;
    for (Map.Entry<String, Integer> answer : probe.answers().entrySet()) {
      Set<String> clusters = clustersNamedIn(answer.getKey());
      if (clusters.size() == 1) {
        answeredBy.merge(clusters.iterator().next(), answer.getValue(), Integer::sum);
      } else {
        unattributed += answer.getValue();
      }
    }
    boolean byName = probe.toAddress().isEmpty();
    Origin origin = origin(probe);
    facts.add(
        new Probe(
            probe.kind(),
            probe.fromCluster(),
            probe.fromNamespace(),
            probe.fromPod(),
            probe.toCluster(),
            probe.toAddress(),
            probe.toHost(),
            probe.service(names),
            probe.attempts(),
            probe.ok(),
            answeredBy,
            unattributed,
            probe.ok() >= probe.attempts() ? Failure.NONE : ProbeFailure.of(probe.error()),
            Redaction.of(probe.error()),
            origin));
    if (Listed.KINDS.contains(probe.kind()) && probe.attempts() > 0) {
      Listed looked =
          new Listed(probe.fromCluster(), probe.kind(), byName ? "" : probe.toCluster(), origin);
      if (listed.add(looked)) {
        facts.add(looked);
      }
    }
  }

  /** The clusters that have a pod whose name is in a text. */
  private Set<String> clustersNamedIn(String text) {
    Set<String> clusters = new TreeSet<>();
    for (String token : BETWEEN_NAMES.split(text, 0)) {
      String name = token.replaceAll("^[.-]+|[.-]+$", "");
      if (!name.isEmpty()) {
        clusters.addAll(names.clustersOfPod(name));
      }
    }
    return clusters;
  }

  private Origin origin(SeenProbe probe) {
    ClusterState from = mesh.clusters().get(probe.fromCluster());
    String target = probe.toHost().isEmpty() ? probe.toAddress() : probe.toHost();
    return Origin.probe(
        probe.fromCluster(),
        from == null ? probe.fromCluster() : from.context,
        probe.fromNamespace(),
        probe.fromPod(),
        TARGET.matcher(target).matches() ? "curl -sS -m 5 " + target : "curl -sS -m 5");
  }
}
