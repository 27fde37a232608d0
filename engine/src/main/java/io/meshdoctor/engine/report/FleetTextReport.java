package io.meshdoctor.engine.report;

import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Fleet;
import io.meshdoctor.engine.FleetMesh;
import io.meshdoctor.engine.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report on many meshes for people in a terminal: a line for each, then what they share. */
public final class FleetTextReport implements FleetReport {

  private static final String GAP = "  ";
  private static final String CUT = "...";

  /** Of a longer name the middle is left out: what tells it from others is at its ends. */
  private static final int WIDEST_NAME = 36;

  private static final int HEAD = 14;

  private final int width;
  private final Palette palette;
  private final boolean cutting;
  private final boolean detailed;
  private final TextReport details;

  /**
   * Writes for one reader.
   *
   * @param width how many characters a line has
   * @param palette colours
   * @param program how the reader calls this program
   * @param cutting whether what does not fit into the line of a mesh is left out
   * @param detailed whether the report of each mesh follows
   */
  public FleetTextReport(
      int width, Palette palette, String program, boolean cutting, boolean detailed) {
    this.cutting = cutting;
    this.width = width;
    this.palette = palette;
    this.detailed = detailed;
    this.details = new TextReport(width, palette, program, detailed);
  }

  @Override
  public void write(Fleet fleet, Writer out) throws IOException {
    var overview = new FleetOverview(fleet);
    var layout = new Layout(width, palette, detailed);
    layout.title(tone(fleet), "FLEET: ", overview.title());
    layout.gap();
    table(fleet, overview.rows(), layout);
    shared(fleet, layout);
    out.write(layout.toString());
    if (detailed) {
      for (var mesh : fleet.meshes()) {
        if (mesh.diagnosis().isPresent()) {
          one(mesh, mesh.diagnosis().get(), out);
        }
      }
    }
  }

  private void one(FleetMesh mesh, Diagnosis diagnosis, Writer out) throws IOException {
    var layout = new Layout(width, palette, true);
    layout.gap();
    layout.line(0, Tone.STRONG, "=== %s: %s".formatted(mesh.name(), mesh.source()));
    out.write(layout.toString());
    details.write(diagnosis, out);
  }

  private static Tone tone(Fleet fleet) {
    if (fleet.failures() > 0 || fleet.count(Verdict.FAULTY) > 0) {
      return Tone.ERROR;
    }
    return fleet.count(Verdict.UNDECIDED) > 0 ? Tone.WARNING : Tone.GOOD;
  }

  private void table(Fleet fleet, List<List<String>> rows, Layout layout) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(FleetOverview.COLUMNS.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList());
    rows.forEach(row -> lines.add(row.stream().map(Clean::line).toList()));
    if (cutting) {
      lines.replaceAll(this::shortened);
    }
    for (int i = 0; i < lines.size(); i++) {
      var line = new StringBuilder();
      var row = lines.get(i);
      for (int column = 0; column < row.size(); column++) {
        var cell = row.get(column);
        line.append(cell).append(" ".repeat(widest(lines, column) - cell.length())).append(GAP);
      }
      var tone =
          i == 0
              ? Tone.STRONG
              : fleet
                  .meshes()
                  .get(i - 1)
                  .diagnosis()
                  .map(one -> one.verdict() == Verdict.HEALTHY ? Tone.DIM : Tone.PLAIN)
                  .orElse(Tone.ERROR);
      layout.line(0, tone, cut(line.toString().stripTrailing()));
    }
  }

  private static int widest(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
  }

  private List<String> shortened(List<String> row) {
    List<String> cells = new ArrayList<>(row);
    var name = row.get(0);
    if (name.length() > WIDEST_NAME) {
      int tail = WIDEST_NAME - HEAD - CUT.length();
      cells.set(0, name.substring(0, HEAD) + CUT + name.substring(name.length() - tail));
    }
    return cells;
  }

  private String cut(String line) {
    return !cutting || line.length() <= width
        ? line
        : line.substring(0, width - CUT.length()) + CUT;
  }

  private static void shared(Fleet fleet, Layout layout) {
    var shared = fleet.sharedCauses();
    if (!shared.isEmpty()) {
      layout.gap();
      layout.line(0, Tone.STRONG, "the same cause in several meshes");
      for (var cause : shared) {
        layout.words(Layout.LABEL, Tone.PLAIN, FleetOverview.line(cause));
        int shown = layout.most(cause.meshes());
        int left = cause.meshes().size() - shown;
        layout.words(
            Layout.LABEL * 2,
            Tone.DIM,
            String.join(", ", cause.meshes().subList(0, shown))
                + (left == 0 ? "" : ", and %d more; -v shows them".formatted(left)));
      }
    }
  }
}
