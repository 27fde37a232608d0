package io.meshdoctor.engine.report;

import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Diagnosis.Undecided;
import io.meshdoctor.engine.NextStep;
import io.meshdoctor.engine.NextStep.Decided;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What to read next, for people in a terminal: of a diagnosis that has a ledger. */
public final class NextTextReport implements Report {

  /** Titles beside so many ids still help; more are a wall. */
  private static final int MOST_TITLES = 4;

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
   * @param detailed whether to name all rules, and to cut nothing short
   */
  public NextTextReport(int width, Palette palette, String program, boolean detailed) {
    this.width = width;
    this.palette = palette;
    this.program = program;
    this.detailed = detailed;
  }

  @Override
  public void write(Diagnosis diagnosis, Writer out) throws IOException {
    var layout = new Layout(width, palette, detailed);
    var steps = NextStep.of(diagnosis.ledger());
    var odd = diagnosis.undecided().stream().filter(Undecided::isUnexplained).toList();
    var mesh = diagnosis.mesh().isEmpty() ? "this mesh" : "mesh " + diagnosis.mesh();
    if (steps.isEmpty() && odd.isEmpty()) {
      layout.title(
          Tone.GOOD,
          "nothing is undecided: ",
          "all %d rules could look at all that they speak about in %s"
              .formatted(diagnosis.ledger().size(), mesh));
      found(diagnosis, layout);
      out.write(layout.toString());
      return;
    }
    long rules =
        steps.stream()
            .flatMap(step -> step.decides().stream())
            .map(Decided::code)
            .distinct()
            .count();
    layout.title(
        Tone.WARNING,
        "undecided: ",
        "%d of %d rules in %s; %s"
            .formatted(
                rules, diagnosis.ledger().size(), mesh, commands(steps, odd) + " decide them"));
    found(diagnosis, layout);
    int number = 0;
    int shown = layout.most(steps);
    for (var step : steps.subList(0, shown)) {
      number++;
      step(number, step, layout);
    }
    if (shown < steps.size()) {
      layout.gap();
      layout.line(0, Tone.DIM, "and %d more steps; -v shows them".formatted(steps.size() - shown));
    }
    unexplained(odd, steps, layout);
    layout.gap();
    layout.words(
        0,
        Tone.PLAIN,
        "To use what they print, put it into a bundle and name that as well: %s diagnose --bundle ...; what"
                .formatted(program)
            + " probe -o DIR finds is one already");
    out.write(layout.toString());
  }

  private static String commands(List<NextStep> steps, List<Undecided> odd) {
    var all = steps.stream().flatMap(step -> step.commands().stream()).distinct().count();
    return all == 0 && !odd.isEmpty()
        ? "what was observed is not explained, and these commands may"
        : all == 1 ? "one command would" : all + " commands would";
  }

  private void found(Diagnosis diagnosis, Layout layout) {
    int causes = diagnosis.rootCauses().size();
    if (causes > 0) {
      layout.words(
          Layout.LABEL,
          Tone.PLAIN,
          "%s found already; %s diagnose shows %s"
              .formatted(
                  causes == 1 ? "1 root cause is" : causes + " root causes are",
                  program,
                  causes == 1 ? "it" : "them"));
    }
  }

  private static void step(int number, NextStep step, Layout layout) {
    layout.gap();
    layout.title(
        Tone.STRONG,
        number + ": ",
        "decides %s, for %s"
            .formatted(
                step.decides().size() == 1 ? "1 rule" : step.decides().size() + " rules",
                step.subjects() == 1 ? "1 subject" : step.subjects() + " subjects"));
    layout.commands(step.commands());
    layout.list("rules", rules(step, layout));
  }

  private static List<String> rules(NextStep step, Layout layout) {
    return step.decides().size() > MOST_TITLES && !layout.detailed()
        ? List.of(step.decides().stream().map(Decided::code).collect(Collectors.joining(", ")))
        : step.decides().stream().map(one -> "%s: %s".formatted(one.code(), one.title())).toList();
  }

  private static void unexplained(List<Undecided> odd, List<NextStep> steps, Layout layout) {
    Set<String> named = new LinkedHashSet<>();
    steps.forEach(step -> named.addAll(step.commands()));
    for (var one : odd) {
      layout.gap();
      layout.title(Tone.WARNING, "unexplained[%s]: ".formatted(one.code()), one.missing().get(0));
      layout.list("perhaps", one.missing().stream().skip(1).map(NextTextReport::rule).toList());
      layout.commands(one.decideWith().stream().filter(named::add).toList());
    }
  }

  private static String rule(String perhaps) {
    return perhaps.replaceFirst("^perhaps ", "");
  }
}
