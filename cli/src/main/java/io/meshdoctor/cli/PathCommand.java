package io.meshdoctor.cli;

import io.meshdoctor.engine.Diagnostician;
import io.meshdoctor.engine.RuleBase;
import io.meshdoctor.engine.Trace;
import io.meshdoctor.engine.UnknownPlaceException;
import io.meshdoctor.engine.report.PathJsonReport;
import io.meshdoctor.engine.report.PathTextReport;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Follows one path through the mesh, stage by stage. */
@Command(
    name = "path",
    header = "Show stage by stage how a client gets to a service in each cluster, or why not.",
    description = {
      "",
      "From trust to load balancing: by which facts each stage holds, what is wrong with it, and what"
          + " could not be seen. It stands on the same facts and findings as a diagnosis. Of live"
          + " clusters, the proxies in the client's namespace are asked."
    },
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:Requests get to each cluster that has endpoints, or are kept away as it is configured.",
      "1:The path to a cluster is broken.",
      "2:The command line was wrong, or what it names is not there or cannot be read.",
      "3:The program itself failed.",
      "4:Nothing is broken, but not all that is needed could be read."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} path --from east/shop/web --to cart.shop:8080 --bundle mesh/",
      "  ${ROOT-COMMAND-NAME} path --from east/shop/web --to cart --context east --context west"
    })
final class PathCommand implements Callable<Integer> {

  private final Program program;
  private final MeshdoctorCommand common;

  @Spec private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "CLUSTER/NAMESPACE/NAME",
      required = true,
      description = "The client: a pod or a workload, or the start of its name.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "HOST[:PORT]",
      required = true,
      description =
          "The service, in full or as the client would call it. Default of the port: the lowest"
              + " that it has.")
  private String to;

  @Mixin private SourceOptions sources;

  @Mixin private FormOption form;

  @Mixin private DiagnosisRuleOptions rules;

  PathCommand(Program program, MeshdoctorCommand common) {
    this.program = program;
    this.common = common;
  }

  @Override
  public Integer call() throws IOException {
    var trace = trace(sources.sources(program.environment()).asking(namespace()));
    var audience = common.audience(program);
    var out = spec.commandLine().getOut();
    switch (form.form()) {
      case TEXT ->
          new PathTextReport(
                  audience.terminal().width(),
                  audience.terminal().palette(),
                  audience.program(),
                  audience.detailed())
              .write(trace, out);
      case JSON -> new PathJsonReport().write(trace, out);
    }
    out.flush();
    return status(trace).code();
  }

  /** Namespace of the client, whose proxies are the ones to ask. */
  private String namespace() {
    var parts = from.split("/", -1);
    return parts.length < 2 ? "" : parts[parts.length - 2];
  }

  private Trace trace(MeshSources mesh) {
    try (var progress = new ProgressLines(spec.commandLine().getErr(), program.progressWidth())) {
      var examined =
          program.examiner().examine(mesh, progress, rules.choice(), RuleBase::withHolds);
      var facts = examined.mesh();
      return new Diagnostician(examined.rules()).trace(facts.mesh(), facts.facts(), from, to);
    } catch (UnknownPlaceException unknown) {
      throw new UsageException(String.valueOf(unknown.getMessage()));
    }
  }

  private static ExitStatus status(Trace trace) {
    return switch (trace.verdict()) {
      case BROKEN -> ExitStatus.FAILED;
      case UNDECIDED -> ExitStatus.UNDECIDED;
      case REACHED, KEPT_AWAY, EMPTY -> ExitStatus.PASSED;
    };
  }
}
