package io.meshdoctor.cli;

import io.meshdoctor.engine.RuleInfo;
import io.meshdoctor.engine.report.Palette;
import io.meshdoctor.engine.report.Tone;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the page of one rule. */
@Command(
    name = "explain",
    header = "Show the page of one rule: symptoms, mechanism, how to confirm it, how to mend it.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%n")
final class ExplainCommand implements Callable<Integer> {

  private final Program program;
  private final MeshdoctorCommand common;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "Id of the rule, such as MD301.")
  private String id;

  @Mixin private RuleOptions ruleOptions;

  ExplainCommand(Program program, MeshdoctorCommand common) {
    this.program = program;
    this.common = common;
  }

  @Override
  public Integer call() {
    var rules = program.rules().apply(RuleChoice.of(ruleOptions.directories()));
    var rule =
        rules
            .rule(id.toUpperCase(Locale.ROOT))
            .orElseThrow(
                () -> {
                  var near = NearIds.of(id, rules.rules().stream().map(RuleInfo::id).toList());
                  return new UsageException(
                      "no rule is called %s; near are %s; `%s rules list` lists all"
                          .formatted(id, String.join(", ", near), program.name()));
                });
    var out = spec.commandLine().getOut();
    var palette = common.audience(program).terminal().palette();
    page(rule).lines().forEach(line -> out.println(painted(line, palette)));
    out.flush();
    return ExitStatus.PASSED.code();
  }

  /** Its page; what its header says where it has none. */
  private static String page(RuleInfo rule) {
    return rule.page().text().isBlank()
        ? "# %s: %s".formatted(rule.id(), rule.header().title())
        : rule.page().text();
  }

  private static String painted(String line, Palette palette) {
    return line.startsWith("#") ? palette.paint(Tone.STRONG, line) : line;
  }
}
