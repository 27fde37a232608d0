package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.cli.ReportFormat.Audience;
import io.meshdoctor.collector.BundleReader;
import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Diagnostician;
import io.meshdoctor.engine.Proof;
import io.meshdoctor.engine.RuleBase;
import io.meshdoctor.engine.Verdict;
import io.meshdoctor.facts.Confidence;
import io.meshdoctor.facts.Severity;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Diagnoses recordings of real meshes, each broken in one known way or healthy. */
class RecordingsTest {

  private static final Diagnostician DOCTOR = new Diagnostician(RuleBase.builtIn());
  private static final JsonMapper JSON = new JsonMapper();

  static List<String> recordings() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(home())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".expect.json"))
          .map(name -> name.replace(".expect.json", ""))
          .sorted()
          .toList();
    }
  }

  private static Path home() throws URISyntaxException {
    return Path.of(RecordingsTest.class.getResource("/recordings").toURI());
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void the_root_causes_are_found_and_nothing_else(String recording) throws Exception {
    var expected = JSON.readTree(Files.readString(home().resolve(recording + ".expect.json")));

    var diagnosis = diagnose(recording);

    var roots = diagnosis.rootCauses();
    var accepted = codes(expected.get("rootCauses"));
    for (var cause : expected.get("rootCauses")) {
      assertThat(roots).extracting(RecordingsTest::code).containsAnyElementsOf(codes(cause));
    }
    accepted.addAll(texts(expected.get("also")));
    assertThat(roots)
        .filteredOn(root -> root.finding().severity() != Severity.INFO)
        .extracting(root -> root.finding().code() + ": " + root.finding().message())
        .allMatch(line -> accepted.contains(line.substring(0, line.indexOf(':'))));
    assertThat(
            roots.stream()
                .filter(root -> accepted.contains(code(root)))
                .flatMap(root -> root.finding().clusters().stream()))
        .containsAll(texts(expected.get("clusters")));
    if (!expected.get("verdict").asString().equals("any")) {
      assertThat(diagnosis.verdict().name().toLowerCase(Locale.ROOT))
          .isEqualTo(expected.get("verdict").asString());
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void each_root_cause_is_proven_and_has_a_fix(String recording) throws Exception {
    var diagnosis = diagnose(recording);

    assertThat(diagnosis.rootCauses())
        .allSatisfy(
            root -> {
              assertThat(root.because()).isNotEmpty();
              assertThat(leaves(root.because())).allMatch(leaf -> !leaf.origin().isEmpty());
              assertThat(root.fix()).isNotBlank();
              assertThat(root.doc()).startsWith("https://istio.io/");
              assertThat(root.finding().objects()).as("what it is about").isNotEmpty();
              assertThat(root.finding().fix()).as("commands").isNotEmpty();
            });
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void each_fix_mends_its_fault_and_breaks_nothing(String recording) throws Exception {
    var diagnosis = diagnose(recording);

    assertThat(diagnosis.rootCauses())
        .filteredOn(root -> !root.finding().changes().isEmpty())
        .allSatisfy(
            root ->
                assertThat(root.tried())
                    .as(root.finding().message())
                    .hasValueSatisfying(
                        trial -> {
                          assertThat(trial.appears()).as("appears").isEmpty();
                          assertThat(trial.gone()).as("gone").isTrue();
                        }));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void two_runs_print_the_same_and_no_secret(String recording) throws Exception {
    var first = inAllForms(diagnose(recording));
    var second = inAllForms(diagnose(recording));

    assertThat(second).isEqualTo(first);
    assertThat(first).doesNotContain("CANARY");
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void no_fact_holds_a_secret(String recording) throws Exception {
    var facts = BundleReader.read(List.of(home().resolve(recording + ".tar.gz"))).facts();

    assertThat(facts).isNotEmpty().noneMatch(fact -> fact.toString().contains("CANARY"));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void a_mesh_whose_requests_fail_is_never_called_healthy(String recording) throws Exception {
    var facts = BundleReader.read(List.of(home().resolve(recording + ".tar.gz"))).facts();
    boolean failing =
        facts.stream()
            .anyMatch(
                fact ->
                    fact instanceof io.meshdoctor.facts.Probe probe
                        && probe.kind().equals("mesh-request")
                        && probe.isFlawed());

    var diagnosis = DOCTOR.diagnose(recording, facts);

    assertThat(diagnosis.verdict() == Verdict.HEALTHY && failing).isFalse();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void without_the_other_cluster_nothing_wrong_is_certain(String recording) throws Exception {
    var whole = diagnose(recording);
    var expected = whole.findings().stream().map(RecordingsTest::code).collect(Collectors.toSet());
    var facts = BundleReader.read(List.of(home().resolve(recording + ".tar.gz"))).facts();
    for (var cluster : whole.clusters()) {
      var part =
          facts.stream().filter(fact -> !fact.origin().cluster().equals(cluster.name())).toList();

      var diagnosis = DOCTOR.diagnose(recording, part);

      assertThat(diagnosis.rootCauses())
          .as("without what %s told", cluster.name())
          .filteredOn(root -> root.finding().severity() != Severity.INFO)
          .filteredOn(root -> root.finding().confidence() == Confidence.CERTAIN)
          .extracting(root -> root.finding().code() + ": " + root.finding().message())
          .allMatch(line -> expected.contains(line.substring(0, line.indexOf(':'))));
    }
  }

  private static Diagnosis diagnose(String recording) {
    try {
      var read = BundleReader.read(List.of(home().resolve(recording + ".tar.gz")));
      return DOCTOR.diagnose(read.mesh(), read.facts());
    } catch (URISyntaxException notAPath) {
      throw new IllegalStateException(notAPath);
    }
  }

  private static String inAllForms(Diagnosis diagnosis) {
    var text = new StringWriter();
    var reader = new Audience(Terminal.NONE, "meshdoctor", true);
    try {
      for (var format : ReportFormat.values()) {
        format.report(reader, Severity.INFO).write(diagnosis, text);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static String code(Conclusion conclusion) {
    return conclusion.finding().code();
  }

  private static Stream<Proof> leaves(List<Proof> proofs) {
    return proofs.stream()
        .flatMap(proof -> proof.because().isEmpty() ? Stream.of(proof) : leaves(proof.because()));
  }

  private static Set<String> codes(JsonNode causes) {
    Set<String> codes = new TreeSet<>();
    if (causes.isArray()) {
      causes.forEach(cause -> codes.addAll(codes(cause)));
    } else {
      codes.addAll(texts(causes.get("codes")));
    }
    return codes;
  }

  private static List<String> texts(JsonNode list) {
    return list.values().stream().map(JsonNode::asString).toList();
  }
}
