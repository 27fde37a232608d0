package io.meshdoctor.cli;

import io.meshdoctor.facts.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Diagnoses one mesh. */
@Command(
    name = "diagnose",
    header = "Find the root causes of what is wrong with a mesh.",
    description = {
      "",
      "Reads what was recorded of the clusters of one mesh, and reports each root cause with the"
          + " facts that it follows from, where they were seen, and how to mend it."
    },
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} diagnose --bundle recorded.tar.gz",
      "  ${ROOT-COMMAND-NAME} diagnose --bundle east/ --bundle west/ -o text -o json=report.json"
    })
final class DiagnoseCommand implements Callable<Integer> {

  private final Program program;
  private final MeshdoctorCommand common;

  @Spec private CommandSpec spec;

  @Option(
      names = "--bundle",
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "Recorded state of the mesh: a directory or a .tar.gz. Several are one mesh together.")
  private List<Path> bundles = new ArrayList<>();

  @Mixin private OutputOptions output;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      defaultValue = "error",
      converter = SeverityConverter.class,
      completionCandidates = Severities.class,
      description =
          "Least severity that makes the exit status 1: ${COMPLETION-CANDIDATES}. Default:"
              + " ${DEFAULT-VALUE}.")
  private Severity failOn;

  @Mixin private RuleOptions rules;

  DiagnoseCommand(Program program, MeshdoctorCommand common) {
    this.program = program;
    this.common = common;
  }

  @Override
  public Integer call() {
    if (bundles.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "nothing to diagnose; name a recording with --bundle PATH");
    }
    output.check();
    var diagnosis = program.diagnoser().diagnose(bundles, rules.directories());
    output.write(diagnosis, common.audience(program));
    return ExitStatus.of(diagnosis, failOn).code();
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
