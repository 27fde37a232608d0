package io.meshdoctor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.ConnectedProxies;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserRulesTest {

  private static final RuleBase BUILT_IN = RuleBase.builtIn();
  private static final Path EXAMPLES = Path.of("../examples/rules");
  private static final Origin ADSZ =
      Origin.istiod("east", "prod-east", "istio-system", "istiod-1", "adsz");
  private static final List<Fact> OLD_PROXIES =
      List.of(
          new Cluster(
              "east",
              "c1",
              Role.UNKNOWN,
              "",
              "",
              "",
              "istio-system",
              "prod-east",
              "",
              Origin.UNKNOWN),
          new Listed("east", "adsz", "istio-system/istiod-1", ADSZ),
          new ConnectedProxies(
              "east",
              "istiod-1",
              "c1",
              "east",
              "shop",
              "",
              "",
              "1.19.3",
              false,
              4,
              "cart-1",
              ADSZ));

  @TempDir private Path directory;
  @TempDir private Path cache;

  @Test
  void the_example_of_the_readme_finds_proves_and_explains_itself() {
    var loaded = new UserRules(cache).load(BUILT_IN, List.of(EXAMPLES));

    var diagnosis = new Diagnostician(loaded.rules()).diagnose("prod", OLD_PROXIES);

    assertThat(loaded.problems()).isEmpty();
    var root = diagnosis.rootCauses().get(0);
    assertThat(root.finding().code()).isEqualTo("ACME1");
    assertThat(root.finding().message()).isEqualTo("4 proxies of east run Istio 1.19.3");
    assertThat(root.fix())
        .isEqualTo("Restart the workloads of the namespace, so that they are injected anew");
    assertThat(root.because())
        .extracting(Proof::origin)
        .contains("east: istiod istio-system/istiod-1 /debug/adsz");
  }

  @Test
  void compiled_rules_are_kept_and_found_again() throws IOException {
    new UserRules(cache).load(BUILT_IN, List.of(EXAMPLES));
    var kept = Files.list(cache).toList();
    var time = Files.getLastModifiedTime(kept.get(0));

    var again = new UserRules(cache).load(BUILT_IN, List.of(EXAMPLES));

    assertThat(kept).hasSize(1);
    assertThat(Files.list(cache).toList()).isEqualTo(kept);
    assertThat(Files.getLastModifiedTime(kept.get(0))).isEqualTo(time);
    assertThat(again.rules().rule("ACME1")).isPresent();
  }

  @Test
  void facts_can_be_gathered_in_a_list() throws IOException {
    var gathering =
        "accumulate( $p : ConnectedProxies( of == $c.name ); $all : collectList( $p ) )";
    write(
        "list.drl",
        rule("T1", "$c : Cluster()\n" + gathering)
            .replace(
                "import io.meshdoctor.rules", "import java.util.List;\nimport io.meshdoctor.rules")
            .replace("\"found\"", "\"%d found\", $all.size()"));

    var loaded = new UserRules(cache).load(BUILT_IN, List.of(directory));

    assertThat(loaded.problems()).isEmpty();
    assertThat(new Diagnostician(loaded.rules()).diagnose("prod", OLD_PROXIES).rootCauses())
        .extracting(root -> root.finding().message())
        .contains("1 found");
  }

  @Test
  void a_broken_file_is_named_by_line_and_column_and_the_others_run() throws IOException {
    write("good.drl", Files.readString(EXAMPLES.resolve("old-proxies.drl")));
    write("typo.drl", rule("T1", "$c : Cluster( nam == \"east\" )"));
    write("unknown.drl", rule("T2", "$c : Clustr()"));
    write("syntax.drl", "package acme;\nrule \"x\"\nwhen\n  Cluster(\nthen\nend\n");

    var loaded = new UserRules(cache).load(BUILT_IN, List.of(directory));

    assertThat(loaded.problems())
        .extracting(problem -> directory.relativize(Path.of(problem.file())) + ":" + problem.line())
        .containsExactly("syntax.drl:6", "typo.drl:9", "unknown.drl:9");
    assertThat(loaded.problems())
        .extracting(RuleProblem::message)
        .contains(
            "Cluster has no nam; did you mean name?",
            "there is no fact Clustr; did you mean Cluster?");
    assertThat(loaded.problems()).allMatch(problem -> problem.column() > 0);
    var diagnosis = new Diagnostician(loaded.rules()).diagnose("prod", OLD_PROXIES);
    assertThat(diagnosis.rootCauses()).hasSize(1);
    assertThat(diagnosis.coverage().unread())
        .anyMatch(
            place -> place.what().endsWith("typo.drl:9:" + loaded.problems().get(1).column()));
  }

  @Test
  void names_in_what_a_fix_changes_are_checked_before_the_rule_fires() throws IOException {
    write(
        "changes.drl",
        rule("T6", "$c : Cluster()\n    $i : Istiod( cluster == $c.name )")
            .replace(
                ".finding()",
                """

                            .changing( $i ).to( "redy", true )
                            .changing( $i ).to( "env[PILOT_X]", "y", "ready", true )
                            .changing( Istiod.class, "claster", $c.name() ).to( "ready", true )
                            .adding( Clustr.class, "name", "x" )
                            .adding( $c, "isRemote", "x" )
                            .removing( Istiod.class, "cluster" )
                            .removing( Istiod.class, "ambientAcross", true )
                            .finding()\
                """));

    var loaded = new UserRules(cache).load(BUILT_IN, List.of(directory));

    assertThat(loaded.problems())
        .extracting(problem -> problem.line() + ": " + problem.message())
        .containsExactly(
            "13: Istiod has no redy; did you mean ready?",
            "15: Istiod has no claster; did you mean cluster?",
            "16: there is no fact Clustr; did you mean Cluster?",
            "17: Cluster has no isRemote",
            "18: names and values of Istiod do not alternate");
  }

  @Test
  void a_kind_that_nothing_is_ever_listed_as_is_named() throws IOException {
    write(
        "kind.drl",
        rule("T7", "$c : Cluster()\n    $r : Listed( cluster == $c.name, kind == \"Secrets\" )"));

    var loaded = new UserRules(cache).load(BUILT_IN, List.of(directory));

    assertThat(loaded.problems())
        .extracting(RuleProblem::message)
        .containsExactly("nothing is listed as Secrets; did you mean Secret?");
  }

  @Test
  void a_mesh_is_not_healthy_while_a_rule_is_left_out() throws IOException {
    write("unknown.drl", rule("T2", "$c : Clustr()"));

    var loaded = new UserRules(cache).load(BUILT_IN, List.of(directory));

    assertThat(new Diagnostician(BUILT_IN).diagnose("prod", List.of()).verdict())
        .isEqualTo(Verdict.HEALTHY);
    assertThat(new Diagnostician(loaded.rules()).diagnose("prod", List.of()).verdict())
        .isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void code_that_does_more_than_conclude_is_refused() throws IOException {
    write(
        "exit.drl",
        rule("T3", "$c : Cluster()").replace("insertLogical(", "System.exit( 1 ); insertLogical("));
    write("file.drl", rule("T4", "$c : Cluster( new java.io.File( name ).delete() )"));
    write("function.drl", "package acme;\nfunction void f() { System.exit( 1 ); }\n");

    var loaded = new UserRules(cache).load(BUILT_IN, List.of(directory));

    assertThat(loaded.rules().rules()).hasSameSizeAs(BUILT_IN.rules());
    assertThat(loaded.problems())
        .extracting(problem -> Path.of(problem.file()).getFileName().toString())
        .contains("exit.drl", "file.drl", "function.drl");
  }

  @Test
  void a_rule_that_derives_something_else_than_a_finding_is_refused() throws IOException {
    write(
        "fact.drl",
        rule("T6", "$c : Cluster()")
            .replaceFirst(
                "(?s)insertLogical.*?;",
                "insertLogical( new NamespaceLabels( \\$c.name(), \"x\", null, null ) );"));

    var loaded = new UserRules(cache).load(BUILT_IN, List.of(directory));

    assertThat(loaded.problems())
        .extracting(RuleProblem::message)
        .containsExactly(
            "rule \"rule T6\" has to have the one statement insertLogical( Conclude.that( ... ) ..."
                + " .finding() ) after then");
  }

  @Test
  void a_rule_that_fails_while_it_runs_is_left_out_and_named() throws IOException {
    write("fails.drl", rule("T5", "$c : Cluster( name.substring( 99 ) == \"x\" )"));
    var loaded = new UserRules(cache).load(BUILT_IN, List.of(directory, EXAMPLES));

    var diagnosis = new Diagnostician(loaded.rules()).diagnose("prod", OLD_PROXIES);

    assertThat(loaded.problems()).isEmpty();
    assertThat(diagnosis.rootCauses())
        .extracting(root -> root.finding().code())
        .containsExactly("ACME1");
    assertThat(diagnosis.coverage().unread())
        .extracting(place -> place.reason())
        .containsExactly("the rule (rule T5) fails with StringIndexOutOfBoundsException");
  }

  @Test
  void a_built_in_rule_is_replaced_by_its_id_and_that_is_said() throws IOException {
    write("own.drl", rule("MD301", "$c : Cluster()"));

    var loaded = new UserRules(cache).load(BUILT_IN, List.of(directory));

    assertThat(loaded.replaced()).containsExactly("MD301");
    assertThat(loaded.rules().rule("MD301").orElseThrow().header().title()).isEqualTo("rule MD301");
    assertThat(loaded.rules().rules()).hasSameSizeAs(BUILT_IN.rules());
  }

  @Test
  void a_rule_that_is_switched_off_is_named_and_the_verdict_stands() {
    var without = new Diagnostician(BUILT_IN.switchingOff(List.of("MD301")));

    var diagnosis = without.diagnose("prod", List.of());

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(diagnosis.coverage().rules()).isEqualTo(BUILT_IN.rules().size() - 1);
    assertThat(diagnosis.coverage().unread())
        .extracting(place -> place.what() + ": " + place.reason())
        .containsExactly("rule MD301: switched off");
  }

  @Test
  void a_directory_that_is_not_there_is_a_problem() {
    var loaded = new UserRules(cache).load(BUILT_IN, List.of(directory.resolve("none")));

    assertThat(loaded.problems())
        .extracting(RuleProblem::message)
        .containsExactly("is no directory of rules that can be read");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private static String rule(String id, String condition) {
    return """
        package acme;
        import io.meshdoctor.facts.*;
        import io.meshdoctor.rules.Conclude;

        rule "rule %s"
            @id( %s )
            @severity( WARNING )
        when
            %s
        then
            insertLogical( Conclude.that( kcontext, "found" ).outOf( $c.name() ).finding() );
        end
        """
        .formatted(id, id, condition);
  }
}
