package io.meshdoctor.cli;

import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.facts.Finding;
import java.util.Optional;

/**
 * Warns of a recording that holds live credentials. It is a matter of the file and not of the mesh,
 * so whoever lets a program read the report has to see it as well.
 */
final class CredentialWarning {

  private static final String RULE = "MD902";

  private CredentialWarning() {}

  /** One line for all files; empty where no credentials were seen. */
  static Optional<String> of(Diagnosis diagnosis) {
    var messages =
        diagnosis.findings().stream()
            .map(conclusion -> conclusion.finding())
            .filter(finding -> finding.code().equals(RULE))
            .map(Finding::message)
            .toList();
    return messages.stream()
        .findFirst()
        .map(
            first ->
                switch (messages.size()) {
                  case 1 -> first;
                  case 2 -> first + ", and one file more";
                  default -> "%s, and %d files more".formatted(first, messages.size() - 1);
                });
  }
}
