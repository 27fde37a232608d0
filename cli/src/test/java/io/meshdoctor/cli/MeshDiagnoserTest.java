package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshdoctor.collector.MeshIntake;
import io.meshdoctor.collector.live.LiveProgress;
import io.meshdoctor.facts.Cluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeshDiagnoserTest {

  private static final MeshSources SOURCES =
      new MeshSources(List.of(Path.of("a")), Optional.empty(), Optional.empty());

  @Test
  void diagnoses_what_it_reads_with_the_rules_that_there_are() {
    List<MeshSources> read = new ArrayList<>();
    List<Path> loaded = new ArrayList<>();
    var diagnoser =
        new MeshDiagnoser(
            (sources, progress) -> {
              read.add(sources);
              return mesh();
            },
            choice -> {
              loaded.addAll(choice.directories());
              return Run.RULES;
            });

    var diagnosis =
        diagnoser.diagnose(SOURCES, LiveProgress.NONE, RuleChoice.of(List.of(Path.of("b"))), false);

    assertThat(diagnosis.mesh()).isEqualTo("live");
    assertThat(diagnosis.clusters()).extracting(Cluster::name).containsExactly("oslo");
    assertThat(diagnosis.coverage().rules()).isEqualTo(Run.RULES.rules().size());
    assertThat(read).containsExactly(SOURCES);
    assertThat(loaded).containsExactly(Path.of("b"));
  }

  @Test
  void fails_as_the_rules_do() {
    var diagnoser =
        new MeshDiagnoser(
            (sources, progress) -> mesh(),
            choice -> {
              throw new IllegalArgumentException("two rules have one id");
            });

    assertThatThrownBy(
            () -> diagnoser.diagnose(SOURCES, LiveProgress.NONE, RuleChoice.BUILT_IN, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two rules have one id");
  }

  private static MeshIntake mesh() {
    var mesh = new MeshIntake();
    mesh.cluster("oslo", "oslo", "");
    return mesh;
  }
}
