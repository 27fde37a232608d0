package io.meshdoctor.cli;

import picocli.CommandLine.Option;

/** How every command is asked what it does. */
final class HelpOption {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean asked;
}
