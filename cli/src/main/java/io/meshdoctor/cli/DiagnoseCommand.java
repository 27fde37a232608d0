package io.meshdoctor.cli;

import io.meshdoctor.collector.live.AccessReview;
import io.meshdoctor.collector.live.AccessReview.Answer;
import io.meshdoctor.collector.live.LiveOptions;
import io.meshdoctor.collector.live.LiveReader;
import io.meshdoctor.engine.Diagnosis;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Diagnoses one mesh. */
@Command(
    name = "diagnose",
    header = "Find the root causes of what is wrong with a mesh.",
    description = {
      "",
      "Reads the clusters of one mesh, live or what was recorded of them or both, and reports each"
          + " root cause with the facts that it follows from, where they were seen, and how to mend"
          + " it. Nothing is ever changed, and nothing is tested without --probe. Without --bundle"
          + " and --context, all clusters of the kubeconfig in which Istio runs are read: objects,"
          + " logs of istiod, and pages of istiod and of some proxies, by port-forward or else by"
          + " exec of the program that Istio has there for it."
    },
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} diagnose --context east --context west",
      "  ${ROOT-COMMAND-NAME} diagnose --context east --context west --probe",
      "  ${ROOT-COMMAND-NAME} diagnose --check-access",
      "  ${ROOT-COMMAND-NAME} diagnose --bundle recorded.tar.gz",
      "  ${ROOT-COMMAND-NAME} diagnose --bundle recorded.tar.gz --ledger",
      "  ${ROOT-COMMAND-NAME} diagnose --bundle east/ --bundle west/ -o text -o json=report.json",
      "  ${ROOT-COMMAND-NAME} diagnose --bundle mesh/ -o html=report.html -o junit=report.xml",
      "  ${ROOT-COMMAND-NAME} diagnose --bundle mesh/ -o markdown | gh pr comment --body-file -"
    })
final class DiagnoseCommand implements Callable<Integer> {

  private final Program program;
  private final MeshdoctorCommand common;

  @Spec private CommandSpec spec;

  @Mixin private SourceOptions sources;

  @Option(
      names = "--check-access",
      description =
          "Only print what the user may read in each cluster. Exit status: 0 for all, else 4.")
  private boolean accessChecked;

  @Option(
      names = "--ledger",
      description =
          "Also tell of each rule, and of each thing that it speaks about, whether it was found, is"
              + " ruled out and by which facts, or is undecided and what decides it.")
  private boolean accounted;

  @Option(
      names = "--probe",
      description =
          "Then run the active tests that decide what reading left undecided, and no others, by"
              + " exec in pods that are there. Says first what it runs; takes at most 2m more.")
  private boolean probed;

  @Mixin private OutputOptions output;

  @Mixin private FailOnOption failOn;

  @Mixin private DiagnosisRuleOptions rules;

  DiagnoseCommand(Program program, MeshdoctorCommand common) {
    this.program = program;
    this.common = common;
  }

  @Override
  public Integer call() {
    if (accessChecked) {
      return checkAccess().code();
    }
    output.check();
    if (probed && !sources.areLive()) {
      throw new ParameterException(
          spec.commandLine(), "--probe tests live clusters; leave it out, or add --context");
    }
    var from = sources.sources(program.environment());
    var diagnosis = diagnosis(probed ? from.deciding(this::probes) : from);
    CredentialWarning.of(diagnosis)
        .ifPresent(warning -> Failures.warn(spec.commandLine().getErr(), warning));
    output.write(diagnosis, common.audience(program), failOn.severity());
    return ExitStatus.of(diagnosis, failOn.severity()).code();
  }

  private Diagnosis diagnosis(MeshSources from) {
    try (var progress = progress()) {
      return program.diagnoser().diagnose(from, progress, rules.choice(), accounted);
    }
  }

  private GuidedProbes probes(LiveOptions options) {
    return new GuidedProbes(
        () -> program.world().clusters(options.withTimeout(ProbeCommand.TIME)),
        ProbeCommand.TIME,
        spec.commandLine().getErr());
  }

  private ExitStatus checkAccess() {
    if (sources.haveBundles()) {
      throw new ParameterException(
          spec.commandLine(), "--check-access asks live clusters; leave out --bundle");
    }
    if (probed) {
      throw new ParameterException(
          spec.commandLine(), "--check-access only asks what may be read; leave out --probe");
    }
    if (output.isGiven()) {
      throw new ParameterException(
          spec.commandLine(), "--check-access prints a table and no report; leave out --output");
    }
    List<AccessReview> reviews;
    try (var progress = progress()) {
      reviews =
          new LiveReader(sources.clusters().options(program.environment()), progress).checkAccess();
    }
    new AccessTable(reviews).print(spec.commandLine().getOut());
    return reviews.stream().allMatch(review -> review.answer() == Answer.ALLOWED)
        ? ExitStatus.PASSED
        : ExitStatus.UNDECIDED;
  }

  private ProgressLines progress() {
    return new ProgressLines(spec.commandLine().getErr(), program.progressWidth());
  }
}
