package io.meshdoctor.engine.report;

import static io.meshdoctor.engine.report.JsonText.each;

import io.meshdoctor.engine.Fleet;
import io.meshdoctor.engine.Fleet.SharedCause;
import io.meshdoctor.engine.FleetMesh;
import io.meshdoctor.engine.Verdict;
import io.meshdoctor.facts.Severity;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/**
 * The report on many meshes for programs: {@code meshdoctor.io/v1}, kind {@code Fleet}. Each mesh
 * is a {@code Diagnosis} as {@link JsonReport} writes it, and says besides where it was read; or it
 * is {@code Unreadable} or {@code Failed}, and says why.
 */
public final class FleetJsonReport implements FleetReport {

  @Override
  public void write(Fleet fleet, Writer out) throws IOException {
    JsonText.write(out, json -> write(fleet, json));
  }

  private static void write(Fleet fleet, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("apiVersion", JsonReport.VERSION);
    json.writeStringProperty("kind", "Fleet");
    json.writeObjectPropertyStart("totals");
    json.writeNumberProperty("meshes", fleet.meshes().size());
    json.writeNumberProperty("healthy", fleet.count(Verdict.HEALTHY));
    json.writeNumberProperty("faulty", fleet.count(Verdict.FAULTY));
    json.writeNumberProperty("undecided", fleet.count(Verdict.UNDECIDED));
    json.writeNumberProperty("failures", fleet.failures());
    json.writeNumberProperty("errors", fleet.causes(Severity.ERROR));
    json.writeNumberProperty("warnings", fleet.causes(Severity.WARNING));
    json.writeNumberProperty("infos", fleet.causes(Severity.INFO));
    json.writeEndObject();
    each(json, "sharedCauses", fleet.sharedCauses(), FleetJsonReport::cause);
    each(json, "meshes", fleet.meshes(), FleetJsonReport::mesh);
    json.writeEndObject();
  }

  private static void cause(JsonGenerator json, SharedCause cause) {
    json.writeStartObject();
    json.writeStringProperty("code", cause.code());
    json.writeStringProperty("severity", cause.severity().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("title", cause.title());
    each(json, "meshes", cause.meshes(), JsonGenerator::writeString);
    json.writeEndObject();
  }

  private static void mesh(JsonGenerator json, FleetMesh mesh) {
    json.writeStartObject();
    json.writeStringProperty("name", mesh.name());
    json.writeStringProperty("source", mesh.source());
    if (mesh.diagnosis().isPresent()) {
      JsonReport.properties(mesh.diagnosis().get(), json);
    } else {
      json.writeStringProperty("apiVersion", JsonReport.VERSION);
      json.writeStringProperty("kind", mesh.broken() ? "Failed" : "Unreadable");
      json.writeStringProperty("reason", mesh.failure());
    }
    json.writeEndObject();
  }
}
