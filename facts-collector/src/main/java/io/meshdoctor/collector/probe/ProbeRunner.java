package io.meshdoctor.collector.probe;

import io.meshdoctor.collector.Redaction;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs probes, one after the other, until all have run or the time is over. */
public final class ProbeRunner {

  /** A program ends by itself before; the rest is for the way to it. */
  private static final Duration EACH = Duration.ofSeconds(12);

  private final ProbeClusters clusters;
  private final long end;
  private volatile boolean cancelled;

  /**
   * A runner, whose time begins now.
   *
   * @param total time for all probes
   */
  public ProbeRunner(ProbeClusters clusters, Duration total) {
    this.clusters = clusters;
    this.end = System.nanoTime() + total.toNanos();
  }

  /** Ends the run after what runs now. */
  public void cancel() {
    cancelled = true;
  }

  /**
   * Runs probes.
   *
   * @param done told of each result as it comes
   * @return a result for each probe, in their order
   */
  public List<ProbeResult> run(List<PlannedProbe> probes, Consumer<ProbeResult> done) {
    List<ProbeResult> results = new ArrayList<>();
    for (var probe : probes) {
      var result = run(probe);
      results.add(result);
      done.accept(result);
    }
    return results;
  }

  private ProbeResult run(PlannedProbe probe) {
    var reason = "no container has a program for it";
    for (var client : probe.clients()) {
      for (var program : ProbeProgram.of(probe.target())) {
        if (isOver()) {
          return notRun(probe, cancelled ? "the run was stopped" : "there was no time left");
        }
        try {
          var first = attempt(probe, client, program);
          if (first != null) {
            return repeat(probe, client, program, first);
          }
        } catch (IOException failed) {
          reason = reason(client, failed);
          break;
        }
      }
    }
    return notRun(probe, reason);
  }

  /** One attempt; null where the container has no such program. */
  private @Nullable ProbeAnswer attempt(
      PlannedProbe probe, ProbeClient client, ProbeProgram program) throws IOException {
    var left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
    var ran =
        clusters.run(
            probe.context(),
            client,
            program.command(probe.target()),
            left.compareTo(EACH) < 0 ? left : EACH);
    if (program.isMissing(ran)) {
      return null;
    }
    if (ran.exit() < 0) {
      throw new IOException(ran.err());
    }
    return program.answer(probe.target(), ran);
  }

  private ProbeResult repeat(
      PlannedProbe probe, ProbeClient client, ProbeProgram program, ProbeAnswer first) {
    var answers = new TreeMap<String, Integer>();
    var error = "";
    int attempts = 0;
    int ok = 0;
    for (var answer = first; answer != null; ) {
      attempts++;
      if (answer.ok()) {
        ok++;
        if (!answer.text().isEmpty()) {
          answers.merge(answer.text(), 1, Integer::sum);
        }
      } else {
        error = answer.error();
      }
      if (attempts == probe.attempts() || isOver()) {
        break;
      }
      try {
        answer = attempt(probe, client, program);
      } catch (IOException broken) {
        // what was not tried to its end says nothing of the mesh
        break;
      }
    }
    return new ProbeResult(probe, client, attempts, ok, answers, error);
  }

  private static ProbeResult notRun(PlannedProbe probe, String reason) {
    return new ProbeResult(probe, probe.clients().get(0), 0, 0, new TreeMap<>(), reason);
  }

  private static String reason(ProbeClient client, IOException failed) {
    return "pod %s/%s cannot run it: %s"
        .formatted(
            client.namespace(), client.pod(), Redaction.of(String.valueOf(failed.getMessage())));
  }

  private boolean isOver() {
    return cancelled || Thread.currentThread().isInterrupted() || System.nanoTime() - end >= 0;
  }
}
