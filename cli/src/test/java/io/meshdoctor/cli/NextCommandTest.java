package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.collector.BundleReader;
import io.meshdoctor.engine.Diagnostician;
import io.meshdoctor.facts.Listed;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What to read next, and the ledger that it is told from. */
class NextCommandTest {

  private static final Diagnoser DOCTOR =
      new MeshDiagnoser(MeshSources::read, directories -> Run.RULES);

  private static Path recording() throws URISyntaxException {
    return Path.of(
        NextCommandTest.class
            .getResource("/recordings/multi-primary-multi-network-healthy.tar.gz")
            .toURI());
  }

  /** A recording without what was read of some kinds. */
  private static Program without(String... kinds) {
    return Run.program(
        "meshdoctor",
        Terminal.NONE,
        (sources, progress, rules, accounting) -> {
          var mesh = BundleReader.read(sources.bundles());
          var facts =
              mesh.facts().stream()
                  .filter(
                      fact ->
                          !(fact instanceof Listed listed)
                              || !List.of(kinds).contains(listed.kind()))
                  .toList();
          return new Diagnostician(Run.RULES).accounting().diagnose(mesh.mesh(), facts);
        });
  }

  @Test
  void says_that_nothing_is_undecided() throws Exception {
    var run = Run.with(DOCTOR, "next", "--bundle=" + recording());

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("nothing is undecided: all ");
  }

  @Test
  void names_the_commands_that_decide_most_first() throws Exception {
    var run = Run.of(without("remote secrets"), "next", "--bundle=" + recording());

    assertThat(run.status()).isEqualTo(4);
    assertThat(run.out())
        .startsWith("undecided: ")
        .contains("1: decides ")
        .contains("    kubectl --context=east get secrets -A -o json\n")
        .contains("    kubectl --context=west get secrets -A -o json\n")
        .contains("MD301");
  }

  @Test
  void names_a_proxy_that_there_is() throws Exception {
    var run = Run.of(without("Envoy certs"), "next", "--bundle=" + recording());

    assertThat(run.out())
        .containsPattern(
            "kubectl --context=east -n sample exec \\S+ -c istio-proxy -- pilot-agent request GET"
                + " 'certs'");
  }

  @Test
  void a_path_whose_services_were_not_read_is_not_called_empty() throws Exception {
    var run =
        Run.of(
            without("Service", "remote secrets"),
            "path",
            "--from=east/sample/curl",
            "--to=helloworld",
            "--bundle=" + recording());

    assertThat(run.out()).contains("to west: ").doesNotContain("no ready endpoint there");
  }

  @Test
  void tells_programs_the_same() throws Exception {
    var run = Run.of(without("remote secrets"), "next", "--bundle=" + recording(), "-o=json");

    var next = new JsonMapper().readTree(run.out());
    assertThat(next.get("kind").asString()).isEqualTo("NextSteps");
    assertThat(next.get("verdict").asString()).isEqualTo("undecided");
    assertThat(next.get("steps").get(0).get("commands")).isNotEmpty();
    assertThat(next.get("steps").get(0).get("decides").get(0).get("subjects").asInt()).isPositive();
  }

  @Test
  void the_ledger_tells_of_each_subject_why_it_is_ruled_out() throws Exception {
    var run = Run.with(DOCTOR, "diagnose", "--ledger", "--bundle=" + recording());

    assertThat(run.out())
        .contains("ledger: of ")
        .contains(
            """
            MD201: two clusters trust different roots
              ruled out east, west
              because   istio-ca-root-cert of east holds root e9add6f103f046c9 (CN=Root CA,O=Istio)
            """)
        .contains("  read      ConfigMap of east; ConfigMap of west\n")
        .contains("not applicable: ");
  }

  @Test
  void the_ledger_is_in_the_json_only_where_it_was_asked_for() throws Exception {
    var with = Run.with(DOCTOR, "diagnose", "--ledger", "-o=json", "--bundle=" + recording());
    var without = Run.with(DOCTOR, "diagnose", "-o=json", "--bundle=" + recording());

    var ledger = new JsonMapper().readTree(with.out()).get("ledger");
    assertThat(ledger.findValuesAsString("outcome")).isNotEmpty().containsOnly("ruledOut");
    assertThat(new JsonMapper().readTree(without.out()).has("ledger")).isFalse();
  }

  @Test
  void the_completion_knows_the_commands() {
    assertThat(Run.of("generate-completion").out())
        .contains("function _picocli_meshdoctor_next() {", "function _picocli_meshdoctor_path() {")
        .contains("--ledger", "--from", "--to");
  }
}
