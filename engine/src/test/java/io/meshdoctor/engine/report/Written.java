package io.meshdoctor.engine.report;

import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Fleet;
import java.io.IOException;
import java.io.StringWriter;

/** What reports write. */
final class Written {

  private Written() {}

  static String by(Report report, Diagnosis diagnosis) throws IOException {
    var out = new StringWriter();
    report.write(diagnosis, out);
    return out.toString();
  }

  static String by(FleetReport report, Fleet fleet) throws IOException {
    var out = new StringWriter();
    report.write(fleet, out);
    return out.toString();
  }
}
