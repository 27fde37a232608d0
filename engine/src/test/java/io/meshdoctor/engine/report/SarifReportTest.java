package io.meshdoctor.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.meshdoctor.facts.Confidence;
import io.meshdoctor.facts.ObjectRef;
import io.meshdoctor.facts.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SarifReportTest {

  private static final SarifReport REPORT = new SarifReport();
  private static final JsonMapper JSON = new JsonMapper();
  private static final Schema SCHEMA = schema();

  /** The schema of OASIS. */
  private static Schema schema() {
    try (InputStream text =
        Objects.requireNonNull(
            SarifReportTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"))) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(JSON.readTree(text));
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static void assertValid(String report) {
    assertThat(SCHEMA.validate(report, InputFormat.JSON)).isEmpty();
  }

  private static JsonNode result(String report, int index) {
    return JSON.readTree(report).at("/runs/0/results/" + index);
  }

  @Test
  void the_schema_says_what_is_wrong() {
    assertThat(SCHEMA.validate("{\"version\": \"2.1.0\", \"runs\": [{}]}", InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void is_what_code_scanning_takes() throws IOException {
    var report = Written.by(REPORT, Meshes.faulty());

    assertValid(report);
    Approved.check("faulty.sarif", report);
  }

  @Test
  void tells_what_nothing_explains_and_notes_what_was_not_read() throws IOException {
    var report = Written.by(REPORT, Meshes.undecided());

    assertValid(report);
    Approved.check("undecided.sarif", report);
  }

  @Test
  void has_one_run_of_many_meshes_that_says_whether_all_were_read() throws IOException {
    var report = Written.by(REPORT, Meshes.fleet());

    assertValid(report);
    var run = JSON.readTree(report).at("/runs/0");
    assertThat(run.at("/invocations/0/executionSuccessful").asBoolean()).isFalse();
    assertThat(run.get("results").size()).isEqualTo(6);
    assertThat(run.at("/tool/driver/rules").size()).isEqualTo(3);
    assertThat(
            run.get("results").values().stream()
                .map(one -> one.get("partialFingerprints").toString())
                .distinct())
        .hasSize(6);
  }

  @Test
  void is_valid_where_there_is_nothing_to_say() throws IOException {
    var report = Written.by(REPORT, Meshes.healthy());

    assertValid(report);
    assertThat(JSON.readTree(report).at("/runs/0/results").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000\u001b[31m", "\"},{\"", "</script>", "\ud800", "a\u202eb"})
  void is_valid_whatever_a_mesh_calls_itself(String name) throws IOException {
    var report = Written.by(REPORT, Meshes.hostile(name));

    assertValid(report);
    assertThat(report.chars())
        .noneMatch(one -> Character.isSurrogate((char) one.intValue()) || one == 0x202e);
  }

  @Test
  void names_objects_by_cluster_kind_namespace_and_name() throws IOException {
    var location = result(Written.by(REPORT, Meshes.faulty()), 0).at("/locations/0");

    assertThat(location.at("/logicalLocations/0/fullyQualifiedName").asString())
        .isEqualTo("paris/secret/istio-system/istio-remote-secret-oslo");
    assertThat(location.has("physicalLocation")).isFalse();
  }

  @Test
  void names_the_file_where_a_file_is_at_fault() throws IOException {
    var finding =
        Meshes.finding(
            "MD902",
            "t",
            Severity.WARNING,
            Confidence.CERTAIN,
            "m",
            List.of(new ObjectRef("oslo", "file", "", "clusters/a b/x#1.yaml")),
            List.of());
    var root = Meshes.conclusion(finding, List.of(), List.of(), List.of(), "", "", "01");

    var report = Written.by(REPORT, Meshes.with(root));

    assertValid(report);
    assertThat(
            result(report, 0).at("/locations/0/physicalLocation/artifactLocation/uri").asString())
        .isEqualTo("clusters/a%20b/x%231.yaml");
  }
}
