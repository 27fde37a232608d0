package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshdoctor.collector.MeshFacts;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BundleDiagnoserTest {

  private static final MeshFacts PROD =
      new MeshFacts(
          "prod",
          null,
          List.of(
              new Cluster(
                  "oslo", "", Role.UNKNOWN, "", "", "", "istio-system", "", "", Origin.UNKNOWN)));

  @Test
  void diagnoses_what_it_reads_with_the_rules_that_there_are() {
    List<Path> read = new ArrayList<>();
    List<Path> loaded = new ArrayList<>();
    var diagnoser =
        new BundleDiagnoser(
            paths -> {
              read.addAll(paths);
              return PROD;
            },
            directories -> {
              loaded.addAll(directories);
              return Run.RULES;
            });

    var diagnosis = diagnoser.diagnose(List.of(Path.of("a")), List.of(Path.of("b")));

    assertThat(diagnosis.mesh()).isEqualTo("prod");
    assertThat(diagnosis.clusters()).extracting(Cluster::name).containsExactly("oslo");
    assertThat(diagnosis.coverage().rules()).isEqualTo(Run.RULES.rules().size());
    assertThat(read).containsExactly(Path.of("a"));
    assertThat(loaded).containsExactly(Path.of("b"));
  }

  @Test
  void fails_as_the_rules_do() {
    var diagnoser =
        new BundleDiagnoser(
            paths -> PROD,
            directories -> {
              throw new IllegalArgumentException("two rules have one id");
            });

    assertThatThrownBy(() -> diagnoser.diagnose(List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two rules have one id");
  }
}
