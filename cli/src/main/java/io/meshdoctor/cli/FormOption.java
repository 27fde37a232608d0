package io.meshdoctor.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/** In which form something other than a diagnosis is printed. */
final class FormOption {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "Form of the output: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Form form;

  /** The forms that there are. */
  enum Form {
    /** For people. */
    TEXT,
    /** For programs. */
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Form form() {
    return form;
  }
}
