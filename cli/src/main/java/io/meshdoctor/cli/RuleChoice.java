package io.meshdoctor.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * Which rules a run uses, beside what the environment says.
 *
 * @param directories where more rules are
 * @param disabled ids of rules that are switched off
 */
record RuleChoice(List<Path> directories, List<String> disabled) {

  /** No more rules, and no fewer. */
  static final RuleChoice BUILT_IN = of(List.of());

  RuleChoice {
    directories = List.copyOf(directories);
    disabled = List.copyOf(disabled);
  }

  /** More rules, and none switched off. */
  static RuleChoice of(List<Path> directories) {
    return new RuleChoice(directories, List.of());
  }
}
