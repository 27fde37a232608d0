package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.collector.probe.ProbeClusters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A diagnosis of live clusters that probes decide more of. */
class GuidedProbesTest {

  @TempDir Path directory;
  private final FakeApi oslo = new FakeApi();
  private final FakeApi rome = new FakeApi();
  private final FakeWorld world = new FakeWorld();
  private Path kubeconfig;

  @BeforeEach
  void set_up_two_clusters_on_one_network() throws IOException {
    cluster(oslo, "oslo");
    cluster(rome, "rome");
    kubeconfig =
        Files.writeString(
            directory.resolve("config"),
            """
            apiVersion: v1
            kind: Config
            users: [{name: u, user: {token: CANARY-token-of-a-user}}]
            clusters:
            - {name: o, cluster: {server: '%s'}}
            - {name: r, cluster: {server: '%s'}}
            contexts:
            - {name: oslo, context: {cluster: o, user: u}}
            - {name: rome, context: {cluster: r, user: u}}
            """
                .formatted(oslo.url(), rome.url()));
  }

  @AfterEach
  void close() {
    oslo.close();
    rome.close();
  }

  @Test
  void decide_what_reading_left_undecided() {
    var unprobed = diagnose();
    var probed = diagnose("--probe");

    assertThat(unprobed.err()).isEmpty();
    assertThat(undecided(unprobed)).contains("MD101", "MD102");
    assertThat(undecided(probed)).doesNotContain("MD101", "MD102");
    assertThat(probed.err())
        .contains("pod-connectivity from oslo to 10.0.0.1:8080 (pod shop/web-0), 3 times")
        .contains("pod-connectivity from rome to 10.0.0.1:8080 (pod shop/web-0), 3 times")
        .contains("kubectl --context=oslo -n shop exec web-0 ")
        .contains("3/3  connected");
    assertThat(world.closed).isEqualTo(1);
    assertThat(world.changes).isEmpty();
  }

  @Test
  void lead_to_what_is_wrong() {
    world.end = new ProbeClusters.Ran(28, "0.000000", "curl: (28) timed out");

    var probed = diagnose("--probe");

    assertThat(probed.status()).isEqualTo(1);
    assertThat(probed.out()).contains("\"code\": \"MD101\"");
  }

  private Run diagnose(String... options) {
    var doctor = new MeshDiagnoser(MeshSources::read, directories -> Run.RULES);
    var program =
        new Program(
            "meshdoctor",
            Terminal.NONE,
            0,
            Map.of(),
            doctor,
            doctor,
            world,
            directories -> Run.RULES);
    var arguments = new String[options.length + 4];
    arguments[0] = "diagnose";
    arguments[1] = "--kubeconfig=" + kubeconfig;
    arguments[2] = "-o";
    arguments[3] = "json";
    System.arraycopy(options, 0, arguments, 4, options.length);
    return Run.of(program, arguments);
  }

  private static String undecided(Run run) {
    return run.out().substring(run.out().indexOf("\"undecided\": ["));
  }

  private static void cluster(FakeApi api, String id) {
    api.with(
        "/api/v1/namespaces",
        """
        {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"istio-system"}}""");
    api.with(
        "/api/v1/pods",
        """
        {"apiVersion":"v1","kind":"Pod",
         "metadata":{"name":"istiod-1","namespace":"istio-system","labels":{"app":"istiod"}},
         "spec":{"containers":[{"name":"discovery","image":"pilot:1.30.1","args":["discovery"],
          "env":[{"name":"CLUSTER_ID","value":"%s"}]}]},"status":{"phase":"Running"}}"""
            .formatted(id));
    api.with(
        "/api/v1/pods",
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-0","namespace":"shop"},
         "spec":{"containers":[{"name":"web","image":"web"},{"name":"istio-proxy","image":"p"}]},
         "status":{"phase":"Running","podIP":"10.0.0.1",
          "conditions":[{"type":"Ready","status":"True"}]}}""");
    api.body("/api/v1/namespaces/kube-system", "{\"metadata\":{\"uid\":\"%s\"}}".formatted(id));
  }
}
