package io.meshdoctor.engine.report;

import static io.meshdoctor.engine.report.JsonText.each;

import io.meshdoctor.engine.Account;
import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Diagnosis.Coverage;
import io.meshdoctor.engine.Diagnosis.RuledOut;
import io.meshdoctor.engine.Diagnosis.Undecided;
import io.meshdoctor.engine.Proof;
import io.meshdoctor.engine.Trial;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Finding;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Moment;
import io.meshdoctor.facts.ObjectRef;
import io.meshdoctor.facts.Unread;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonGenerator;

/**
 * The report for programs: {@code meshdoctor.io/v1}, each key always there but {@code breaks},
 * {@code tried} and {@code ledger}, which are there where a fault shows only later, where a fix was
 * tried, and where the ledger was asked for.
 */
public final class JsonReport implements Report {

  static final String VERSION = "meshdoctor.io/v1";

  @Override
  public void write(Diagnosis diagnosis, Writer out) throws IOException {
    JsonText.write(
        out,
        json -> {
          json.writeStartObject();
          properties(diagnosis, json);
          json.writeEndObject();
        });
  }

  /** Writes all that an object for a diagnosis has. */
  static void properties(Diagnosis diagnosis, JsonGenerator json) {
    json.writeStringProperty("apiVersion", VERSION);
    json.writeStringProperty("kind", "Diagnosis");
    json.writeStringProperty("mesh", diagnosis.mesh());
    json.writeStringProperty("verdict", word(diagnosis.verdict()));
    each(json, "clusters", diagnosis.clusters(), JsonReport::cluster);
    each(json, "rootCauses", diagnosis.rootCauses(), conclusionOf(diagnosis));
    each(json, "findings", diagnosis.findings(), conclusionOf(diagnosis));
    each(json, "ruledOut", diagnosis.ruledOut(), JsonReport::ruledOut);
    each(json, "undecided", diagnosis.undecided(), JsonReport::undecided);
    coverage(json, diagnosis.coverage());
    if (!diagnosis.ledger().isEmpty()) {
      each(json, "ledger", diagnosis.ledger(), JsonReport::account);
    }
  }

  private static void account(JsonGenerator json, Account account) {
    json.writeStartObject();
    json.writeStringProperty("code", account.code());
    json.writeStringProperty("title", account.title());
    each(json, "subjects", account.entries(), JsonReport::entry);
    json.writeEndObject();
  }

  private static void entry(JsonGenerator json, Account.Entry entry) {
    json.writeStartObject();
    json.writeStringProperty("subject", entry.subject());
    json.writeStringProperty(
        "outcome",
        switch (entry.outcome()) {
          case FOUND -> "found";
          case UNDECIDED -> "undecided";
          case RULED_OUT -> "ruledOut";
        });
    each(json, "findings", entry.findings(), JsonGenerator::writeString);
    each(json, "because", entry.because(), JsonReport::proof);
    each(
        json,
        "read",
        entry.read().stream().map(Listed::describe).toList(),
        JsonGenerator::writeString);
    each(
        json,
        "missing",
        entry.missing().stream().map(Account.Missing::what).distinct().toList(),
        JsonGenerator::writeString);
    each(
        json,
        "decideWith",
        entry.missing().stream().map(Account.Missing::command).distinct().toList(),
        JsonGenerator::writeString);
    json.writeEndObject();
  }

  private static void cluster(JsonGenerator json, Cluster cluster) {
    json.writeStartObject();
    json.writeStringProperty("name", cluster.name());
    json.writeStringProperty("id", cluster.id());
    json.writeStringProperty("role", word(cluster.role()));
    json.writeStringProperty("network", cluster.network());
    json.writeStringProperty("istioVersion", cluster.version());
    json.writeEndObject();
  }

  /** Writes findings of a diagnosis. */
  static BiConsumer<JsonGenerator, Conclusion> conclusionOf(Diagnosis diagnosis) {
    return (json, conclusion) -> conclusion(json, conclusion, diagnosis.breaks(conclusion));
  }

  private static void conclusion(JsonGenerator json, Conclusion conclusion, List<Moment> breaks) {
    var finding = conclusion.finding();
    json.writeStartObject();
    json.writeStringProperty("code", finding.code());
    json.writeStringProperty("severity", word(finding.severity()));
    json.writeStringProperty("confidence", word(finding.confidence()));
    json.writeStringProperty("title", finding.title());
    json.writeStringProperty("message", finding.message());
    each(json, "clusters", finding.clusters(), JsonGenerator::writeString);
    each(json, "objects", finding.objects(), JsonReport::object);
    each(json, "because", conclusion.because(), JsonReport::proof);
    each(json, "explains", conclusion.explains(), JsonGenerator::writeString);
    if (!breaks.isEmpty()) {
      each(
          json, "breaks", breaks, (out, moment) -> out.writeString(word(moment).replace('_', '-')));
    }
    json.writeObjectPropertyStart("fix");
    json.writeStringProperty("summary", conclusion.fix());
    each(json, "commands", finding.fix(), JsonGenerator::writeString);
    conclusion.tried().ifPresent(trial -> tried(json, trial));
    json.writeEndObject();
    json.writeStringProperty("doc", conclusion.doc());
    json.writeStringProperty("fingerprint", conclusion.fingerprint());
    json.writeEndObject();
  }

  private static void tried(JsonGenerator json, Trial trial) {
    json.writeObjectPropertyStart("tried");
    json.writeBooleanProperty("gone", trial.gone());
    each(json, "appears", trial.appears(), JsonReport::appearing);
    json.writeEndObject();
  }

  private static void appearing(JsonGenerator json, Finding finding) {
    json.writeStartObject();
    json.writeStringProperty("code", finding.code());
    json.writeStringProperty("message", finding.message());
    json.writeEndObject();
  }

  private static void object(JsonGenerator json, ObjectRef object) {
    json.writeStartObject();
    json.writeStringProperty("cluster", object.cluster());
    json.writeStringProperty("kind", object.kind());
    json.writeStringProperty("namespace", object.namespace());
    json.writeStringProperty("name", object.name());
    json.writeEndObject();
  }

  static void proof(JsonGenerator json, Proof proof) {
    json.writeStartObject();
    json.writeStringProperty("fact", proof.fact());
    json.writeStringProperty("origin", proof.origin());
    json.writeStringProperty("show", proof.show());
    each(json, "because", proof.because(), JsonReport::proof);
    json.writeEndObject();
  }

  private static void ruledOut(JsonGenerator json, RuledOut rule) {
    json.writeStartObject();
    json.writeStringProperty("code", rule.code());
    json.writeStringProperty("title", rule.title());
    each(json, "because", rule.because(), JsonReport::proof);
    json.writeEndObject();
  }

  private static void undecided(JsonGenerator json, Undecided rule) {
    json.writeStartObject();
    json.writeStringProperty("code", rule.code());
    json.writeStringProperty("title", rule.title());
    each(json, "missing", rule.missing(), JsonGenerator::writeString);
    each(json, "decideWith", rule.decideWith(), JsonGenerator::writeString);
    json.writeEndObject();
  }

  private static void coverage(JsonGenerator json, Coverage coverage) {
    json.writeObjectPropertyStart("coverage");
    json.writeNumberProperty("rules", coverage.rules());
    json.writeNumberProperty("decided", coverage.decided());
    json.writeNumberProperty("facts", coverage.facts());
    each(json, "unread", coverage.unread(), JsonReport::unread);
    json.writeEndObject();
  }

  private static void unread(JsonGenerator json, Unread unread) {
    json.writeStartObject();
    json.writeStringProperty("cluster", unread.cluster());
    json.writeStringProperty("what", unread.what());
    json.writeStringProperty("reason", unread.reason());
    json.writeEndObject();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
