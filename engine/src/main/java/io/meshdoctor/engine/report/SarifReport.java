package io.meshdoctor.engine.report;

import static io.meshdoctor.engine.report.JsonText.each;

import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Diagnosis.Undecided;
import io.meshdoctor.engine.Fleet;
import io.meshdoctor.engine.FleetMesh;
import io.meshdoctor.engine.Page;
import io.meshdoctor.engine.Proof;
import io.meshdoctor.facts.Confidence;
import io.meshdoctor.facts.Finding;
import io.meshdoctor.facts.ObjectRef;
import io.meshdoctor.facts.Severity;
import io.meshdoctor.facts.Unread;
import java.io.IOException;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/**
 * The report for dashboards of findings: SARIF 2.1.0. Root causes, and observations that nothing
 * explains, are results; what could not be read or told are notifications, for they are nobody's
 * fault in the mesh. A thing of a cluster has no line in a file, so that locations are logical
 * ones.
 */
public final class SarifReport implements Report, FleetReport {

  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  /** What an {@link ObjectRef} calls a file of a recording. */
  private static final String FILE = "file";

  /** A rule of the log: what it says of itself. */
  private record Rule(String id, String title, Severity severity, Confidence sure, Page page) {}

  @Override
  public void write(Diagnosis diagnosis, Writer out) throws IOException {
    write(Fleet.only(diagnosis), out);
  }

  @Override
  public void write(Fleet fleet, Writer out) throws IOException {
    JsonText.write(out, json -> log(fleet, json));
  }

  private static void log(Fleet fleet, JsonGenerator json) {
    var rules = rules(fleet);
    var ids = List.copyOf(rules.keySet());
    json.writeStartObject();
    json.writeStringProperty("$schema", SCHEMA);
    json.writeStringProperty("version", "2.1.0");
    json.writeArrayPropertyStart("runs");
    json.writeStartObject();
    json.writeObjectPropertyStart("tool");
    json.writeObjectPropertyStart("driver");
    json.writeStringProperty("name", "meshdoctor");
    each(json, "rules", List.copyOf(rules.values()), SarifReport::rule);
    json.writeEndObject();
    json.writeEndObject();
    invocation(fleet, json);
    json.writeStringProperty("columnKind", "utf16CodeUnits");
    json.writeArrayPropertyStart("results");
    for (var mesh : fleet.meshes()) {
      mesh.diagnosis().ifPresent(diagnosis -> results(diagnosis, mesh.name(), ids, json));
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static SortedMap<String, Rule> rules(Fleet fleet) {
    SortedMap<String, Rule> rules = new TreeMap<>();
    for (var mesh : fleet.meshes()) {
      mesh.diagnosis()
          .ifPresent(
              diagnosis -> {
                diagnosis.rootCauses().forEach(root -> add(root, rules));
                diagnosis.undecided().stream()
                    .filter(UndecidedGroup::isUnexplained)
                    .forEach(
                        one ->
                            rules.putIfAbsent(
                                one.code(),
                                new Rule(
                                    one.code(),
                                    one.title(),
                                    Severity.WARNING,
                                    Confidence.CERTAIN,
                                    new Page(""))));
              });
    }
    return rules;
  }

  private static void add(Conclusion root, SortedMap<String, Rule> rules) {
    var finding = root.finding();
    rules.putIfAbsent(
        finding.code(),
        new Rule(
            finding.code(),
            finding.title(),
            finding.severity(),
            finding.confidence(),
            root.page()));
  }

  private static void rule(JsonGenerator json, Rule rule) {
    json.writeStartObject();
    json.writeStringProperty("id", rule.id());
    message("shortDescription", rule.title(), json);
    if (!rule.page().text().isBlank()) {
      json.writeObjectPropertyStart("help");
      json.writeStringProperty("text", Clean.lines(rule.page().text()));
      json.writeStringProperty("markdown", Clean.lines(rule.page().text()));
      json.writeEndObject();
    }
    if (!rule.page().doc().isEmpty()) {
      json.writeStringProperty("helpUri", rule.page().doc());
    }
    json.writeObjectPropertyStart("defaultConfiguration");
    json.writeStringProperty("level", Narrative.word(rule.severity()));
    json.writeEndObject();
    json.writeObjectPropertyStart("properties");
    json.writeStringProperty(
        "precision",
        switch (rule.sure()) {
          case CERTAIN -> "very-high";
          case LIKELY -> "high";
          case POSSIBLE -> "medium";
        });
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void invocation(Fleet fleet, JsonGenerator json) {
    json.writeArrayPropertyStart("invocations");
    json.writeStartObject();
    json.writeBooleanProperty("executionSuccessful", fleet.failures() == 0);
    json.writeArrayPropertyStart("toolExecutionNotifications");
    for (var mesh : fleet.meshes()) {
      if (mesh.diagnosis().isEmpty()) {
        notification("error", "", mesh, mesh.failure(), json);
      }
      mesh.diagnosis()
          .ifPresent(
              diagnosis -> {
                diagnosis
                    .coverage()
                    .unread()
                    .forEach(unread -> notification("warning", "", mesh, words(unread), json));
                diagnosis.undecided().stream()
                    .filter(one -> !UndecidedGroup.isUnexplained(one))
                    .forEach(one -> notification("note", one.code(), mesh, words(one), json));
              });
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static String words(Unread unread) {
    return unread.describe();
  }

  private static String words(Undecided one) {
    return "undecided: %s; not read: %s%s"
        .formatted(
            one.title(),
            String.join("; ", one.missing()),
            one.decideWith().isEmpty()
                ? ""
                : "; decide with: " + String.join("; ", one.decideWith()));
  }

  private static void notification(
      String level, String rule, FleetMesh mesh, String words, JsonGenerator json) {
    json.writeStartObject();
    if (!rule.isEmpty()) {
      json.writeObjectPropertyStart("associatedRule");
      json.writeStringProperty("id", rule);
      json.writeEndObject();
    }
    json.writeStringProperty("level", level);
    message("message", words, json);
    json.writeObjectPropertyStart("properties");
    json.writeStringProperty("mesh", Clean.line(mesh.name()));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void results(
      Diagnosis diagnosis, String mesh, List<String> ids, JsonGenerator json) {
    var narrative = new Narrative(diagnosis);
    diagnosis.rootCauses().forEach(root -> result(root, narrative, mesh, ids, json));
    for (var one : diagnosis.undecided()) {
      if (UndecidedGroup.isUnexplained(one)) {
        json.writeStartObject();
        head(one.code(), "warning", ids, json);
        message("message", one.missing().get(0) + ", and nothing explains it", json);
        fingerprints(mesh, "", json);
        json.writeEndObject();
      }
    }
  }

  private static void result(
      Conclusion root, Narrative narrative, String mesh, List<String> ids, JsonGenerator json) {
    var finding = root.finding();
    json.writeStartObject();
    head(finding.code(), Narrative.word(finding.severity()), ids, json);
    message("message", finding.message(), json);
    each(json, "locations", locations(finding), SarifReport::location);
    var leaves = leaves(root.because()).distinct().toList();
    json.writeArrayPropertyStart("relatedLocations");
    for (int i = 0; i < leaves.size(); i++) {
      related(i + 1, leaves.get(i), json);
    }
    json.writeEndArray();
    fingerprints(mesh, root.fingerprint(), json);
    json.writeObjectPropertyStart("properties");
    json.writeStringProperty("confidence", finding.confidence().name().toLowerCase(Locale.ROOT));
    words("clusters", finding.clusters(), json);
    words("explains", narrative.explains(root), json);
    json.writeStringProperty("fix", Clean.line(root.fix()));
    words("commands", finding.fix(), json);
    root.tried().ifPresent(trial -> json.writeStringProperty("tried", Narrative.tried(trial)));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void words(String name, List<String> words, JsonGenerator json) {
    each(json, name, words, (array, one) -> array.writeString(Clean.lines(one)));
  }

  private static void head(String code, String level, List<String> ids, JsonGenerator json) {
    json.writeStringProperty("ruleId", code);
    json.writeNumberProperty("ruleIndex", ids.indexOf(code));
    json.writeStringProperty("level", level);
  }

  /** The objects at fault; the clusters where none is. */
  private static List<ObjectRef> locations(Finding finding) {
    return finding.objects().isEmpty()
        ? finding.clusters().stream().map(cluster -> new ObjectRef(cluster, "", "", "")).toList()
        : finding.objects();
  }

  private static void location(JsonGenerator json, ObjectRef object) {
    json.writeStartObject();
    if (object.kind().equals(FILE)) {
      json.writeObjectPropertyStart("physicalLocation");
      json.writeObjectPropertyStart("artifactLocation");
      json.writeStringProperty("uri", uri(object.name()));
      json.writeEndObject();
      json.writeEndObject();
    }
    var parts =
        Stream.of(object.cluster(), object.kind(), object.namespace(), object.name())
            .filter(part -> !part.isEmpty())
            .map(Clean::line)
            .toList();
    json.writeArrayPropertyStart("logicalLocations");
    json.writeStartObject();
    json.writeStringProperty("name", parts.get(parts.size() - 1));
    json.writeStringProperty("fullyQualifiedName", String.join("/", parts));
    json.writeStringProperty("kind", "resource");
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  /** A path as a relative reference. */
  private static String uri(String path) {
    return Stream.of(path.split("/", -1))
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }

  /** What a proof rests on in the end: what was seen. */
  private static Stream<Proof> leaves(List<Proof> proofs) {
    List<Proof> leaves = new ArrayList<>();
    for (var proof : proofs) {
      if (!proof.origin().isEmpty()) {
        leaves.add(proof);
      }
      leaves(proof.because()).forEach(leaves::add);
    }
    return leaves.stream();
  }

  private static void related(int id, Proof proof, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("id", id);
    json.writeArrayPropertyStart("logicalLocations");
    json.writeStartObject();
    json.writeStringProperty("fullyQualifiedName", Clean.line(proof.origin()));
    json.writeEndObject();
    json.writeEndArray();
    message("message", proof.fact(), json);
    json.writeEndObject();
  }

  private static void fingerprints(String mesh, String finding, JsonGenerator json) {
    json.writeObjectPropertyStart("partialFingerprints");
    if (!finding.isEmpty()) {
      json.writeStringProperty("finding/v1", finding);
    }
    json.writeStringProperty("mesh/v1", Clean.line(mesh));
    json.writeEndObject();
  }

  /** A message of plain text, in which SARIF knows links. */
  private static void message(String name, String words, JsonGenerator json) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("text", Clean.line(words).replace("](", "] ("));
    json.writeEndObject();
  }
}
