package io.meshdoctor.cli;

import io.meshdoctor.collector.live.AccessReview;
import io.meshdoctor.collector.live.AccessReview.Answer;
import io.meshdoctor.collector.live.LiveReader;
import io.meshdoctor.engine.Diagnosis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
          + " it. Nothing is ever changed. Without --bundle and --context, all clusters of the"
          + " kubeconfig in which Istio runs are read."
    },
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} diagnose --context east --context west",
      "  ${ROOT-COMMAND-NAME} diagnose --check-access",
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

  @Mixin private ClusterOptions clusters;

  @Option(
      names = "--check-access",
      description =
          "Only print what the user may read in each cluster. Exit status: 0 for all, else 4.")
  private boolean accessChecked;

  @Mixin private OutputOptions output;

  @Mixin private FailOnOption failOn;

  @Mixin private RuleOptions rules;

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
    var live = bundles.isEmpty() || clusters.areNamed();
    if (!live && clusters.areNarrowed()) {
      throw new ParameterException(
          spec.commandLine(),
          "--namespace, --service and --read-secrets are for live clusters; leave them out, or add"
              + " --context");
    }
    var sources =
        new MeshSources(
            bundles,
            live ? Optional.of(clusters.options(program.environment())) : Optional.empty());
    var diagnosis = diagnosis(sources);
    output.write(diagnosis, common.audience(program));
    return ExitStatus.of(diagnosis, failOn.severity()).code();
  }

  private Diagnosis diagnosis(MeshSources sources) {
    try (var progress = progress()) {
      return program.diagnoser().diagnose(sources, progress, rules.directories());
    }
  }

  private ExitStatus checkAccess() {
    if (!bundles.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--check-access asks live clusters; leave out --bundle");
    }
    if (output.isGiven()) {
      throw new ParameterException(
          spec.commandLine(), "--check-access prints a table and no report; leave out --output");
    }
    List<AccessReview> reviews;
    try (var progress = progress()) {
      reviews = new LiveReader(clusters.options(program.environment()), progress).checkAccess();
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
