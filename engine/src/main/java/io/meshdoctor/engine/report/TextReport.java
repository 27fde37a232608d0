package io.meshdoctor.engine.report;

import static io.meshdoctor.engine.report.Layout.COLUMN;

import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Diagnosis.RuledOut;
import io.meshdoctor.engine.Trial;
import io.meshdoctor.engine.Verdict;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Severity;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** The report for people in a terminal: what is wrong, why, and what to do next. */
public final class TextReport implements Report {

  /** What a line has where nobody says how many characters that are. */
  static final int DEFAULT_WIDTH = 100;

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
    var narrative = new Narrative(diagnosis);
    layout.title(tone(diagnosis.verdict()), diagnosis.verdict() + ": ", narrative.verdict());
    clusters(diagnosis.clusters(), layout);
    diagnosis.rootCauses().forEach(root -> rootCause(root, narrative, layout));
    new UndecidedBlocks(layout).write(diagnosis.undecided());
    unread(narrative, layout);
    if (detailed && diagnosis.ledger().isEmpty()) {
      ruledOut(diagnosis.ruledOut(), layout);
    }
    new LedgerBlocks(layout, narrative.findings()).write(diagnosis.ledger());
    layout.gap();
    layout.words(
        0,
        Tone.PLAIN,
        narrative.summary() + (diagnosis.ledger().isEmpty() ? " (--ledger shows why)" : ""));
    out.write(layout.toString());
  }

  /** The part of the report about one root cause. */
  String of(Conclusion root, Narrative narrative) {
    var layout = new Layout(width, palette, detailed);
    rootCause(root, narrative, layout);
    return layout.toString();
  }

  private static void clusters(List<Cluster> clusters, Layout layout) {
    var rows = clusters.stream().map(Narrative::cells).toList();
    for (var row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        line.append(row.get(column))
            .append(" ".repeat(widest(rows, column) - row.get(column).length() + 2));
      }
      layout.line(Layout.LABEL, Tone.DIM, line.toString().stripTrailing());
    }
  }

  private static int widest(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private void rootCause(Conclusion root, Narrative narrative, Layout layout) {
    var finding = root.finding();
    layout.gap();
    layout.title(tone(finding.severity()), Narrative.label(root) + ": ", finding.message());
    layout.label("because");
    new ProofTree(layout).write(root.because());
    layout.list("explains", narrative.explains(root));
    var breaks = narrative.breaks(root);
    if (!breaks.isEmpty()) {
      layout.label("breaks");
      layout.words(COLUMN, Tone.PLAIN, breaks);
    }
    var fix = Narrative.fix(root);
    if (!fix.isEmpty()) {
      layout.label("fix");
      layout.words(COLUMN, Tone.PLAIN, fix);
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
    layout.words(COLUMN, trial.isGood() ? Tone.GOOD : Tone.WARNING, Narrative.tried(trial));
    layout.list(COLUMN, Narrative.appears(trial));
  }

  private static void unread(Narrative narrative, Layout layout) {
    var places = narrative.unread();
    if (!places.isEmpty()) {
      layout.gap();
      layout.title(Tone.NOTE, "note: ", narrative.unreadTitle());
      layout.list(Layout.LABEL, places);
    }
  }

  private static void ruledOut(List<RuledOut> rules, Layout layout) {
    if (rules.isEmpty()) {
      return;
    }
    layout.gap();
    layout.title(Tone.GOOD, "ruled out: ", Narrative.count(rules.size(), "rule"));
    for (var rule : rules) {
      layout.label(rule.code());
      layout.words(COLUMN, Tone.PLAIN, rule.title());
    }
  }

  static Tone tone(Severity severity) {
    return switch (severity) {
      case ERROR -> Tone.ERROR;
      case WARNING -> Tone.WARNING;
      case INFO -> Tone.NOTE;
    };
  }

  static Tone tone(Verdict verdict) {
    return switch (verdict) {
      case HEALTHY -> Tone.GOOD;
      case FAULTY -> Tone.ERROR;
      case UNDECIDED -> Tone.WARNING;
    };
  }
}
