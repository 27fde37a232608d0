package io.meshdoctor.cli;

import io.meshdoctor.engine.report.FleetJsonReport;
import io.meshdoctor.engine.report.FleetReport;
import io.meshdoctor.engine.report.FleetTextReport;
import io.meshdoctor.engine.report.HtmlReport;
import io.meshdoctor.engine.report.JUnitReport;
import io.meshdoctor.engine.report.JsonReport;
import io.meshdoctor.engine.report.MarkdownReport;
import io.meshdoctor.engine.report.Report;
import io.meshdoctor.engine.report.SarifReport;
import io.meshdoctor.engine.report.TextReport;
import io.meshdoctor.facts.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The forms that a report can have. A new one is one more constant here. */
enum ReportFormat {
  /** For people. */
  TEXT,
  /** For programs. */
  JSON,
  /** For tickets and pull requests. */
  MARKDOWN,
  /** For browsers. */
  HTML,
  /** For dashboards of findings. */
  SARIF,
  /** For CI servers. */
  JUNIT;

  /**
   * Who reads a report.
   *
   * @param terminal where it is read
   * @param program how its reader calls this program
   * @param detailed whether its reader asks for details
   */
  record Audience(Terminal terminal, String program, boolean detailed) {

    /** The same, who reads it in a file. */
    Audience offline() {
      return new Audience(Terminal.NONE, program, detailed);
    }
  }

  /**
   * A report of this form.
   *
   * @param failOn least severity that makes the run fail
   */
  Report report(Audience audience, Severity failOn) {
    return switch (this) {
      case TEXT ->
          new TextReport(
              audience.terminal().width(),
              audience.terminal().palette(),
              audience.program(),
              audience.detailed());
      case JSON -> new JsonReport();
      case MARKDOWN -> new MarkdownReport(audience.program(), audience.detailed());
      case HTML -> new HtmlReport(audience.program());
      case SARIF -> new SarifReport();
      case JUNIT -> new JUnitReport(audience.program(), failOn);
    };
  }

  /**
   * A report of this form on many meshes.
   *
   * @param failOn least severity that makes the run fail
   */
  FleetReport fleet(Audience audience, Severity failOn) {
    return switch (this) {
      case TEXT ->
          new FleetTextReport(
              audience.terminal().width(),
              audience.terminal().palette(),
              audience.program(),
              audience.terminal().interactive() && !audience.detailed(),
              audience.detailed());
      case JSON -> new FleetJsonReport();
      case MARKDOWN -> new MarkdownReport(audience.program(), audience.detailed());
      case HTML -> new HtmlReport(audience.program());
      case SARIF -> new SarifReport();
      case JUNIT -> new JUnitReport(audience.program(), failOn);
    };
  }

  /** The name that it has on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ReportFormat> named(String word) {
    return Arrays.stream(values()).filter(format -> format.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(ReportFormat::word).toList();
  }
}
