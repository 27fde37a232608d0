package io.meshdoctor.cli;

import io.meshdoctor.collector.MeshFacts;
import io.meshdoctor.collector.live.LiveOptions;
import io.meshdoctor.collector.probe.ProbeClient;
import io.meshdoctor.collector.probe.ProbeClusters;
import io.meshdoctor.collector.probe.ProbePod;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.EastWestGateway;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Role;
import io.meshdoctor.facts.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two clusters, with a gateway in one and a pod with a proxy in the other. */
final class FakeWorld implements ProbeWorld, ProbeClusters {

  final List<String> changes = new ArrayList<>();
  final List<List<String>> ran = new ArrayList<>();
  Ran end = new Ran(28, "0.012345", "");
  boolean createsPods = true;
  int closed;
  String answer = "";

  List<Fact> mesh() {
    return List.of(
        cluster("oslo"),
        cluster("rome"),
        new Workload(
            "oslo",
            "shop",
            "web",
            "web-0",
            1,
            1,
            true,
            false,
            "",
            true,
            "",
            "",
            "",
            "",
            false,
            false,
            "",
            "",
            Map.of(),
            null,
            null,
            Origin.UNKNOWN),
        new EastWestGateway(
            "rome",
            "istio-system",
            "gateway",
            "LoadBalancer",
            "n2",
            "n2",
            List.of("192.0.2.7"),
            List.of(),
            List.of(15443),
            15443,
            "",
            false,
            Map.of(),
            1,
            Map.of(),
            Origin.UNKNOWN));
  }

  private static Cluster cluster(String name) {
    return new Cluster(
        name, name, Role.PRIMARY, "", "", "", "istio-system", name, "", Origin.UNKNOWN);
  }

  @Override
  public MeshFacts facts(LiveOptions options, List<Path> bundles) {
    return new MeshFacts("mesh", null, mesh());
  }

  @Override
  public String answer() {
    return answer;
  }

  @Override
  public ProbeClusters clusters(LiveOptions options) {
    return this;
  }

  @Override
  public Optional<ProbePod> pod(String context, String namespace, String name) {
    return Optional.of(
        new ProbePod(
            namespace,
            name,
            "10.0.0.1",
            "main",
            "app",
            List.of(8080),
            name.equals("web-0"),
            false,
            false,
            true));
  }

  @Override
  public Ran run(String context, ProbeClient client, List<String> command, Duration most) {
    ran.add(command);
    return end;
  }

  @Override
  public void close() {
    closed++;
  }

  @Override
  public void createNamespace(String context, String namespace) {
    changes.add("namespace in " + context);
  }

  @Override
  public void createPod(
      String context,
      String namespace,
      String name,
      String image,
      int port,
      Duration lifetime,
      List<String> command)
      throws IOException {
    if (!createsPods) {
      throw new IOException("forbidden (403)");
    }
    changes.add("pod in " + context);
  }

  @Override
  public void deleteNamespace(String context, String namespace) {
    changes.add("none in " + context);
  }
}
