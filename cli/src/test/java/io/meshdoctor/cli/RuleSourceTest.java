package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleSourceTest {

  private static final String RULE =
      """
      package acme.mesh;

      import io.meshdoctor.facts.*;
      import io.meshdoctor.rules.Conclude;

      rule "a cluster has no name"
          @id( %s )
          @severity( WARNING )
      when
          $cluster : Cluster( name == "" )
      then
          insertLogical( Conclude.that( kcontext, "it has no name" ).finding() );
      end
      """;

  @TempDir Path home;

  private final StringWriter err = new StringWriter();

  private RuleSource source(Map<String, String> environment) {
    return RuleSource.of(environment, new PrintWriter(err));
  }

  private Path write(String folder, String id) throws IOException {
    var directory = Files.createDirectories(home.resolve(folder));
    Files.writeString(directory.resolve("own.drl"), RULE.formatted(id));
    return directory;
  }

  @Test
  void has_the_built_in_rules_where_users_have_none() {
    var rules = source(Map.of("HOME", home.toString())).apply(RuleChoice.BUILT_IN);

    assertThat(rules.rule("MD301")).isPresent();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void adds_rules_from_all_places() throws IOException {
    write(".config/meshdoctor/rules", "ACME1");
    var environment =
        Map.of("HOME", home.toString(), "MESHDOCTOR_RULES", write("some", "ACME2").toString());

    var rules = source(environment).apply(RuleChoice.of(List.of(write("more", "ACME3"))));

    assertThat(rules.rule("ACME1")).isPresent();
    assertThat(rules.rule("ACME2")).isPresent();
    assertThat(rules.rule("ACME3")).isPresent();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void names_files_that_cannot_be_used_and_goes_on() throws IOException {
    var directory = write("some", "ACME1");
    Files.writeString(directory.resolve("broken.drl"), "package acme.mesh;\nrule \n");

    var rules = source(Map.of("HOME", home.toString())).apply(RuleChoice.of(List.of(directory)));

    assertThat(rules.rule("ACME1")).isPresent();
    assertThat(err.toString()).startsWith("meshdoctor: ").contains("broken.drl");
  }

  @Test
  void switches_rules_off_by_id() {
    var rules =
        source(Map.of("HOME", home.toString()))
            .apply(new RuleChoice(List.of(), List.of("MD301", "MD316")));

    assertThat(rules.rule("MD301")).isEmpty();
    assertThat(rules.rule("MD316")).isEmpty();
    assertThat(rules.rule("MD302")).isPresent();
  }

  @Test
  void says_that_there_is_no_rule_to_switch_off() {
    var source = source(Map.of("HOME", home.toString()));

    assertThatThrownBy(() -> source.apply(new RuleChoice(List.of(), List.of("MD30"))))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "no rule is called MD30, so it cannot be switched off; near are MD301, MD302, MD303");
  }

  @Test
  void says_that_a_built_in_rule_is_replaced() throws IOException {
    var directory = write("some", "MD301");

    source(Map.of("HOME", home.toString())).apply(RuleChoice.of(List.of(directory)));

    assertThat(err.toString())
        .isEqualTo(
            "meshdoctor: %s replaces the built-in rule MD301%n"
                .formatted(directory.resolve("own.drl")));
  }
}
