package io.meshdoctor.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a rule to begin with. */
@Command(
    name = "new",
    header = "Write a rule to begin with: the rule, its page, and its cases.",
    description = {
      "",
      "What it writes is whole, and its cases hold: an example to put your own condition in. The"
          + " rule is in the folder ID-NAME below DIR."
    },
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:The rule was written.",
      "2:The id or the name is none, or the folder is there or cannot be written.",
      "3:The program itself failed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} rules new ACME2 \"an istiod is not ready\" --dir rules",
      "  ${ROOT-COMMAND-NAME} rules test rules",
      "  ${ROOT-COMMAND-NAME} diagnose --bundle recorded.tar.gz --rules rules"
    })
final class RulesNewCommand implements Callable<Integer> {

  /** What begins the name of a folder up to its first dash. */
  private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9]{0,31}");

  /** What can stand in quotes. */
  private static final Pattern TITLE =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ,.'()/:-]{0,99}");

  private final Program program;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ID",
      index = "0",
      description = "Id of the rule: letters and digits, such as ACME2; one that is not built in.")
  private String id;

  @Parameters(
      paramLabel = "NAME",
      index = "1",
      description = "Name of the rule: what is wrong, in plain words.")
  private String name;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where to write its folder. Default: here.")
  private Path directory;

  RulesNewCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    var rule = skeleton();
    if (program.rules().apply(RuleChoice.BUILT_IN).rule(rule.id()).isPresent()) {
      throw new UsageException(
          "there is a rule %s, which this one would replace; take another id".formatted(rule.id()));
    }
    var folder = directory.resolve(rule.folder());
    if (Files.exists(folder)) {
      throw new UsageException("%s is there already".formatted(folder));
    }
    var out = spec.commandLine().getOut();
    for (var file : rule.files().entrySet()) {
      var path = folder.resolve(file.getKey());
      try {
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.writeString(path, file.getValue());
      } catch (IOException failed) {
        throw UsageException.unwritable("the rule", path, failed);
      }
      out.println(path);
    }
    out.printf("Its cases: %s rules test %s%n", program.name(), directory);
    out.flush();
    return ExitStatus.PASSED.code();
  }

  private RuleSkeleton skeleton() {
    var upper = id.toUpperCase(Locale.ROOT);
    if (!ID.matcher(upper).matches()) {
      throw new ParameterException(
          spec.commandLine(), "an id is a letter and then letters and digits, such as ACME2");
    }
    var title = name.contains(" ") ? name.strip() : name.replace('-', ' ').strip();
    if (!TITLE.matcher(title).matches()) {
      throw new ParameterException(
          spec.commandLine(), "a name is at most 100 letters, digits, blanks and ,.'()/:-");
    }
    return new RuleSkeleton(upper, title);
  }
}
