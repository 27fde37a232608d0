package io.meshdoctor.cli;

import picocli.CommandLine.Command;

/** Groups the commands about rules. */
@Command(
    name = "rules",
    header = "Work on rules.",
    synopsisSubcommandLabel = "COMMAND",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n")
final class RulesCommand {}
