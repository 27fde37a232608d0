package io.meshdoctor.cli;

import io.meshdoctor.collector.probe.ProbeClusters;
import io.meshdoctor.collector.probe.ProbeKind;
import io.meshdoctor.collector.probe.ProbeNeed;
import io.meshdoctor.collector.probe.ProbeOptions;
import io.meshdoctor.collector.probe.ProbePlanner;
import io.meshdoctor.collector.probe.ProbeResult;
import io.meshdoctor.collector.probe.ProbeRunner;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.facts.Fact;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Probes that decide what a diagnosis left undecided, and no others. They run in pods that exist;
 * nothing is created.
 *
 * @param clusters the live clusters
 * @param options how they are made
 * @param total time for all of them
 */
record GuidedProbes(ProbeClusters clusters, ProbeOptions options, Duration total) {

  /** The probes without which rules stay undecided that need nothing else. */
  static List<ProbeNeed> needs(Diagnosis diagnosis) {
    return diagnosis.undecided().stream()
        .flatMap(rule -> rule.probes().stream())
        .flatMap(
            probe ->
                ProbeKind.named(probe.kind()).stream()
                    .map(kind -> ProbeNeed.of(kind, probe.from(), probe.to())))
        .distinct()
        .toList();
  }

  /**
   * Runs them; says first what will be run, and then what came of it.
   *
   * @param facts what the diagnosis was made of
   * @param err where it is said
   * @return the results, to be added to what was read; empty where a diagnosis needs none
   */
  List<ProbeResult> run(Diagnosis diagnosis, Collection<? extends Fact> facts, PrintWriter err) {
    var plan = new ProbePlanner(facts, clusters, options).plan(needs(diagnosis));
    ProbeText.plan(plan, err);
    return new ProbeRunner(clusters, total)
        .run(
            plan.probes(),
            result -> {
              err.println(ProbeText.line(result));
              err.flush();
            });
  }
}
