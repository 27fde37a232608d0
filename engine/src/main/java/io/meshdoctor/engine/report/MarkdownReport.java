package io.meshdoctor.engine.report;

import static io.meshdoctor.engine.report.MarkdownText.code;
import static io.meshdoctor.engine.report.MarkdownText.words;

import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Fleet;
import io.meshdoctor.engine.Proof;
import io.meshdoctor.engine.Trial;
import io.meshdoctor.engine.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.List;

/** The report for a ticket, a pull request or a wiki. */
public final class MarkdownReport implements Report, FleetReport {

  /** Lists are cut to this where the reader asks for no details: comments have their limits. */
  private static final int MOST = 6;

  private final String program;
  private final boolean detailed;

  /**
   * Writes for one reader.
   *
   * @param program how the reader calls this program
   * @param detailed whether to cut nothing short
   */
  public MarkdownReport(String program, boolean detailed) {
    this.program = program;
    this.detailed = detailed;
  }

  @Override
  public void write(Diagnosis diagnosis, Writer out) throws IOException {
    var text = new MarkdownText();
    mesh(new Narrative(diagnosis), text);
    out.write(text.toString());
  }

  @Override
  public void write(Fleet fleet, Writer out) throws IOException {
    var text = new MarkdownText();
    var overview = new FleetOverview(fleet);
    text.heading(2, words("meshdoctor: " + overview.title()));
    text.table(
        FleetOverview.COLUMNS,
        overview.rows().stream()
            .map(row -> row.stream().map(MarkdownText::words).toList())
            .toList());
    var shared = fleet.sharedCauses();
    if (!shared.isEmpty()) {
      text.heading(3, "The same cause in several meshes");
      text.gap();
      for (var cause : shared) {
        text.item(0, words(FleetOverview.line(cause)));
        text.item(1, words(String.join(", ", cause.meshes())));
      }
    }
    for (var mesh : fleet.meshes()) {
      mesh.diagnosis()
          .filter(diagnosis -> diagnosis.verdict() != Verdict.HEALTHY || detailed)
          .ifPresent(diagnosis -> mesh(new Narrative(diagnosis, mesh.name()), text));
    }
    failures(fleet, text);
    out.write(text.toString());
  }

  private static void failures(Fleet fleet, MarkdownText text) {
    if (fleet.failures() > 0) {
      text.heading(2, "No diagnosis");
      text.gap();
      for (var mesh : fleet.meshes()) {
        if (mesh.diagnosis().isEmpty()) {
          text.item(0, words(mesh.name() + ": " + mesh.failure()));
        }
      }
    }
  }

  private void mesh(Narrative narrative, MarkdownText text) {
    var diagnosis = narrative.diagnosis();
    text.heading(2, words("meshdoctor: " + diagnosis.verdict() + ", " + narrative.verdict()));
    if (!diagnosis.clusters().isEmpty()) {
      text.table(
          List.of("cluster", "role", "network", "version"),
          diagnosis.clusters().stream()
              .map(one -> Narrative.cells(one).stream().map(MarkdownText::words).toList())
              .toList());
    }
    if (!diagnosis.rootCauses().isEmpty()) {
      text.table(
          List.of("severity", "rule", "root cause", "clusters"),
          diagnosis.rootCauses().stream().map(MarkdownReport::row).toList());
    }
    diagnosis.rootCauses().forEach(root -> rootCause(root, narrative, text));
    undecided(diagnosis, text);
    var unread = narrative.unread();
    if (!unread.isEmpty()) {
      text.heading(3, words(narrative.unreadTitle()));
      list(unread, text);
    }
    text.paragraph(words(narrative.summary()));
  }

  private static List<String> row(Conclusion root) {
    var finding = root.finding();
    return List.of(
        Narrative.word(finding.severity()),
        words(finding.code()),
        words(finding.message()),
        words(String.join(", ", finding.clusters())));
  }

  private void rootCause(Conclusion root, Narrative narrative, MarkdownText text) {
    var finding = root.finding();
    text.heading(3, words(Narrative.label(root) + ": " + finding.message()));
    if (!root.because().isEmpty()) {
      text.paragraph("**Because**");
      text.gap();
      proof(ProofTree.once(root.because(), new HashSet<>()), 0, text);
    }
    section("**Explains**", narrative.explains(root), text);
    var breaks = narrative.breaks(root);
    if (!breaks.isEmpty()) {
      text.paragraph("**Breaks** " + words(breaks));
    }
    var fix = Narrative.fix(root);
    if (!fix.isEmpty()) {
      text.paragraph("**Fix** " + words(fix));
      if (!finding.fix().isEmpty()) {
        text.commands(finding.fix());
      }
      root.tried().ifPresent(trial -> tried(trial, text));
    }
    text.paragraph(
        "**More** "
            + code("%s explain %s".formatted(program, finding.code()))
            + (root.doc().isEmpty() ? "" : ", <%s>".formatted(root.doc())));
  }

  private void tried(Trial trial, MarkdownText text) {
    section(words(Narrative.tried(trial)), Narrative.appears(trial), text);
    if (trial.appears().isEmpty()) {
      text.paragraph(words(Narrative.tried(trial)));
    }
  }

  private static void proof(List<Proof> proofs, int depth, MarkdownText text) {
    for (var proof : proofs) {
      var origin = proof.origin().isEmpty() ? "" : " ← " + code(proof.origin());
      text.item(depth, words(proof.fact()) + origin);
      proof(proof.because(), depth + 1, text);
    }
  }

  private void undecided(Diagnosis diagnosis, MarkdownText text) {
    var groups = UndecidedGroup.of(diagnosis.undecided());
    if (groups.isEmpty()) {
      return;
    }
    text.heading(3, "Undecided");
    for (var group : groups.subList(0, most(groups))) {
      var first = group.first();
      if (group.isUnexplained()) {
        section("**Observed, and not explained**", group.lines(), text);
        section("**Perhaps**", group.perhaps(), text);
      } else {
        section("**Not read**", first.missing(), text);
        section("**So undecided**", group.lines(), text);
      }
      if (!first.decideWith().isEmpty()) {
        text.paragraph("**Decide with**");
        text.commands(first.decideWith().subList(0, most(first.decideWith())));
      }
    }
    int left = groups.size() - most(groups);
    if (left > 0) {
      text.paragraph("and %d more groups; -v shows them".formatted(left));
    }
  }

  private void section(String title, List<String> lines, MarkdownText text) {
    if (!lines.isEmpty()) {
      text.paragraph(title);
      list(lines, text);
    }
  }

  private void list(List<String> lines, MarkdownText text) {
    text.gap();
    lines.subList(0, most(lines)).forEach(line -> text.item(0, words(line)));
    int left = lines.size() - most(lines);
    if (left > 0) {
      text.item(0, "and %d more; -v shows them".formatted(left));
    }
  }

  private int most(List<?> list) {
    return detailed ? list.size() : Math.min(list.size(), MOST);
  }
}
