package io.meshdoctor.cli;

import io.meshdoctor.collector.MeshFacts;
import io.meshdoctor.collector.live.LiveProgress;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Diagnostician;
import io.meshdoctor.engine.RuleBase;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Reads and diagnoses a mesh.
 *
 * @param reader reads the clusters of one mesh
 * @param rules makes ready the built-in rules and those of some directories
 */
record MeshDiagnoser(
    BiFunction<MeshSources, LiveProgress, MeshFacts> reader, Function<List<Path>, RuleBase> rules)
    implements Diagnoser, Examiner {

  @Override
  public Diagnosis diagnose(MeshSources sources, LiveProgress progress, List<Path> directories) {
    var examined = examine(sources, progress, directories, UnaryOperator.identity());
    return new Diagnostician(examined.rules())
        .diagnose(examined.mesh().mesh(), examined.mesh().facts());
  }

  @Override
  public Examined examine(
      MeshSources sources,
      LiveProgress progress,
      List<Path> directories,
      UnaryOperator<RuleBase> prepared) {
    // Neither needs the other, and each takes a good part of the time.
    var ready =
        CompletableFuture.supplyAsync(() -> prepared.apply(rules.apply(directories)).ready());
    var mesh = reader.apply(sources, progress);
    return new Examined(result(ready), mesh);
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
