package io.meshdoctor.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Page;
import io.meshdoctor.engine.Verdict;
import io.meshdoctor.facts.Moment;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonReportTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static String text(Diagnosis diagnosis) throws IOException {
    var out = new StringWriter();
    new JsonReport().write(diagnosis, out);
    return out.toString();
  }

  private static JsonNode tree(Diagnosis diagnosis) throws IOException {
    return JSON.readTree(text(diagnosis));
  }

  @Test
  void has_every_key_in_the_order_of_the_contract() throws IOException {
    var report = tree(Meshes.faulty());

    assertThat(report.propertyNames())
        .containsExactly(
            "apiVersion",
            "kind",
            "mesh",
            "verdict",
            "clusters",
            "rootCauses",
            "findings",
            "ruledOut",
            "undecided",
            "coverage");
    assertThat(report.at("/clusters/0").propertyNames())
        .containsExactly("name", "id", "role", "network", "istioVersion");
    assertThat(report.at("/rootCauses/0").propertyNames())
        .containsExactly(
            "code",
            "severity",
            "confidence",
            "title",
            "message",
            "clusters",
            "objects",
            "because",
            "explains",
            "fix",
            "doc",
            "fingerprint");
    assertThat(report.at("/rootCauses/0/objects/0").propertyNames())
        .containsExactly("cluster", "kind", "namespace", "name");
    assertThat(report.at("/rootCauses/0/because/0").propertyNames())
        .containsExactly("fact", "origin", "show", "because");
    assertThat(report.at("/rootCauses/0/fix").propertyNames())
        .containsExactly("summary", "commands", "tried");
    assertThat(report.at("/rootCauses/0/fix/tried").propertyNames())
        .containsExactly("gone", "appears");
    assertThat(report.at("/rootCauses/1/fix").propertyNames())
        .containsExactly("summary", "commands");
    assertThat(report.at("/ruledOut/0").propertyNames())
        .containsExactly("code", "title", "because");
    assertThat(report.at("/undecided/0").propertyNames())
        .containsExactly("code", "title", "missing", "decideWith");
    assertThat(report.at("/coverage").propertyNames())
        .containsExactly("rules", "decided", "facts", "unread");
    assertThat(report.at("/coverage/unread/0").propertyNames())
        .containsExactly("cluster", "what", "reason");
  }

  @Test
  void says_when_a_fault_begins_to_show_where_nothing_shows_it_yet() throws IOException {
    var report = tree(Meshes.faulty());

    assertThat(report.at("/rootCauses/0").has("breaks")).isFalse();
    assertThat(report.at("/rootCauses/1/breaks").toString()).isEqualTo("[\"expiry\"]");
  }

  @Test
  void does_not_say_so_where_a_symptom_follows_from_it_at_first_hand_or_further() {
    var root = Meshes.faulty().rootCauses().get(1);
    var shown =
        new Conclusion(
            root.finding(),
            List.of(),
            List.of(),
            List.of("requests fail"),
            new Page(""),
            Optional.empty(),
            "a");
    var behind =
        new Conclusion(
            root.finding(),
            List.of(),
            List.of("a"),
            List.of(),
            new Page(""),
            Optional.empty(),
            "b");
    var of =
        new Diagnosis(
            "",
            Verdict.FAULTY,
            List.of(),
            List.of(behind),
            List.of(behind, shown),
            List.of(),
            List.of(),
            Meshes.faulty().coverage());

    assertThat(of.breaks(root)).containsExactly(Moment.EXPIRY);
    assertThat(of.breaks(shown)).isEmpty();
    assertThat(of.breaks(behind)).isEmpty();
  }

  @Test
  void has_the_same_keys_when_there_is_nothing_to_say() throws IOException {
    var report = tree(Meshes.healthy());

    assertThat(report.propertyNames()).isEqualTo(tree(Meshes.faulty()).propertyNames());
    assertThat(report.get("rootCauses").isArray()).isTrue();
    assertThat(report.get("rootCauses").isEmpty()).isTrue();
  }

  @Test
  void says_whose_report_it_is() throws IOException {
    var report = tree(Meshes.undecided());

    assertThat(report.get("apiVersion").asString()).isEqualTo("meshdoctor.io/v1");
    assertThat(report.get("kind").asString()).isEqualTo("Diagnosis");
    assertThat(report.get("mesh").asString()).isEqualTo("prod");
    assertThat(report.get("verdict").asString()).isEqualTo("undecided");
  }

  @Test
  void writes_the_words_of_a_scale_in_lower_case() throws IOException {
    var report = tree(Meshes.faulty());

    assertThat(report.get("verdict").asString()).isEqualTo("faulty");
    assertThat(report.findValuesAsString("role")).containsExactly("remote", "primary");
    assertThat(report.get("findings").findValuesAsString("severity"))
        .containsExactly("error", "error", "warning", "info");
    assertThat(report.get("findings").findValuesAsString("confidence"))
        .containsExactly("certain", "likely", "possible", "certain");
  }

  @Test
  void nests_a_proof_down_to_leaves_that_rest_on_nothing() throws IOException {
    var because = tree(Meshes.faulty()).at("/rootCauses/0/because");

    assertThat(because.size()).isEqualTo(2);
    assertThat(because.at("/0/origin").asString()).isEmpty();
    assertThat(because.at("/0/because").findValuesAsString("origin"))
        .containsExactly(
            "paris: secret istio-system",
            "paris: pod istio-system/istiod-0 .spec.containers[0].env");
    assertThat(because.at("/0/because/0/because").isArray()).isTrue();
    assertThat(because.at("/0/because/0/because").isEmpty()).isTrue();
    assertThat(because.at("/1/show").asString()).endsWith("request GET /debug/clusterz");
  }

  @Test
  void gives_the_cure_and_what_follows() throws IOException {
    var root = tree(Meshes.faulty()).at("/rootCauses/0");

    assertThat(root.at("/fix/summary").asString())
        .isEqualTo(
            "give the control plane of each primary a remote secret for every other cluster");
    assertThat(root.at("/fix/commands/0").asString()).startsWith("istioctl create-remote-secret ");
    assertThat(root.get("explains").values())
        .extracting(JsonNode::asString)
        .isEqualTo(List.of("0000000000000402"));
    assertThat(root.get("fingerprint").asString()).isEqualTo("0000000000000301");
  }

  @Test
  void counts_what_was_looked_at() throws IOException {
    var coverage = tree(Meshes.faulty()).get("coverage");

    assertThat(coverage.get("rules").asInt()).isEqualTo(42);
    assertThat(coverage.get("decided").asInt()).isEqualTo(41);
    assertThat(coverage.get("facts").asInt()).isEqualTo(318);
    assertThat(coverage.at("/unread/0/reason").asString()).isEqualTo("forbidden");
  }

  @Test
  void prints_the_same_bytes_each_time() throws IOException {
    var one = text(Meshes.faulty());

    assertThat(text(Meshes.faulty())).isEqualTo(one);
    assertThat(one)
        .startsWith(
            """
            {
              "apiVersion": "meshdoctor.io/v1",
              "kind": "Diagnosis",
              "mesh": "prod",
              "verdict": "faulty",
              "clusters": [
                {
                  "name": "oslo",
            """)
        .endsWith("\n}\n")
        .doesNotContain("\r");
  }

  @Test
  void passes_on_that_the_place_cannot_be_written() {
    var full =
        new Writer() {
          @Override
          public void write(char[] text, int offset, int length) throws IOException {
            throw new IOException("no space left on device");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };

    assertThatThrownBy(() -> new JsonReport().write(Meshes.faulty(), full))
        .isInstanceOf(IOException.class)
        .hasMessage("no space left on device");
  }
}
