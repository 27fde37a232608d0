package io.meshdoctor.cli;

import io.meshdoctor.collector.MeshIntake;
import io.meshdoctor.collector.live.LiveProgress;
import io.meshdoctor.collector.probe.ProbeResult;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Diagnostician;
import io.meshdoctor.engine.RuleBase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Reads and diagnoses a mesh; once more where probes were run to decide what was undecided.
 *
 * @param reader reads the clusters of one mesh
 * @param rules makes ready the rules that a run uses
 */
record MeshDiagnoser(
    BiFunction<MeshSources, LiveProgress, MeshIntake> reader, Function<RuleChoice, RuleBase> rules)
    implements Diagnoser, Examiner {

  @Override
  public Diagnosis diagnose(
      MeshSources sources, LiveProgress progress, RuleChoice choice, boolean accounting) {
    var examined = examine(sources, progress, choice, UnaryOperator.identity());
    var plain = new Diagnostician(examined.rules());
    var diagnostician = accounting ? plain.accounting() : plain;
    var facts = examined.mesh();
    var diagnosis = diagnostician.diagnose(facts.mesh(), facts.facts());
    return sources
        .probes()
        .flatMap(
            probes -> examined.open().map(mesh -> probed(diagnostician, diagnosis, probes, mesh)))
        .orElse(diagnosis);
  }

  /** A diagnosis with what probes add; the same one where they add nothing. */
  private static Diagnosis probed(
      Diagnostician diagnostician, Diagnosis diagnosis, GuidedProbes probes, MeshIntake mesh) {
    var results = probes.run(diagnosis, mesh.facts().facts(), mesh.live());
    if (results.stream().noneMatch(ProbeResult::isRun)) {
      return diagnosis;
    }
    results.forEach(result -> result.addTo(mesh));
    return diagnostician.diagnose(diagnosis.mesh(), mesh.facts().facts());
  }

  @Override
  public Examined examine(
      MeshSources sources,
      LiveProgress progress,
      RuleChoice choice,
      UnaryOperator<RuleBase> prepared) {
    // Neither needs the other, and each takes a good part of the time.
    var ready = CompletableFuture.supplyAsync(() -> prepared.apply(rules.apply(choice)).ready());
    var mesh = reader.apply(sources, progress);
    var facts = mesh.facts();
    // what was read takes more room than the facts made of it, and only probes add to it
    return new Examined(result(ready), facts, sources.probes().map(probes -> mesh));
  }

  private static <T> T result(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }
}
