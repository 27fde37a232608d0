package io.meshdoctor.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which rules there are beside the built-in ones. */
final class RuleOptions {

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "More rules: the .drl files below DIR. May be repeated.")
  private List<Path> directories = new ArrayList<>();

  List<Path> directories() {
    return directories;
  }
}
