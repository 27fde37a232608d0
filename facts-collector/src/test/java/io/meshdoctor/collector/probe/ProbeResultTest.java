package io.meshdoctor.collector.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.collector.BundleReader;
import io.meshdoctor.collector.MeshIntake;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Probe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeResultTest {

  private static final ProbeClient CLIENT = new ProbeClient("shop", "client-0", "main");

  private static final ProbeResult REQUEST =
      result(
          ProbeKind.MESH_REQUEST,
          ProbeTarget.service("web.shop:80").orElseThrow(),
          12,
          7,
          Map.of("I am \"web-1\"", 7),
          "curl: (28) timed out");

  private static final ProbeResult CONNECTION =
      result(
          ProbeKind.TCP,
          ProbeTarget.port("red", "192.0.2.1", 15443, "gateway").orElseThrow(),
          3,
          3,
          Map.of(),
          "");

  @TempDir private Path bundle;

  @Test
  void is_read_from_a_bundle_as_it_was_written() throws IOException {
    var notRun = result(ProbeKind.TCP, CONNECTION.probe().target(), 0, 0, Map.of(), "no pod");

    var files = ProbeResult.write(List.of(REQUEST, CONNECTION, CONNECTION, notRun), bundle);

    assertThat(files)
        .extracting(file -> bundle.relativize(file).toString())
        .containsExactly(
            "probes/mesh-request-ctx_blue.json",
            "probes/tcp-ctx_blue-red.json",
            "probes/tcp-ctx_blue-red-2.json");
    assertThat(bundle.resolve("probes")).isDirectoryNotContaining("glob:**.part");
    var probes = probes(BundleReader.read(List.of(bundle)).facts());
    assertThat(probes).hasSize(3);
    assertThat(probes.stream().filter(one -> one.kind().equals("mesh-request")))
        .singleElement()
        .satisfies(
            probe -> {
              assertThat(probe.from()).isEqualTo("ctx/blue");
              assertThat(probe.to()).isEmpty();
              assertThat(probe.host()).isEqualTo("web.shop:80/");
              assertThat(probe.attempts()).isEqualTo(12);
              assertThat(probe.ok()).isEqualTo(7);
              assertThat(probe.unattributed()).isEqualTo(7);
              assertThat(probe.failure()).isEqualTo(Probe.Failure.TIMEOUT);
            });
  }

  @Test
  void adds_to_a_mesh_whose_facts_were_already_asked_for() {
    var mesh = new MeshIntake();
    mesh.cluster("ctx/blue", "ctx/blue", "https://blue.example");
    mesh.cluster("red", "red", "https://red.example");
    var before = mesh.facts().facts();

    CONNECTION.addTo(mesh);
    var after = mesh.facts().facts();

    assertThat(probes(before)).isEmpty();
    assertThat(after).containsAll(before).hasSize(before.size() + 2);
    assertThat(probes(after))
        .singleElement()
        .extracting(Probe::address)
        .isEqualTo("192.0.2.1:15443");
    assertThat(after)
        .filteredOn(Listed.class::isInstance)
        .extracting(fact -> ((Listed) fact).kind() + " to " + ((Listed) fact).subject())
        .containsExactly("tcp to red");
  }

  private static List<Probe> probes(List<?> facts) {
    return facts.stream().filter(Probe.class::isInstance).map(Probe.class::cast).toList();
  }

  private static ProbeResult result(
      ProbeKind kind,
      ProbeTarget target,
      int attempts,
      int ok,
      Map<String, Integer> answers,
      String error) {
    return new ProbeResult(
        new PlannedProbe(kind, "ctx/blue", "ctx/blue", List.of(CLIENT), target, attempts),
        CLIENT,
        attempts,
        ok,
        new TreeMap<>(answers),
        error);
  }
}
