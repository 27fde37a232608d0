package io.meshdoctor.cli;

import io.meshdoctor.collector.RecordedMeshes;
import io.meshdoctor.collector.live.LiveProgress;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Diagnostician;
import io.meshdoctor.engine.Fleet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Diagnoses many recorded meshes. */
@Command(
    name = "fleet",
    header = "Diagnose many recorded meshes in one run, and show which causes they share.",
    description = {
      "",
      "Each PATH is a recording of one mesh, a directory or a .tar.gz, or a directory of such: a"
          + " directory that is not laid out as a recording itself is searched, one level deep, for"
          + " directories and archives, and each of them is a mesh of its own. One that cannot be"
          + " read costs its own line only; what those found have in common comes last."
    },
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit status, that of the mesh that comes first in 3, 2, 1, 4, 0:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} fleet recordings/",
      "  ${ROOT-COMMAND-NAME} fleet prod.tar.gz staging.tar.gz -v",
      "  ${ROOT-COMMAND-NAME} fleet recordings/ -o text -o html=fleet.html -o junit=fleet.xml"
    })
final class FleetCommand implements Callable<Integer> {

  /** What a large mesh takes while it is diagnosed. */
  private static final long MEMORY_OF_A_MESH = 512L << 20;

  private final Program program;
  private final MeshdoctorCommand common;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Recordings of meshes, or directories of them.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "How many meshes at the same time. Default: as many as there are processors, and as there"
              + " is memory for.")
  private @Nullable Integer jobs;

  @Mixin private OutputOptions output;

  @Mixin private FailOnOption failOn;

  @Mixin private DiagnosisRuleOptions rules;

  FleetCommand(Program program, MeshdoctorCommand common) {
    this.program = program;
    this.common = common;
  }

  @Override
  public Integer call() {
    output.check();
    if (jobs != null && jobs < 1) {
      throw new ParameterException(spec.commandLine(), "--jobs is at least 1");
    }
    var fleet = diagnose(sources());
    for (var mesh : fleet.meshes()) {
      mesh.diagnosis()
          .flatMap(CredentialWarning::of)
          .ifPresent(warning -> warn("%s: %s".formatted(mesh.name(), warning)));
    }
    output.write(fleet, common.audience(program), failOn.severity());
    return ExitStatus.of(fleet, failOn.severity()).code();
  }

  /** Each recording once, by whichever way it was named first. */
  private List<Path> sources() {
    Map<Path, Path> sources = new LinkedHashMap<>();
    for (var path : paths) {
      var found = RecordedMeshes.at(path);
      for (var source : found.recordings()) {
        sources.putIfAbsent(source.toAbsolutePath().normalize(), source);
      }
      found.passedOver().forEach(other -> warn(other + " holds no recording, and is passed over"));
    }
    return List.copyOf(sources.values());
  }

  private Fleet diagnose(List<Path> sources) {
    var diagnostician = new Diagnostician(program.rules().apply(rules.choice()).ready());
    var run =
        new FleetRun(
            source -> diagnosis(diagnostician, source),
            jobs == null ? most(Runtime.getRuntime()) : jobs);
    var done = new AtomicInteger();
    var fleet =
        run.diagnose(
            sources,
            () -> progress("%d of %d meshes".formatted(done.incrementAndGet(), sources.size())));
    progress("");
    return fleet;
  }

  private static Diagnosis diagnosis(Diagnostician diagnostician, Path source) {
    var mesh =
        new MeshSources(List.of(source), Optional.empty(), Optional.empty())
            .read(LiveProgress.NONE)
            .facts();
    return diagnostician.diagnose(mesh.mesh(), mesh.facts());
  }

  private static int most(Runtime runtime) {
    long room = Math.max(1, runtime.maxMemory() / MEMORY_OF_A_MESH);
    return (int) Math.min(runtime.availableProcessors(), room);
  }

  /** One line that is written anew in its place, and in the end taken away. */
  private synchronized void progress(String words) {
    if (program.progressWidth() > 0) {
      var err = spec.commandLine().getErr();
      err.print("\r" + words + "\u001b[K");
      err.flush();
    }
  }

  private void warn(String message) {
    Failures.warn(spec.commandLine().getErr(), message);
  }
}
