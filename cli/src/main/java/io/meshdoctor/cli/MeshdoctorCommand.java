package io.meshdoctor.cli;

import io.meshdoctor.cli.ReportFormat.Audience;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program itself, and the options that every command has. */
@Command(
    name = "meshdoctor",
    header = "Find out why the clusters of an Istio mesh cannot reach each other, and prove it.",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} diagnose --context east --context west",
      "  ${ROOT-COMMAND-NAME} explain MD301",
      "  ${ROOT-COMMAND-NAME} diagnose --help"
    })
final class MeshdoctorCommand {

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "Use no colours. So does the environment variable NO_COLOR.")
  private boolean uncoloured;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description =
          "Show more; -vv (or -vvv) also shows where the program failed. Secrets are never shown.")
  private boolean[] verbosity = {};

  /** Who reads what a command prints. */
  Audience audience(Program program) {
    var terminal = uncoloured ? program.terminal().uncoloured() : program.terminal();
    return new Audience(terminal, program.name(), verbosity.length > 0);
  }

  /** Whether the user does not want colours. */
  boolean uncoloured() {
    return uncoloured;
  }

  /** Whether the user wants to see where the program failed. */
  boolean debugging() {
    return verbosity.length > 1;
  }
}
