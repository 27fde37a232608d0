package io.meshdoctor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which rules a mesh is looked at with. */
final class DiagnosisRuleOptions {

  @Mixin private RuleOptions more;

  @Option(
      names = "--disable",
      paramLabel = "ID",
      split = ",",
      description =
          "Switch a rule off, which the report says. May be repeated. What only it explains is then"
              + " unexplained.")
  private List<String> disabled = new ArrayList<>();

  RuleChoice choice() {
    return new RuleChoice(
        more.directories(), disabled.stream().map(id -> id.toUpperCase(Locale.ROOT)).toList());
  }
}
