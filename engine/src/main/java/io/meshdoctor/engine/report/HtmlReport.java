package io.meshdoctor.engine.report;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Fleet;
import io.meshdoctor.engine.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * The report for a browser: one file that loads nothing, and runs nothing. Its templates are in
 * {@code src/main/jte}; the build makes classes of them, which escape whatever they print.
 */
public final class HtmlReport implements Report, FleetReport {

  private final String program;

  /**
   * Writes for one reader.
   *
   * @param program how the reader calls this program
   */
  public HtmlReport(String program) {
    this.program = program;
  }

  @Override
  public void write(Diagnosis diagnosis, Writer out) throws IOException {
    var title =
        "meshdoctor: %s%s"
            .formatted(diagnosis.mesh().isEmpty() ? "" : diagnosis.mesh() + " ", word(diagnosis));
    page(title, List.of(), List.of(new Narrative(diagnosis)), out);
  }

  private static String word(Diagnosis diagnosis) {
    return Narrative.word(diagnosis.verdict());
  }

  @Override
  public void write(Fleet fleet, Writer out) throws IOException {
    var overview = new FleetOverview(fleet);
    page(
        "meshdoctor: " + overview.title(),
        List.of(overview),
        fleet.meshes().stream()
            .flatMap(
                mesh ->
                    mesh.diagnosis().stream()
                        .map(diagnosis -> new Narrative(diagnosis, mesh.name())))
            .toList(),
        out);
  }

  // nobody looks at tags while they are written, which jte says with null
  @SuppressWarnings("NullAway")
  private void page(String title, List<FleetOverview> fleet, List<Narrative> meshes, Writer out)
      throws IOException {
    var text = new StringOutput();
    JtepageGenerated.render(
        new OwaspHtmlTemplateOutput(text), null, Clean.line(title), fleet, meshes, program);
    out.write(text.toString());
  }

  /** The class that a verdict has in the style sheet. */
  static String css(Verdict verdict) {
    return switch (verdict) {
      case HEALTHY -> "good";
      case FAULTY -> "error";
      case UNDECIDED -> "warning";
    };
  }
}
