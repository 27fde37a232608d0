package io.meshdoctor.collector.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.collector.probe.ProbeClusters.Ran;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProbeRunnerTest {

  private static final ProbeClient FIRST = new ProbeClient("shop", "first", "main");
  private static final ProbeClient SECOND = new ProbeClient("shop", "second", "main");

  private final FakePods pods = new FakePods();

  @Test
  void counts_answers_and_keeps_the_last_error() {
    pods.program(
        "first",
        "curl",
        new Ran(0, "one\n200", ""),
        new Ran(28, "\n000", "curl: (28) late"),
        new Ran(0, "two\n200", ""),
        new Ran(0, "one\n200", ""));

    var result = run(request(4));

    assertThat(result.attempts()).isEqualTo(4);
    assertThat(result.ok()).isEqualTo(3);
    assertThat(result.answers()).isEqualTo(Map.of("one", 2, "two", 1));
    assertThat(result.error()).isEqualTo("curl: (28) late");
    assertThat(result.client()).isEqualTo(FIRST);
  }

  @Test
  void takes_another_program_where_the_container_lacks_the_best() {
    pods.program("first", "wget", new Ran(0, "hello", ""));

    var result = run(request(2));

    assertThat(result.ok()).isEqualTo(2);
    assertThat(pods.commands).extracting(List::size).first().isEqualTo(10);
    assertThat(pods.commands.get(1)).contains("wget");
  }

  @Test
  void takes_another_pod_where_one_cannot_run_it() {
    pods.program("first", "curl", new IOException("forbidden (403)"))
        .program("second", "curl", new Ran(0, "hello\n200", ""));

    assertThat(run(request(1)).client()).isEqualTo(SECOND);
  }

  @Test
  void says_why_nothing_could_run_it() {
    var none = run(request(1));
    pods.program("second", "curl", new IOException("forbidden (403)"));
    var forbidden = run(request(1));

    assertThat(none.isRun()).isFalse();
    assertThat(none.error()).isEqualTo("no container has a program for it");
    assertThat(forbidden.error()).isEqualTo("pod shop/second cannot run it: forbidden (403)");
  }

  @Test
  void does_not_count_an_attempt_that_broke_on_the_way_to_the_pod() {
    pods.program(
        "first", "curl", new Ran(0, "one\n200", ""), new IOException("the connection broke"));

    var result = run(request(5));

    assertThat(result.attempts()).isEqualTo(1);
    assertThat(result.ok()).isEqualTo(1);
  }

  @Test
  void runs_nothing_when_the_time_is_over() {
    pods.program("first", "curl", new Ran(0, "one\n200", ""));

    var results =
        new ProbeRunner(pods, Duration.ZERO).run(List.of(request(1), request(1)), result -> {});

    assertThat(results).hasSize(2).noneMatch(ProbeResult::isRun);
    assertThat(results.get(0).error()).isEqualTo("there was no time left");
    assertThat(pods.commands).isEmpty();
  }

  @Test
  void runs_nothing_more_when_it_is_stopped() {
    pods.program("first", "curl", new Ran(0, "one\n200", ""));
    var runner = new ProbeRunner(pods, Duration.ofMinutes(1));

    var results = runner.run(List.of(request(1), request(1)), result -> runner.cancel());

    assertThat(results).extracting(ProbeResult::isRun).containsExactly(true, false);
    assertThat(results.get(1).error()).isEqualTo("the run was stopped");
  }

  private ProbeResult run(PlannedProbe probe) {
    return new ProbeRunner(pods, Duration.ofMinutes(1)).run(List.of(probe), result -> {}).get(0);
  }

  private static PlannedProbe request(int attempts) {
    return new PlannedProbe(
        ProbeKind.MESH_REQUEST,
        "blue",
        "blue",
        List.of(FIRST, SECOND),
        ProbeTarget.service("web.shop:80").orElseThrow(),
        attempts);
  }
}
