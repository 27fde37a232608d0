package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.collector.UnreadableInputException;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.FleetMesh;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetRunTest {

  private static final Runnable NOBODY = () -> {};

  private static List<Path> paths(String... names) {
    return List.of(names).stream().map(Path::of).toList();
  }

  private static Diagnosis healthy(Path source) {
    return Diagnoses.called(source.getFileName().toString());
  }

  @Test
  void sorts_meshes_by_name_whichever_is_done_first() {
    var first = new CountDownLatch(1);
    var run =
        new FleetRun(
            source -> {
              if (source.endsWith("b")) {
                first.countDown();
              } else {
                await(first);
              }
              return healthy(source);
            },
            2);

    var fleet = run.diagnose(paths("z/a", "x/b"), NOBODY);

    assertThat(fleet.meshes()).extracting(FleetMesh::name).containsExactly("a", "b");
    assertThat(fleet.meshes()).extracting(FleetMesh::source).containsExactly("z/a", "x/b");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void has_no_more_meshes_in_hand_than_it_was_told() {
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var run =
        new FleetRun(
            source -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              Thread.yield();
              now.decrementAndGet();
              return healthy(source);
            },
            3);

    var fleet =
        run.diagnose(IntStream.range(0, 200).mapToObj(i -> Path.of("m" + i)).toList(), NOBODY);

    assertThat(fleet.meshes()).hasSize(200);
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void one_that_cannot_be_read_costs_its_own_line_only() {
    var run =
        new FleetRun(
            source -> {
              if (source.endsWith("cut.tar.gz")) {
                throw new UnreadableInputException("dir/cut.tar.gz ends early");
              }
              return healthy(source);
            },
            1);

    var fleet = run.diagnose(paths("dir/cut.tar.gz", "dir/good"), NOBODY);

    assertThat(fleet.meshes().get(0))
        .isEqualTo(FleetMesh.unreadable("dir/cut.tar.gz", "cut", "dir/cut.tar.gz ends early"));
    assertThat(fleet.meshes().get(1).diagnosis()).isPresent();
  }

  @Test
  void one_that_the_program_fails_over_is_told_without_what_it_held() {
    var run =
        new FleetRun(
            source -> Diagnoses.called(String.valueOf(Integer.parseInt("CANARY-secret"))), 1);

    var fleet = run.diagnose(paths("dir/bad"), NOBODY);

    assertThat(fleet.meshes())
        .containsExactly(
            FleetMesh.broken("dir/bad", "bad", "meshdoctor failed: NumberFormatException"));
  }

  @Test
  void tells_of_each_mesh_that_is_done() {
    var done = new AtomicInteger();

    new FleetRun(FleetRunTest::healthy, 2).diagnose(paths("a", "b", "c"), done::incrementAndGet);

    assertThat(done.get()).isEqualTo(3);
  }
}
