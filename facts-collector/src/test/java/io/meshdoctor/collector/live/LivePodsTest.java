package io.meshdoctor.collector.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshdoctor.collector.probe.ProbeClient;
import io.meshdoctor.collector.probe.ProbeClusters.Ran;
import io.meshdoctor.collector.probe.ProbePod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LivePodsTest {

  private static final ProbeClient CLIENT = new ProbeClient("shop", "web-0", "main");
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final String POD =
      """
      {"apiVersion":"v1","kind":"Pod",
       "metadata":{"namespace":"shop","name":"web-0",
         "annotations":{"kubectl.kubernetes.io/default-container":"main"}},
       "spec":{
         "initContainers":[{"name":"istio-proxy","image":"proxy"}],
         "containers":[
           {"name":"side","image":"side"},
           {"name":"main","image":"app","ports":[
             {"containerPort":53,"protocol":"UDP"},{"containerPort":8080}]}]},
       "status":{"podIP":"10.0.0.1","conditions":[{"type":"Ready","status":"True"}]}}""";

  @TempDir private Path directory;
  private final FakeCluster server = FakeCluster.start().empty().with("/api/v1/pods", POD);
  private LivePods pods;

  @BeforeEach
  void open() throws IOException {
    var kubeconfig = directory.resolve("config");
    Files.writeString(
        kubeconfig,
        """
        contexts: [{name: blue, context: {cluster: c, user: u}}]
        clusters: [{name: c, cluster: {server: "%s"}}]
        users: [{name: u, user: {token: CANARY-token}}]
        """
            .formatted(server.url()));
    pods = new LivePods(LiveOptions.defaults().withKubeconfig(kubeconfig).withTimeout(SOON));
  }

  @AfterEach
  void close() {
    pods.close();
    server.close();
  }

  @Test
  void sees_a_pod_as_it_runs() throws IOException {
    assertThat(pods.pod("blue", "shop", "web-0"))
        .hasValue(
            new ProbePod(
                "shop",
                "web-0",
                "10.0.0.1",
                "main",
                "app",
                List.of(8080),
                true,
                false,
                false,
                true));
    assertThat(pods.pod("blue", "shop", "gone")).isEmpty();
  }

  @Test
  void runs_a_program_and_sees_how_it_ends() throws IOException {
    server
        .program("shop", "web-0", "good", "out", "err", "{\"status\":\"Success\"}")
        .program(
            "shop",
            "web-0",
            "bad",
            "",
            "curl: (7) refused",
            "{\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"7\"}]}}")
        .program(
            "shop",
            "web-0",
            "none",
            "",
            "",
            "{\"status\":\"Failure\",\"reason\":\"InternalError\",\"message\":\"executable file not found in $PATH\"}");

    assertThat(run("good", "it's $(id) & more")).isEqualTo(new Ran(0, "out", "err"));
    assertThat(run("bad")).isEqualTo(new Ran(7, "", "curl: (7) refused"));
    assertThat(run("none")).isEqualTo(new Ran(-1, "", "executable file not found in $PATH"));
    assertThat(server.requests.get(0).query())
        .containsEntry("command", "good it's $(id) & more")
        .containsEntry("container", "main")
        .doesNotContainKey("stdin");
  }

  @Test
  void takes_no_harm_from_a_connection_that_is_lost_when_all_was_said() throws IOException {
    server.dropsAfterwards = true;
    server.program("shop", "web-0", "good", "out", "", "{\"status\":\"Success\"}");

    assertThat(run("good")).isEqualTo(new Ran(0, "out", ""));
  }

  @Test
  void keeps_the_beginning_of_a_long_output() throws IOException {
    server.program("shop", "web-0", "long", "x".repeat(200_000), "", "{\"status\":\"Success\"}");

    assertThat(run("long").out()).hasSize(64 * 1024);
  }

  @Test
  void says_why_a_program_cannot_be_run() {
    server.execAllowed = false;
    assertThatThrownBy(() -> run("any")).hasMessage("forbidden (403)");

    server.execAllowed = true;
    server.truncates = true;
    server.program("shop", "web-0", "cut", "out", "", "");
    assertThatThrownBy(() -> run("cut")).hasMessage("the connection to the pod broke");

    server.truncates = false;
    server.drops = true;
    assertThatThrownBy(() -> run("cut")).hasMessage("the connection to the pod broke");

    assertThatThrownBy(() -> pods.pod("other", "shop", "web-0"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no context other");
  }

  @Test
  void creates_and_deletes_a_namespace_with_a_pod_and_uses_no_other_verb() throws IOException {
    var created = "/api/v1/namespaces/own";
    server
        .answer("/api/v1/namespaces", request -> FakeCluster.Reply.json("{}"))
        .answer(created + "/pods", request -> FakeCluster.Reply.error(409, "Conflict", "exists"))
        .answer(created, request -> FakeCluster.Reply.json("{}"));
    server.program("shop", "web-0", "good", "", "", "{\"status\":\"Success\"}");

    pods.createNamespace("blue", "own");
    pods.createPod("blue", "own", "probe", "an/image", 8080, SOON, List.of("sleep", "9"));
    pods.pod("blue", "shop", "web-0");
    run("good");
    pods.deleteNamespace("blue", "own");

    assertThat(server.requests)
        .extracting(request -> request.method() + " " + request.path())
        .containsExactly(
            "POST /api/v1/namespaces",
            "POST /api/v1/namespaces/own/pods",
            "GET /api/v1/namespaces/shop/pods/web-0",
            "GET /api/v1/namespaces/shop/pods/web-0/exec",
            "DELETE /api/v1/namespaces/own");
    assertThat(server.requests.get(0).body())
        .contains("\"name\":\"own\"", "\"istio-injection\":\"disabled\"");
    assertThat(server.requests.get(1).body())
        .contains(
            "\"sidecar.istio.io/inject\":\"false\"",
            "\"activeDeadlineSeconds\":5",
            "\"image\":\"an/image\"",
            "\"command\":[\"sleep\",\"9\"]",
            "\"runAsNonRoot\":true",
            "\"drop\":[\"ALL\"]");
  }

  @Test
  void deletes_although_the_time_of_the_run_is_over_and_though_it_is_gone() throws IOException {
    server.answer(
        "/api/v1/namespaces/own", request -> FakeCluster.Reply.error(404, "NotFound", "gone"));
    pods.pod("blue", "shop", "web-0");
    try (var late =
        new LivePods(
            LiveOptions.defaults()
                .withKubeconfig(directory.resolve("config"))
                .withTimeout(Duration.ZERO))) {

      late.deleteNamespace("blue", "own");
    }

    assertThat(server.requests).last().extracting(FakeCluster.Request::method).isEqualTo("DELETE");
  }

  private Ran run(String... command) throws IOException {
    return pods.run("blue", CLIENT, List.of(command), SOON);
  }
}
