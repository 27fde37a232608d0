package io.meshdoctor.cli;

import io.meshdoctor.cli.ReportFormat.Audience;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Fleet;
import io.meshdoctor.facts.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import picocli.CommandLine.TypeConversionException;

/** In which forms the report is written, and where to. */
final class OutputOptions {

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT[=FILE]",
      converter = OutputConverter.class,
      completionCandidates = Formats.class,
      description = {
        "Form of the report: ${COMPLETION-CANDIDATES}; to FILE, or else to the standard output."
            + " May be repeated. Default: text."
      })
  private List<Output> outputs = new ArrayList<>();

  /**
   * One report.
   *
   * @param format its form
   * @param file where it goes; absent for the standard output
   */
  record Output(ReportFormat format, Optional<Path> file) {}

  /** Whether the command line asks for a form of the report. */
  boolean isGiven() {
    return !outputs.isEmpty();
  }

  /** Refuses what cannot be done, before anything is done. */
  void check() {
    Set<Optional<Path>> places = new HashSet<>();
    for (var output : outputs) {
      if (!places.add(output.file())) {
        throw wrong(
            output
                .file()
                .map(file -> "two reports cannot go to one file: " + file)
                .orElse("only one report can go to the standard output; give the others a FILE"));
      }
    }
  }

  /**
   * Writes the reports on one mesh.
   *
   * @param audience who reads what goes to the standard output
   * @param failOn least severity that makes the run fail
   */
  void write(Diagnosis diagnosis, Audience audience, Severity failOn) {
    write(audience, (format, reader, out) -> format.report(reader, failOn).write(diagnosis, out));
  }

  /**
   * Writes the reports on many meshes.
   *
   * @param audience who reads what goes to the standard output
   * @param failOn least severity that makes the run fail
   */
  void write(Fleet fleet, Audience audience, Severity failOn) {
    write(audience, (format, reader, out) -> format.fleet(reader, failOn).write(fleet, out));
  }

  /** Writes something in one form. */
  @FunctionalInterface
  private interface Form {

    void write(ReportFormat format, Audience reader, Writer out) throws IOException;
  }

  private void write(Audience audience, Form form) {
    if (outputs.isEmpty()) {
      print(ReportFormat.TEXT, audience, form);
    }
    for (var output : outputs) {
      if (output.file().isPresent()) {
        save(output.format(), audience.offline(), form, output.file().get());
      } else {
        print(output.format(), audience, form);
      }
    }
  }

  private void print(ReportFormat format, Audience audience, Form form) {
    PrintWriter out = spec.commandLine().getOut();
    try {
      form.write(format, audience, out);
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException("A PrintWriter keeps its failures.", impossible);
    }
  }

  private static void save(ReportFormat format, Audience audience, Form form, Path file) {
    try {
      WholeFile.write(file, out -> form.write(format, audience, out));
    } catch (IOException failed) {
      throw UsageException.unwritable("the report", file, failed);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Names of the formats, for usage texts and completion. */
  static final class Formats implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return ReportFormat.words().iterator();
    }
  }

  /** Reads {@code FORMAT} and {@code FORMAT=FILE}. */
  static final class OutputConverter implements ITypeConverter<Output> {

    @Override
    public Output convert(String value) {
      int equals = value.indexOf('=');
      var word = equals < 0 ? value : value.substring(0, equals);
      var format =
          ReportFormat.named(word)
              .orElseThrow(
                  () ->
                      new TypeConversionException(
                          "no format is called '%s'; there are %s"
                              .formatted(word, String.join(", ", ReportFormat.words()))));
      if (equals < 0) {
        return new Output(format, Optional.empty());
      }
      try {
        var file = Path.of(value.substring(equals + 1));
        if (file.toString().isEmpty()) {
          throw new TypeConversionException("'%s' names no file".formatted(value));
        }
        return new Output(format, Optional.of(file));
      } catch (InvalidPathException invalid) {
        throw new TypeConversionException("'%s' names no file".formatted(value));
      }
    }
  }
}
