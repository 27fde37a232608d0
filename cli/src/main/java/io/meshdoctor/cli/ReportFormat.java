package io.meshdoctor.cli;

import io.meshdoctor.engine.report.JsonReport;
import io.meshdoctor.engine.report.Report;
import io.meshdoctor.engine.report.TextReport;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The forms that a report can have. A new one is one more constant here. */
enum ReportFormat {
  /** For people. */
  TEXT {
    @Override
    Report report(Audience audience) {
      return new TextReport(
          audience.terminal().width(),
          audience.terminal().palette(),
          audience.program(),
          audience.detailed());
    }
  },
  /** For programs. */
  JSON {
    @Override
    Report report(Audience audience) {
      return new JsonReport();
    }
  };

  /**
   * Who reads a report.
   *
   * @param terminal where it is read
   * @param program how its reader calls this program
   * @param detailed whether its reader asks for details
   */
  record Audience(Terminal terminal, String program, boolean detailed) {}

  /** A report of this form. */
  abstract Report report(Audience audience);

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
