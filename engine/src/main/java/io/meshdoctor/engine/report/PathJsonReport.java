package io.meshdoctor.engine.report;

import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Trace;
import io.meshdoctor.engine.Trace.Ground;
import io.meshdoctor.engine.Trace.Leg;
import io.meshdoctor.engine.Trace.Observed;
import io.meshdoctor.engine.Trace.Step;
import io.meshdoctor.engine.Trace.Unseen;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/** A path stage by stage, for programs: {@code meshdoctor.io/v1}, each key always there. */
public final class PathJsonReport {

  /**
   * Writes the whole report, its last line end included, and leaves {@code out} open.
   *
   * @throws IOException if {@code out} does
   */
  public void write(Trace trace, Writer out) throws IOException {
    JsonText.write(out, json -> write(trace, json));
  }

  private static void write(Trace trace, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("apiVersion", "meshdoctor.io/v1");
    json.writeStringProperty("kind", "Path");
    json.writeStringProperty("mesh", trace.diagnosis().mesh());
    json.writeStringProperty("verdict", word(trace.verdict()));
    json.writeObjectPropertyStart("from");
    json.writeStringProperty("cluster", trace.client().cluster());
    json.writeStringProperty("namespace", trace.client().namespace());
    json.writeStringProperty("workload", trace.client().workload());
    json.writeStringProperty("pod", trace.client().pod());
    json.writeEndObject();
    json.writeObjectPropertyStart("to");
    json.writeStringProperty("host", trace.service().host());
    json.writeNumberProperty("port", trace.service().port());
    json.writeEndObject();
    JsonText.each(json, "legs", trace.legs(), (out, leg) -> leg(out, leg, trace.diagnosis()));
    json.writeEndObject();
  }

  private static void leg(JsonGenerator json, Leg leg, Diagnosis diagnosis) {
    json.writeStartObject();
    json.writeStringProperty("cluster", leg.to());
    json.writeBooleanProperty("local", leg.local());
    json.writeStringProperty("verdict", word(leg.verdict()));
    json.writeStringProperty(
        "breaksAt", leg.verdict() == Trace.Verdict.BROKEN ? word(leg.breaksAt()) : "");
    JsonText.each(json, "stages", leg.steps(), (out, step) -> step(out, step, diagnosis));
    json.writeEndObject();
  }

  private static void step(JsonGenerator json, Step step, Diagnosis diagnosis) {
    json.writeStartObject();
    json.writeStringProperty("stage", word(step.stage()));
    json.writeStringProperty("state", word(step.state()));
    JsonText.each(json, "holds", step.holds(), PathJsonReport::ground);
    JsonText.each(json, "findings", step.findings(), JsonReport.conclusionOf(diagnosis));
    JsonText.each(json, "symptoms", step.symptoms(), PathJsonReport::symptom);
    JsonText.each(json, "undecided", step.unseen(), PathJsonReport::unseen);
    json.writeNumberProperty("ruledOut", step.ruledOut());
    json.writeEndObject();
  }

  private static void ground(JsonGenerator json, Ground ground) {
    json.writeStartObject();
    json.writeStringProperty("fact", ground.message());
    json.writeBooleanProperty("whole", ground.whole());
    JsonText.each(
        json,
        "because",
        Stream.concat(ground.because().stream(), ground.background().stream()).toList(),
        JsonReport::proof);
    json.writeEndObject();
  }

  private static void symptom(JsonGenerator json, Observed symptom) {
    json.writeStartObject();
    json.writeStringProperty("message", symptom.message());
    JsonText.each(json, "explainedBy", symptom.causes(), JsonGenerator::writeString);
    JsonText.each(json, "because", symptom.because(), JsonReport::proof);
    json.writeEndObject();
  }

  private static void unseen(JsonGenerator json, Unseen unseen) {
    json.writeStartObject();
    json.writeStringProperty("missing", unseen.missing().what());
    json.writeStringProperty("decideWith", unseen.missing().command());
    JsonText.each(json, "codes", unseen.rules(), JsonGenerator::writeString);
    json.writeEndObject();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
