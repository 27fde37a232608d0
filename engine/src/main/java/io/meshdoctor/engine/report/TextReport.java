package io.meshdoctor.engine.report;

import static io.meshdoctor.engine.report.Layout.COLUMN;

import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Diagnosis.RuledOut;
import io.meshdoctor.engine.Trial;
import io.meshdoctor.engine.Verdict;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Confidence;
import io.meshdoctor.facts.Moment;
import io.meshdoctor.facts.Role;
import io.meshdoctor.facts.Severity;
import io.meshdoctor.facts.Unread;
import java.io.IOException;
import java.io.Writer;
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
import java.util.function.Function;
import java.util.stream.Stream;

/** The report for people in a terminal: what is wrong, why, and what to do next. */
public final class TextReport implements Report {

  /** Nobody reads narrower columns than this. */
  private static final int LEAST_WIDTH = 60;

  private final int width;
  private final Palette palette;
  private final String program;
  private final boolean detailed;

  /**
   * Writes for one reader.
   *
   * @param width how many characters a line has; commands are longer where they must be
   * @param palette colours
   * @param program how the reader calls this program
   * @param detailed whether to show how each fact can be seen and what was ruled out, and to cut
   *     nothing short
   */
  public TextReport(int width, Palette palette, String program, boolean detailed) {
    this.width = Math.max(width, LEAST_WIDTH);
    this.palette = palette;
    this.program = program;
    this.detailed = detailed;
  }

  @Override
  public void write(Diagnosis diagnosis, Writer out) throws IOException {
    var layout = new Layout(width, palette, detailed);
    verdict(diagnosis, layout);
    clusters(diagnosis.clusters(), layout);
    Map<String, Conclusion> findings = new HashMap<>();
    diagnosis.findings().forEach(one -> findings.put(one.fingerprint(), one));
    diagnosis
        .rootCauses()
        .forEach(root -> rootCause(root, diagnosis.breaks(root), findings, layout));
    new UndecidedBlocks(layout).write(diagnosis.undecided());
    unread(diagnosis.coverage().unread(), layout);
    if (detailed && diagnosis.ledger().isEmpty()) {
      ruledOut(diagnosis.ruledOut(), layout);
    }
    new LedgerBlocks(layout, findings).write(diagnosis.ledger());
    summary(diagnosis, layout);
    out.write(layout.toString());
  }

  private static void verdict(Diagnosis diagnosis, Layout layout) {
    var mesh =
        "%s (%s)"
            .formatted(
                diagnosis.mesh().isEmpty() ? "this mesh" : "mesh " + diagnosis.mesh(),
                count(diagnosis.clusters().size(), "cluster"));
    var causes = count(causes(diagnosis, Severity.ERROR, Severity.WARNING), "root cause");
    boolean unexplained = diagnosis.undecided().stream().anyMatch(UndecidedBlocks::isUnexplained);
    var says =
        switch (diagnosis.verdict()) {
          case HEALTHY -> "nothing wrong was found in " + mesh;
          case FAULTY -> "%s in %s".formatted(causes, mesh);
          case UNDECIDED ->
              unexplained
                  ? "something is wrong in %s, but what was read does not show why".formatted(mesh)
                  : "nothing wrong was found in %s, but not all of it could be read"
                      .formatted(mesh);
        };
    layout.title(tone(diagnosis.verdict()), diagnosis.verdict() + ": ", says);
  }

  private static void clusters(List<Cluster> clusters, Layout layout) {
    Function<Cluster, String> role =
        one -> one.role() == Role.UNKNOWN ? "role unknown" : word(one.role());
    Function<Cluster, String> network =
        one -> one.network().isEmpty() ? "no network named" : one.network();
    int titles = widest(clusters, Cluster::title);
    int roles = widest(clusters, role);
    int networks = widest(clusters, network);
    for (var one : clusters) {
      var version = one.version().isEmpty() ? "" : "Istio " + one.version();
      layout.line(
          Layout.LABEL,
          Tone.DIM,
          (padded(one.title(), titles)
                  + padded(role.apply(one), roles)
                  + padded(network.apply(one), networks)
                  + version)
              .stripTrailing());
    }
  }

  private void rootCause(
      Conclusion root, List<Moment> breaks, Map<String, Conclusion> findings, Layout layout) {
    var finding = root.finding();
    var sureness =
        finding.confidence() == Confidence.CERTAIN ? "" : ", " + word(finding.confidence());
    layout.gap();
    layout.title(
        tone(finding.severity()),
        "%s[%s%s]: ".formatted(word(finding.severity()), finding.code(), sureness),
        finding.message());
    layout.label("because");
    new ProofTree(layout).write(root.because());
    layout.list(
        "explains",
        Stream.concat(root.symptoms().stream(), followers(root, findings).stream()).toList());
    if (!breaks.isEmpty()) {
      layout.label("breaks");
      layout.words(
          COLUMN, Tone.PLAIN, "not yet, by all that was read, but with " + Moment.sentence(breaks));
    }
    if (!root.fix().isEmpty() || !finding.fix().isEmpty()) {
      layout.label("fix");
      layout.words(COLUMN, Tone.PLAIN, root.fix().isEmpty() ? "with these commands" : root.fix());
      layout.commands(finding.fix());
      root.tried().ifPresent(trial -> tried(trial, layout));
    }
    layout.label("more");
    layout.line(COLUMN, Tone.DIM, program + " explain " + finding.code());
    if (!root.doc().isEmpty()) {
      layout.line(COLUMN, Tone.DIM, root.doc());
    }
  }

  private static void tried(Trial trial, Layout layout) {
    var goes = "tried in memory: the finding %s".formatted(trial.gone() ? "goes" : "stays");
    if (trial.isGood()) {
      layout.words(COLUMN, Tone.GOOD, goes + ", nothing new appears");
    } else {
      layout.words(
          COLUMN, Tone.WARNING, goes + (trial.appears().isEmpty() ? "" : ", and this appears"));
      layout.list(
          COLUMN,
          trial.appears().stream()
              .map(one -> "%s: %s".formatted(one.code(), one.message()))
              .toList());
    }
  }

  /** What follows from a root cause, at first hand or further. */
  private static List<String> followers(Conclusion root, Map<String, Conclusion> findings) {
    Set<String> seen = new LinkedHashSet<>(List.of(root.fingerprint()));
    Set<String> lines = new LinkedHashSet<>();
    follow(root, findings, seen, lines);
    return List.copyOf(lines);
  }

  private static void follow(
      Conclusion cause, Map<String, Conclusion> findings, Set<String> seen, Set<String> lines) {
    for (var fingerprint : cause.explains()) {
      var effect = findings.get(fingerprint);
      if (effect != null && seen.add(fingerprint)) {
        lines.add("%s: %s".formatted(effect.finding().code(), effect.finding().message()));
        follow(effect, findings, seen, lines);
      }
    }
  }

  private static void unread(List<Unread> unread, Layout layout) {
    if (unread.isEmpty()) {
      return;
    }
    layout.gap();
    layout.title(
        Tone.NOTE,
        "note: ",
        unread.size() == 1
            ? "1 place could not be read, so its silence means nothing"
            : unread.size() + " places could not be read, so their silence means nothing");
    SortedMap<String, SortedSet<String>> places = new TreeMap<>();
    for (var one : unread) {
      var where = one.cluster().isEmpty() ? "" : " of " + one.cluster();
      places
          .computeIfAbsent("%s: %s".formatted(where, one.reason()), place -> new TreeSet<>())
          .add(one.what());
    }
    layout.list(
        Layout.LABEL,
        places.entrySet().stream()
            .map(place -> String.join(", ", place.getValue()) + place.getKey())
            .toList());
  }

  private static void ruledOut(List<RuledOut> rules, Layout layout) {
    if (rules.isEmpty()) {
      return;
    }
    layout.gap();
    layout.title(Tone.GOOD, "ruled out: ", count(rules.size(), "rule"));
    for (var rule : rules) {
      layout.label(rule.code());
      layout.words(COLUMN, Tone.PLAIN, rule.title());
    }
  }

  private static void summary(Diagnosis diagnosis, Layout layout) {
    var coverage = diagnosis.coverage();
    long notes = causes(diagnosis, Severity.INFO);
    layout.gap();
    layout.words(
        0,
        Tone.PLAIN,
        "%s, %s%s; %s over %s of %s, %d decided; %d ruled out%s"
            .formatted(
                count(causes(diagnosis, Severity.ERROR), "error"),
                count(causes(diagnosis, Severity.WARNING), "warning"),
                notes == 0 ? "" : ", " + count(notes, "note"),
                count(coverage.rules(), "rule"),
                count(coverage.facts(), "fact"),
                count(diagnosis.clusters().size(), "cluster"),
                coverage.decided(),
                diagnosis.ruledOut().size(),
                diagnosis.ledger().isEmpty() ? " (--ledger shows why)" : ""));
  }

  private static long causes(Diagnosis diagnosis, Severity... severities) {
    var wanted = List.of(severities);
    return diagnosis.rootCauses().stream()
        .filter(root -> wanted.contains(root.finding().severity()))
        .count();
  }

  private static String count(long number, String noun) {
    return "%d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }

  /** A severity, as a report names it. */
  static String word(Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "note";
    };
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static Tone tone(Severity severity) {
    return switch (severity) {
      case ERROR -> Tone.ERROR;
      case WARNING -> Tone.WARNING;
      case INFO -> Tone.NOTE;
    };
  }

  private static Tone tone(Verdict verdict) {
    return switch (verdict) {
      case HEALTHY -> Tone.GOOD;
      case FAULTY -> Tone.ERROR;
      case UNDECIDED -> Tone.WARNING;
    };
  }

  private static int widest(List<Cluster> clusters, Function<Cluster, String> cell) {
    return clusters.stream().map(cell).mapToInt(String::length).max().orElse(0);
  }

  private static String padded(String cell, int cellWidth) {
    return cell + " ".repeat(cellWidth - cell.length() + 2);
  }
}
