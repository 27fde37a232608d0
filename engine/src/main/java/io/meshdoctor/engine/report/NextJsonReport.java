package io.meshdoctor.engine.report;

import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Diagnosis.Undecided;
import io.meshdoctor.engine.NextStep;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** What to read next, for programs: of a diagnosis that has a ledger. */
public final class NextJsonReport implements Report {

  @Override
  public void write(Diagnosis diagnosis, Writer out) throws IOException {
    JsonText.write(out, json -> write(diagnosis, json));
  }

  private static void write(Diagnosis diagnosis, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("apiVersion", "meshdoctor.io/v1");
    json.writeStringProperty("kind", "NextSteps");
    json.writeStringProperty("mesh", diagnosis.mesh());
    json.writeStringProperty("verdict", diagnosis.verdict().name().toLowerCase(Locale.ROOT));
    JsonText.each(json, "steps", NextStep.of(diagnosis.ledger()), NextJsonReport::step);
    JsonText.each(
        json,
        "unexplained",
        diagnosis.undecided().stream().filter(Undecided::isUnexplained).toList(),
        NextJsonReport::unexplained);
    json.writeEndObject();
  }

  private static void step(JsonGenerator json, NextStep step) {
    json.writeStartObject();
    JsonText.each(json, "commands", step.commands(), JsonGenerator::writeString);
    JsonText.each(
        json,
        "decides",
        step.decides(),
        (to, one) -> {
          to.writeStartObject();
          to.writeStringProperty("code", one.code());
          to.writeStringProperty("title", one.title());
          to.writeNumberProperty("subjects", one.subjects());
          to.writeEndObject();
        });
    json.writeEndObject();
  }

  private static void unexplained(JsonGenerator json, Undecided one) {
    json.writeStartObject();
    json.writeStringProperty("code", one.code());
    json.writeStringProperty("message", one.missing().get(0));
    JsonText.each(json, "decideWith", one.decideWith(), JsonGenerator::writeString);
    json.writeEndObject();
  }
}
