package io.meshdoctor.cli;

import io.meshdoctor.facts.Severity;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How bad a root cause must be to make a run fail. */
final class FailOnOption {

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      defaultValue = "error",
      converter = SeverityConverter.class,
      completionCandidates = Severities.class,
      description =
          "Least severity that makes the exit status 1: ${COMPLETION-CANDIDATES}. Default:"
              + " ${DEFAULT-VALUE}.")
  private Severity severity;

  Severity severity() {
    return severity;
  }

  /** Names of the severities, for usage texts and completion. */
  static final class Severities implements Iterable<String> {

    private static final List<String> WORDS =
        Arrays.stream(Severity.values())
            .map(severity -> severity.name().toLowerCase(Locale.ROOT))
            .toList();

    @Override
    public Iterator<String> iterator() {
      return WORDS.iterator();
    }
  }

  /** Reads the name of a severity. */
  static final class SeverityConverter implements ITypeConverter<Severity> {

    @Override
    public Severity convert(String value) {
      if (!Severities.WORDS.contains(value.toLowerCase(Locale.ROOT))) {
        throw new TypeConversionException(
            "no severity is called '%s'; there are %s"
                .formatted(value, String.join(", ", Severities.WORDS)));
      }
      return Severity.valueOf(value.toUpperCase(Locale.ROOT));
    }
  }
}
