package io.meshdoctor.cli;

import io.meshdoctor.collector.probe.ProbePlan;
import io.meshdoctor.collector.probe.ProbeResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Probes and their results as people read them. */
final class ProbeText {

  private static final List<String> HEAD = List.of("KIND", "FROM", "TO", "OK", "RESULT");

  private static final Pattern UNPRINTABLE = Pattern.compile("\\p{C}");
  private static final int WIDEST = 120;

  private ProbeText() {}

  /** What will be run, each with its command, and what cannot. */
  static void plan(ProbePlan plan, PrintWriter out) {
    for (var probe : plan.probes()) {
      out.println(probe.title());
      out.println("  " + probe.command());
      if (probe.clients().size() > 1) {
        int others = probe.clients().size() - 1;
        out.printf(
            "  or, if that cannot run it, the same in %s%n",
            others == 1 ? "another pod" : "one of %d other pods".formatted(others));
      }
    }
    plan.impossible().forEach(reason -> out.println("cannot run " + reason));
    out.flush();
  }

  /** One result on one line. */
  static String line(ProbeResult result) {
    return String.join("  ", cells(result));
  }

  /** All results, a line for each. */
  static void table(List<ProbeResult> results, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>(List.of(HEAD));
    results.forEach(result -> rows.add(cells(result)));
    for (var row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int index = column;
        int width = rows.stream().mapToInt(one -> one.get(index).length()).max().orElse(0);
        line.append(row.get(column)).append(" ".repeat(width - row.get(column).length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }

  private static List<String> cells(ProbeResult result) {
    var probe = result.probe();
    var target = probe.target();
    return Stream.of(
            probe.kind().word(),
            "%s %s/%s".formatted(probe.from(), result.client().namespace(), result.client().pod()),
            "%s (%s)".formatted(target.authority() + target.path(), target.what()),
            result.isRun() ? "%d/%d".formatted(result.ok(), result.attempts()) : "-",
            outcome(result))
        .map(ProbeText::printable)
        .toList();
  }

  /** Answers are of others: they must not move the cursor or fill the screen. */
  private static String printable(String text) {
    var clean = UNPRINTABLE.matcher(text).replaceAll("?");
    return clean.length() <= WIDEST ? clean : clean.substring(0, WIDEST) + " ..";
  }

  private static String outcome(ProbeResult result) {
    if (!result.isRun()) {
      return "not run: " + result.error();
    }
    if (!result.error().isEmpty()) {
      return result.error();
    }
    return switch (result.answers().size()) {
      case 0 -> "connected";
      case 1 -> "one answer: " + result.answers().firstKey();
      default -> "%d different answers".formatted(result.answers().size());
    };
  }
}
