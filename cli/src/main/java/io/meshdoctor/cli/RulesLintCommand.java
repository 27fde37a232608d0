package io.meshdoctor.cli;

import io.meshdoctor.engine.RuleBase;
import io.meshdoctor.engine.UserRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is wrong with rules, without running them. */
@Command(
    name = "lint",
    header = "Say by line and column what is wrong with rules, and what was perhaps meant.",
    description = {
      "",
      "Reads and compiles each .drl file below DIR, and looks at names of facts, of their components"
          + " in conditions and in what a fix changes, at kinds that are listed, and at ids."
    },
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:Nothing is wrong.",
      "1:Something is wrong.",
      "2:There is no rule, or a directory cannot be read.",
      "3:The program itself failed."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ${ROOT-COMMAND-NAME} rules lint ~/.config/meshdoctor/rules"})
final class RulesLintCommand implements Callable<Integer> {

  private final Program program;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "Where the rules are.")
  private List<Path> directories = new ArrayList<>();

  RulesLintCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    int files = directories.stream().mapToInt(RulesLintCommand::files).sum();
    if (files == 0) {
      // a run that looks at nothing says nothing
      throw new UsageException("there is no .drl below %s".formatted(directories.get(0)));
    }
    var loaded =
        new UserRules(RuleSource.cache(program.environment()))
            .load(RuleBase.builtIn(), directories);
    var out = spec.commandLine().getOut();
    loaded.problems().forEach(out::println);
    for (var id : loaded.replaced()) {
      loaded
          .rules()
          .rule(id)
          .ifPresent(
              rule -> out.printf("%s: note: replaces the built-in rule %s%n", rule.source(), id));
    }
    int problems = loaded.problems().size();
    out.printf(
        "%d file%s, %d problem%s%n",
        files, files == 1 ? "" : "s", problems, problems == 1 ? "" : "s");
    out.flush();
    return (problems == 0 ? ExitStatus.PASSED : ExitStatus.FAILED).code();
  }

  private static int files(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new UsageException("%s is not a directory".formatted(directory));
    }
    try (var all = Files.walk(directory)) {
      return (int) all.filter(file -> file.toString().endsWith(".drl")).count();
    } catch (IOException | UncheckedIOException unreadable) {
      throw new UsageException("%s cannot be read".formatted(directory));
    }
  }
}
