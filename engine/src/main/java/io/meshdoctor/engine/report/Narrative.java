package io.meshdoctor.engine.report;

import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Trial;
import io.meshdoctor.engine.Verdict;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Confidence;
import io.meshdoctor.facts.Moment;
import io.meshdoctor.facts.Role;
import io.meshdoctor.facts.Severity;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What reports for people say of a diagnosis, in words that do not depend on their form. */
final class Narrative {

  private final Diagnosis diagnosis;
  private final String mesh;
  private final Map<String, Conclusion> findings = new HashMap<>();

  Narrative(Diagnosis diagnosis) {
    this(diagnosis, diagnosis.mesh());
  }

  /** Of a mesh that is to be called so. */
  Narrative(Diagnosis diagnosis, String mesh) {
    this.diagnosis = diagnosis;
    this.mesh = mesh;
    diagnosis.findings().forEach(one -> findings.put(one.fingerprint(), one));
  }

  Diagnosis diagnosis() {
    return diagnosis;
  }

  /** All findings, by fingerprint. */
  Map<String, Conclusion> findings() {
    return findings;
  }

  /** What the diagnosis comes to: one sentence that goes on after the verdict. */
  String verdict() {
    var where =
        "%s (%s)"
            .formatted(
                mesh.isEmpty() ? "this mesh" : "mesh " + mesh,
                count(diagnosis.clusters().size(), "cluster"));
    boolean unexplained = diagnosis.undecided().stream().anyMatch(UndecidedGroup::isUnexplained);
    return switch (diagnosis.verdict()) {
      case HEALTHY -> "nothing wrong was found in " + where;
      case FAULTY ->
          "%s in %s"
              .formatted(
                  count(diagnosis.causes(Severity.ERROR, Severity.WARNING), "root cause"), where);
      case UNDECIDED ->
          unexplained
              ? "something is wrong in %s, but what was read does not show why".formatted(where)
              : "nothing wrong was found in %s, but not all of it could be read".formatted(where);
    };
  }

  /** A cluster in cells: its names, its role, its network, its version. */
  static List<String> cells(Cluster cluster) {
    return List.of(
        cluster.title(),
        cluster.role() == Role.UNKNOWN ? "role unknown" : word(cluster.role()),
        cluster.network().isEmpty() ? "no network named" : cluster.network(),
        cluster.version().isEmpty() ? "" : "Istio " + cluster.version());
  }

  /** Such as {@code error[MD301, likely]}. */
  static String label(Conclusion root) {
    var finding = root.finding();
    var sureness =
        finding.confidence() == Confidence.CERTAIN ? "" : ", " + word(finding.confidence());
    return "%s[%s%s]".formatted(word(finding.severity()), finding.code(), sureness);
  }

  /** What was observed and follows from a root cause, then what else does, however far. */
  List<String> explains(Conclusion root) {
    Set<String> seen = new LinkedHashSet<>(List.of(root.fingerprint()));
    Set<String> followers = new LinkedHashSet<>();
    follow(root, seen, followers);
    return Stream.concat(root.symptoms().stream(), followers.stream()).toList();
  }

  private void follow(Conclusion cause, Set<String> seen, Set<String> lines) {
    for (var fingerprint : cause.explains()) {
      var effect = findings.get(fingerprint);
      if (effect != null && seen.add(fingerprint)) {
        lines.add("%s: %s".formatted(effect.finding().code(), effect.finding().message()));
        follow(effect, seen, lines);
      }
    }
  }

  /** When a root cause begins to show; empty where it does already, or that is not known. */
  String breaks(Conclusion root) {
    var breaks = diagnosis.breaks(root);
    return breaks.isEmpty()
        ? ""
        : "not yet, by all that was read, but with " + Moment.sentence(breaks);
  }

  /** How to mend a root cause, in a sentence; empty where nothing is known. */
  static String fix(Conclusion root) {
    return root.fix().isEmpty() && !root.finding().fix().isEmpty()
        ? "with these commands"
        : root.fix();
  }

  /** What came of trying a fix; {@link #appears} goes on where something appears. */
  static String tried(Trial trial) {
    var goes = "tried in memory: the finding %s".formatted(trial.gone() ? "goes" : "stays");
    if (trial.isGood()) {
      return goes + ", nothing new appears";
    }
    return goes + (trial.appears().isEmpty() ? "" : ", and this appears");
  }

  /** What appears when a fix is tried. */
  static List<String> appears(Trial trial) {
    return trial.appears().stream()
        .map(one -> "%s: %s".formatted(one.code(), one.message()))
        .toList();
  }

  /** That some places could not be read. */
  String unreadTitle() {
    int places = diagnosis.coverage().unread().size();
    return places == 1
        ? "1 place could not be read, so its silence means nothing"
        : places + " places could not be read, so their silence means nothing";
  }

  /** The places that could not be read: those of one cluster and with one reason together. */
  List<String> unread() {
    SortedMap<String, SortedSet<String>> places = new TreeMap<>();
    for (var one : diagnosis.coverage().unread()) {
      var where = one.cluster().isEmpty() ? "" : " of " + one.cluster();
      places
          .computeIfAbsent("%s: %s".formatted(where, one.reason()), place -> new TreeSet<>())
          .add(one.what());
    }
    return places.entrySet().stream()
        .map(place -> String.join(", ", place.getValue()) + place.getKey())
        .toList();
  }

  /** How much was found and looked at. */
  String summary() {
    var coverage = diagnosis.coverage();
    long notes = diagnosis.causes(Severity.INFO);
    return "%s, %s%s; %s over %s of %s, %d decided; %d ruled out"
        .formatted(
            count(diagnosis.causes(Severity.ERROR), "error"),
            count(diagnosis.causes(Severity.WARNING), "warning"),
            notes == 0 ? "" : ", " + count(notes, "note"),
            count(coverage.rules(), "rule"),
            count(coverage.facts(), "fact"),
            count(diagnosis.clusters().size(), "cluster"),
            coverage.decided(),
            diagnosis.ruledOut().size());
  }

  static String count(long number, String noun) {
    return "%d %s%s".formatted(number, noun, number == 1 ? "" : noun.endsWith("sh") ? "es" : "s");
  }

  /** A severity, as a report names it. */
  static String word(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "note";
    };
  }

  static String word(Verdict verdict) {
    return word((Enum<?>) verdict);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
