package io.meshdoctor.cli;

import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.report.NextJsonReport;
import io.meshdoctor.engine.report.NextTextReport;
import io.meshdoctor.engine.report.Report;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what to read next of a mesh that a diagnosis leaves undecided. */
@Command(
    name = "next",
    header = "Say which commands would decide most of what is undecided in a mesh.",
    description = {
      "",
      "Diagnoses the mesh and prints the shortest list of commands after which nothing is undecided,"
          + " those that decide most first, with the rules that each of them decides. It runs none"
          + " of them."
    },
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} next --bundle recorded.tar.gz",
      "  ${ROOT-COMMAND-NAME} next --context east --context west -o json"
    })
final class NextCommand implements Callable<Integer> {

  private final Program program;
  private final MeshdoctorCommand common;

  @Spec private CommandSpec spec;

  @Mixin private SourceOptions sources;

  @Mixin private FormOption form;

  @Mixin private FailOnOption failOn;

  @Mixin private DiagnosisRuleOptions rules;

  NextCommand(Program program, MeshdoctorCommand common) {
    this.program = program;
    this.common = common;
  }

  @Override
  public Integer call() throws IOException {
    var diagnosis = diagnosis(sources.sources(program.environment()));
    var out = spec.commandLine().getOut();
    report().write(diagnosis, out);
    out.flush();
    return ExitStatus.of(diagnosis, failOn.severity()).code();
  }

  private Diagnosis diagnosis(MeshSources from) {
    try (var progress = new ProgressLines(spec.commandLine().getErr(), program.progressWidth())) {
      return program.diagnoser().diagnose(from, progress, rules.choice(), true);
    }
  }

  private Report report() {
    var audience = common.audience(program);
    return switch (form.form()) {
      case TEXT ->
          new NextTextReport(
              audience.terminal().width(),
              audience.terminal().palette(),
              audience.program(),
              audience.detailed());
      case JSON -> new NextJsonReport();
    };
  }
}
