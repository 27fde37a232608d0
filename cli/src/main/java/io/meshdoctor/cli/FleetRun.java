package io.meshdoctor.cli;

import io.meshdoctor.collector.RecordedMeshes;
import io.meshdoctor.collector.UnreadableInputException;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Fleet;
import io.meshdoctor.engine.FleetMesh;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Diagnoses many meshes, some of them at the same time. Of one that is done only its diagnosis is
 * kept; one that fails costs no other.
 *
 * @param doctor reads and diagnoses one mesh
 * @param jobs how many meshes at the same time
 */
record FleetRun(Function<Path, Diagnosis> doctor, int jobs) {

  /**
   * Diagnoses them all.
   *
   * @param sources where they are, each a mesh
   * @param done is run after each
   */
  Fleet diagnose(List<Path> sources, Runnable done) {
    var workers = Executors.newFixedThreadPool(Math.min(jobs, sources.size()));
    try {
      var meshes =
          workers.invokeAll(
              sources.stream()
                  .map(source -> (Callable<FleetMesh>) () -> mesh(source, done))
                  .toList());
      return Fleet.of(
          meshes.stream()
              .map(
                  mesh -> {
                    try {
                      return mesh.get();
                    } catch (ExecutionException | InterruptedException failed) {
                      throw new IllegalStateException("A mesh was given up.", failed);
                    }
                  })
              .toList());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The run was stopped.", stopped);
    } finally {
      workers.shutdownNow();
    }
  }

  private FleetMesh mesh(Path source, Runnable done) {
    try {
      return FleetMesh.of(source.toString(), doctor.apply(source));
    } catch (UnreadableInputException unreadable) {
      return FleetMesh.unreadable(
          source.toString(),
          RecordedMeshes.nameOf(source),
          String.valueOf(unreadable.getMessage()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failed) {
      return FleetMesh.broken(
          source.toString(),
          RecordedMeshes.nameOf(source),
          "meshdoctor failed: " + Failures.what(failed));
    } finally {
      done.run();
    }
  }
}
