package io.meshdoctor.cli;

import static java.util.Objects.requireNonNull;

import io.meshdoctor.collector.BundleCopy;
import io.meshdoctor.collector.BundleSpool;
import io.meshdoctor.collector.MeshFacts;
import io.meshdoctor.collector.live.LiveReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a bundle. */
@Command(
    name = "collect",
    header = "Write what `diagnose` reads of live clusters to a file, without any secret.",
    description = {
      "",
      "Reads the clusters of one mesh, and writes a bundle whose diagnosis is that of the live"
          + " clusters. It holds no keys, tokens or passwords."
    },
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:The bundle was written.",
      "2:The command line was wrong, or something it names cannot be read or written.",
      "3:The program itself failed.",
      "4:The bundle was written, but of one of the clusters nothing could be read."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} collect --context east --context west -o mesh.tar.gz",
      "  ${ROOT-COMMAND-NAME} collect --from-bundle bug-report.tar.gz --redact-names -o mesh.tar.gz"
    })
final class CollectCommand implements Callable<Integer> {

  private final Program program;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "The bundle to be written, a .tar.gz.")
  private Path output;

  @Option(names = "--force", description = "Replace FILE if it is there already.")
  private boolean forced;

  @Option(
      names = "--redact-names",
      description =
          "Give other names to clusters, namespaces, workloads, services and nodes, in this bundle"
              + " always the same. A name of at most five digits stays, for it may be a port.")
  private boolean namesRedacted;

  @Option(
      names = "--from-bundle",
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "Write anew what was recorded: bundles, or archives of istioctl bug-report. Several are"
              + " one mesh together.")
  private List<Path> sources = new ArrayList<>();

  @Mixin private ClusterOptions clusters;

  CollectCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    if (!sources.isEmpty() && clusters.areNamed()) {
      throw new ParameterException(
          spec.commandLine(), "a bundle is of live clusters or of recordings; leave out one");
    }
    if (!sources.isEmpty() && clusters.areNarrowed()) {
      throw new ParameterException(
          spec.commandLine(),
          "--timeout, --namespace, --service and --read-secrets are for live clusters; leave them"
              + " out");
    }
    if (Files.isDirectory(output)) {
      throw new UsageException("%s is a directory; name a file".formatted(output));
    }
    if (!forced && Files.exists(output, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException("%s is there already; --force replaces it".formatted(output));
    }
    try {
      var summary = new CollectSummary(write());
      summary.print(output, Files.size(output), spec.commandLine().getErr());
      return summary.status().code();
    } catch (IOException failed) {
      throw UsageException.unwritable("the bundle", output, failed);
    } catch (UncheckedIOException failed) {
      throw UsageException.unwritable("the bundle", output, requireNonNull(failed.getCause()));
    }
  }

  private MeshFacts write() throws IOException {
    if (!sources.isEmpty()) {
      return BundleCopy.copy(sources, output, namesRedacted);
    }
    try (var spool = new BundleSpool(output)) {
      try (var progress = new ProgressLines(spec.commandLine().getErr(), program.progressWidth())) {
        new LiveReader(clusters.options(program.environment()), progress).read(spool);
      }
      return spool.write(namesRedacted);
    }
  }
}
