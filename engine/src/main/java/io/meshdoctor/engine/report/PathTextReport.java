package io.meshdoctor.engine.report;

import static io.meshdoctor.engine.report.Layout.COLUMN;

import io.meshdoctor.engine.Account.Missing;
import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.engine.Trace;
import io.meshdoctor.engine.Trace.Ground;
import io.meshdoctor.engine.Trace.Leg;
import io.meshdoctor.engine.Trace.Observed;
import io.meshdoctor.engine.Trace.State;
import io.meshdoctor.engine.Trace.Step;
import io.meshdoctor.engine.Trace.Unseen;
import io.meshdoctor.engine.Trace.Verdict;
import io.meshdoctor.facts.Stage;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.stream.Collectors;

/** A path stage by stage, for people in a terminal. */
public final class PathTextReport {

  private static final int NESTED = COLUMN + 2;

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
   * @param detailed whether to show how each fact can be seen, and to cut nothing short
   */
  public PathTextReport(int width, Palette palette, String program, boolean detailed) {
    this.width = width;
    this.palette = palette;
    this.program = program;
    this.detailed = detailed;
  }

  /**
   * Writes the whole report, its last line end included, and leaves {@code out} open.
   *
   * @throws IOException if {@code out} does
   */
  public void write(Trace trace, Writer out) throws IOException {
    var layout = new Layout(width, palette, detailed);
    var verdict = trace.verdict();
    layout.title(
        tone(verdict),
        verdict.name().replace('_', ' ') + ": ",
        "from %s/%s of %s to %s"
            .formatted(
                trace.client().namespace(),
                trace.client().workload(),
                trace.client().cluster(),
                trace.service().target()));
    layout.words(Layout.LABEL, Tone.DIM, "as pod %s sees it".formatted(trace.client().pod()));
    if (!trace.service().otherPorts().isEmpty()) {
      layout.words(
          Layout.LABEL,
          Tone.DIM,
          "other ports of the service: "
              + trace.service().otherPorts().stream()
                  .map(String::valueOf)
                  .collect(Collectors.joining(", ")));
    }
    for (var leg : trace.legs()) {
      layout.words(Layout.LABEL, tone(leg.verdict()), title(leg) + says(leg));
    }
    trace.legs().forEach(leg -> leg(leg, layout));
    layout.gap();
    layout.words(
        0,
        Tone.PLAIN,
        "%s`%s diagnose` tells of the whole mesh, which is %s"
            .formatted(
                detailed ? "" : "-v shows all legs, and the command for each fact; ",
                program,
                word(trace.diagnosis().verdict())));
    out.write(layout.toString());
  }

  private void leg(Leg leg, Layout layout) {
    boolean plain =
        leg.verdict() == Verdict.EMPTY || (leg.verdict() == Verdict.REACHED && leg.local());
    if (plain && !detailed) {
      return;
    }
    layout.gap();
    layout.title(tone(leg.verdict()), title(leg), says(leg));
    for (var step : leg.steps()) {
      step(step, layout);
    }
  }

  private static String title(Leg leg) {
    return "to %s%s: ".formatted(leg.to(), leg.local() ? " (its own cluster)" : "");
  }

  private static String says(Leg leg) {
    return switch (leg.verdict()) {
      case REACHED ->
          leg.steps().stream().anyMatch(step -> step.state() == State.IMPLIED)
              ? "requests get there, though not every stage was seen itself"
              : "every stage holds";
      case BROKEN -> "breaks at %s".formatted(word(leg.breaksAt()));
      case KEPT_AWAY -> "the way is open, but requests are kept away, as it is configured";
      case EMPTY -> "the service has no ready endpoint there";
      case UNDECIDED -> "nothing wrong was found, but not every stage could be seen";
    };
  }

  private void step(Step step, Layout layout) {
    layout.label(word(step.stage()));
    layout.words(COLUMN, tone(step.state()), says(step));
    step.findings().forEach(one -> finding(one, layout));
    step.symptoms().forEach(one -> symptom(one, layout));
    step.holds().forEach(one -> ground(one, layout));
    unseen(step, layout);
  }

  private static String says(Step step) {
    var ruledOut =
        step.ruledOut() == 0
            ? ""
            : "; %d %sfault%s ruled out"
                .formatted(
                    step.ruledOut(),
                    step.findings().isEmpty() ? "" : "other ",
                    step.ruledOut() == 1 ? "" : "s");
    return switch (step.state()) {
          case HOLDS -> "holds";
          case AT_RISK -> "holds, though something is wrong that may show later";
          case IMPLIED -> "must hold, since connections get through that need it";
          case CONFIGURED -> "is configured so";
          case PARTLY_SEEN -> "only a part was seen, and nothing against it";
          case NOT_SEEN -> "was not seen";
          case BROKEN ->
              step.hasCause() || step.isUnexplained()
                  ? "DOES NOT HOLD"
                  : "does not hold, in consequence";
        }
        + ruledOut;
  }

  private void finding(Conclusion conclusion, Layout layout) {
    var finding = conclusion.finding();
    layout.words(
        COLUMN,
        COLUMN + 4,
        TextReport.tone(finding.severity()),
        "%s[%s]: %s"
            .formatted(Narrative.word(finding.severity()), finding.code(), finding.message()));
    new ProofTree(layout).write(conclusion.because(), NESTED);
    if (!conclusion.fix().isEmpty()) {
      layout.words(NESTED, Tone.PLAIN, "fix: " + conclusion.fix());
    }
    layout.commands(finding.fix());
    layout.line(NESTED, Tone.DIM, "%s explain %s".formatted(program, finding.code()));
  }

  private static void ground(Ground ground, Layout layout) {
    layout.words(COLUMN, COLUMN + 4, Tone.PLAIN, ground.message());
    new ProofTree(layout).write(ground.because(), NESTED);
    if (layout.detailed()) {
      new ProofTree(layout).write(ground.background(), NESTED);
    }
  }

  private void symptom(Observed symptom, Layout layout) {
    layout.words(
        COLUMN,
        COLUMN + 4,
        Tone.STRONG,
        "observed: %s%s"
            .formatted(
                symptom.message(),
                symptom.causes().isEmpty()
                    ? ", which nothing explains"
                    : ", which follows from " + String.join(", ", symptom.causes())));
    new ProofTree(layout).write(symptom.because(), NESTED);
  }

  private void unseen(Step step, Layout layout) {
    var unseen = step.unseen();
    if (unseen.isEmpty()) {
      return;
    }
    if (step.state() == State.HOLDS && !detailed) {
      layout.line(COLUMN, Tone.DIM, "not all that could tell against it was read; -v shows what");
      return;
    }
    int shown = layout.most(unseen);
    for (var one : unseen.subList(0, shown)) {
      layout.words(
          COLUMN,
          COLUMN + 4,
          Tone.WARNING,
          "not read: %s (%s)".formatted(one.missing().what(), String.join(", ", one.rules())));
    }
    layout.commands(unseen.stream().map(Unseen::missing).map(Missing::command).distinct().toList());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String word(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Tone tone(Verdict verdict) {
    return switch (verdict) {
      case REACHED -> Tone.GOOD;
      case BROKEN -> Tone.ERROR;
      case UNDECIDED -> Tone.WARNING;
      case KEPT_AWAY, EMPTY -> Tone.NOTE;
    };
  }

  private static Tone tone(State state) {
    return switch (state) {
      case HOLDS, IMPLIED -> Tone.GOOD;
      case BROKEN -> Tone.ERROR;
      case AT_RISK, PARTLY_SEEN, NOT_SEEN -> Tone.WARNING;
      case CONFIGURED -> Tone.NOTE;
    };
  }
}
