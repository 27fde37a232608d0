package io.meshdoctor.engine.report;

import static io.meshdoctor.engine.report.Narrative.count;

import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Fleet;
import io.meshdoctor.engine.Fleet.SharedCause;
import io.meshdoctor.engine.FleetMesh;
import io.meshdoctor.engine.Verdict;
import io.meshdoctor.facts.Severity;
import java.util.ArrayList;
import java.util.List;

/** What reports for people say of many meshes at once. */
record FleetOverview(Fleet fleet) {

  /** What the table of the meshes has. */
  static final List<String> COLUMNS =
      List.of("mesh", "verdict", "errors", "warnings", "first root cause");

  /** How many meshes there are, and how they are. */
  String title() {
    List<String> parts = new ArrayList<>();
    part(fleet.count(Verdict.FAULTY), "faulty", parts);
    part(fleet.count(Verdict.UNDECIDED), "undecided", parts);
    part(fleet.count(Verdict.HEALTHY), "healthy", parts);
    part(fleet.failures(), "without a diagnosis", parts);
    return count(fleet.meshes().size(), "mesh") + ": " + String.join(", ", parts);
  }

  private static void part(long number, String what, List<String> parts) {
    if (number > 0) {
      parts.add("%d %s".formatted(number, what));
    }
  }

  /** The table of the meshes: a row for each. */
  List<List<String>> rows() {
    return fleet.meshes().stream().map(FleetOverview::row).toList();
  }

  private static List<String> row(FleetMesh mesh) {
    return mesh.diagnosis()
        .map(
            diagnosis ->
                List.of(
                    mesh.name(),
                    Narrative.word(diagnosis.verdict()),
                    String.valueOf(diagnosis.causes(Severity.ERROR)),
                    String.valueOf(diagnosis.causes(Severity.WARNING)),
                    first(diagnosis)))
        .orElseGet(
            () ->
                List.of(
                    mesh.name(), mesh.broken() ? "failed" : "unreadable", "", "", mesh.failure()));
  }

  /** What is first in its report: a cause, or what nothing explains. */
  private static String first(Diagnosis diagnosis) {
    return diagnosis.rootCauses().stream()
        .findFirst()
        .map(Conclusion::finding)
        .map(finding -> "%s: %s".formatted(finding.code(), finding.message()))
        .or(
            () ->
                diagnosis.undecided().stream()
                    .filter(UndecidedGroup::isUnexplained)
                    .findFirst()
                    .map(one -> "unexplained: " + one.missing().get(0)))
        .orElse("");
  }

  /** Such as {@code MD301 in 3 meshes: ...}. */
  static String line(SharedCause cause) {
    return "%s in %s: %s"
        .formatted(cause.code(), count(cause.meshes().size(), "mesh"), cause.title());
  }
}
