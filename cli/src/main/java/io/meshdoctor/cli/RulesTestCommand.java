package io.meshdoctor.cli;

import io.meshdoctor.engine.RuleBase;
import io.meshdoctor.engine.RuleCase;
import io.meshdoctor.engine.report.Tone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the cases of rules. */
@Command(
    name = "test",
    header = "Run the cases of rules.",
    description = {
      "",
      "Runs every cases/*.yaml of the folders below DIR that are named for a rule, such as"
          + " MD301-remote-secret-missing."
    },
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:Every case holds.",
      "1:At least one case does not hold.",
      "2:There is no case, or one cannot be read.",
      "3:The program itself failed."
    })
final class RulesTestCommand implements Callable<Integer> {

  private final Program program;
  private final MeshdoctorCommand common;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Where the folders of the rules are.")
  private Path directory;

  @Mixin private RuleOptions ruleOptions;

  @Mixin private HelpOption help;

  RulesTestCommand(Program program, MeshdoctorCommand common) {
    this.program = program;
    this.common = common;
  }

  @Override
  public Integer call() {
    var files = caseFiles();
    var rules = program.rules().apply(ruleOptions.directories());
    var out = spec.commandLine().getOut();
    var palette = common.audience(program).terminal().palette();
    int failed = 0;
    for (var file : files) {
      var shortfalls = shortfalls(file, rules);
      var name = "%s  %s".formatted(rule(file), name(file));
      if (shortfalls.isEmpty()) {
        out.printf("%s  %s%n", palette.paint(Tone.GOOD, "ok    "), name);
      } else {
        failed++;
        out.printf("%s  %s%n", palette.paint(Tone.ERROR, "FAILED"), name);
        shortfalls.forEach(shortfall -> out.printf("          %s%n", shortfall));
      }
    }
    out.printf("%d case%s, %d failed%n", files.size(), files.size() == 1 ? "" : "s", failed);
    out.flush();
    return (failed == 0 ? ExitStatus.PASSED : ExitStatus.FAILED).code();
  }

  /** The files of all cases. There must be one: a run that runs nothing says nothing. */
  private List<Path> caseFiles() {
    if (!Files.isDirectory(directory)) {
      throw new UsageException("%s is not a directory".formatted(directory));
    }
    try (var all = Files.walk(directory)) {
      var files =
          all.filter(file -> file.toString().endsWith(".yaml"))
              .filter(file -> file.toAbsolutePath().getParent().endsWith("cases"))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new UsageException("there are no cases/*.yaml below %s".formatted(directory));
      }
      return files;
    } catch (IOException unreadable) {
      throw new UsageException("%s cannot be read".formatted(directory));
    }
  }

  /** What a case expects and does not get, or gets and does not expect. */
  private static List<String> shortfalls(Path file, RuleBase rules) {
    var id = rule(file);
    if (rules.rule(id).isEmpty()) {
      return List.of("no rule is called " + id);
    }
    RuleCase one;
    try {
      one = RuleCase.read(file);
    } catch (IllegalArgumentException | IOException unreadable) {
      return List.of(unreadable.getMessage());
    }
    List<String> shortfalls = new ArrayList<>();
    List<String> found = new ArrayList<>(one.findings(rules, id));
    for (var expected : one.expect()) {
      if (!found.remove(expected)) {
        shortfalls.add("not found:    " + expected);
      }
    }
    found.forEach(finding -> shortfalls.add("not expected: " + finding));
    if (one.undecided() && !one.isUndecided(rules, id)) {
      shortfalls.add("does not say that it could not look");
    }
    return shortfalls;
  }

  /** The id that the name of the folder starts with. */
  private static String rule(Path file) {
    var folder = file.toAbsolutePath().getParent().getParent().getFileName().toString();
    int dash = folder.indexOf('-');
    return dash < 0 ? folder : folder.substring(0, dash);
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".yaml", "").replace('-', ' ');
  }
}
