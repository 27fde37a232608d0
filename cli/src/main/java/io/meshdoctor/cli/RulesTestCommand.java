package io.meshdoctor.cli;

import io.meshdoctor.engine.RuleBase;
import io.meshdoctor.engine.RuleCase;
import io.meshdoctor.engine.report.Tone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
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
          + " MD301-remote-secret-missing, against the built-in rules and those below DIR."
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

  private static final Pattern BUILT_IN = Pattern.compile("(?m)^package io\\.meshdoctor\\.");

  private final Program program;
  private final MeshdoctorCommand common;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Where the folders of the rules are.")
  private Path directory;

  @Mixin private RuleOptions ruleOptions;

  RulesTestCommand(Program program, MeshdoctorCommand common) {
    this.program = program;
    this.common = common;
  }

  @Override
  public Integer call() {
    var files = below(".yaml").stream().filter(file -> fromEnd(file, 2).equals("cases")).toList();
    if (files.isEmpty()) {
      // A run that runs nothing says nothing.
      throw new UsageException("there are no cases/*.yaml below %s".formatted(directory));
    }
    List<Path> directories = new ArrayList<>(ruleOptions.directories());
    if (below(".drl").stream().anyMatch(RulesTestCommand::isOwn)) {
      directories.add(directory);
    }
    var rules = program.rules().apply(RuleChoice.of(directories));
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

  private List<Path> below(String ending) {
    if (!Files.isDirectory(directory)) {
      throw new UsageException("%s is not a directory".formatted(directory));
    }
    try (var all = Files.walk(directory)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException | UncheckedIOException unreadable) {
      throw new UsageException("%s cannot be read".formatted(directory));
    }
  }

  /** Whether it holds a rule that is not built in. */
  private static boolean isOwn(Path file) {
    try {
      return !BUILT_IN.matcher(Files.readString(file)).find();
    } catch (IOException unreadable) {
      return true;
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
    var folder = fromEnd(file, 3);
    int dash = folder.indexOf('-');
    return dash < 0 ? folder : folder.substring(0, dash);
  }

  /** A name of its path, counted from the last one; empty where it has no such name. */
  private static String fromEnd(Path file, int number) {
    var path = file.toAbsolutePath().normalize();
    int index = path.getNameCount() - number;
    return index < 0 ? "" : path.getName(index).toString();
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".yaml", "").replace('-', ' ');
  }
}
