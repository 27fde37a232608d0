package io.meshdoctor.cli;

import io.meshdoctor.collector.probe.ProbeClusters;
import io.meshdoctor.collector.probe.ProbeKind;
import io.meshdoctor.collector.probe.ProbeNeed;
import io.meshdoctor.collector.probe.ProbeOptions;
import io.meshdoctor.collector.probe.ProbePlan;
import io.meshdoctor.collector.probe.ProbePlanner;
import io.meshdoctor.collector.probe.ProbeResult;
import io.meshdoctor.collector.probe.ProbeRunner;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.facts.Fact;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Probes that decide what a diagnosis left undecided, and no others. They run in pods that exist;
 * nothing is created.
 *
 * @param clusters opens the live clusters; the time that they have begins then
 * @param total time for all of them
 * @param err where it is said what will be run, and then what came of it
 */
record GuidedProbes(Supplier<ProbeClusters> clusters, Duration total, PrintWriter err) {

  /** The probes without which rules stay undecided that need nothing else. */
  private static List<ProbeNeed> needs(Diagnosis diagnosis) {
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
   * Runs them.
   *
   * @param facts what the diagnosis was made of
   * @param live operator's names of the clusters that probes can run in
   * @return the results, to be added to what was read; empty where there are none
   */
  List<ProbeResult> run(Diagnosis diagnosis, Collection<? extends Fact> facts, Set<String> live) {
    var needs = needs(diagnosis);
    if (needs.isEmpty()) {
      say("no probe would decide anything more; none is run");
      return List.of();
    }
    try (var open = clusters.get()) {
      var plan = plan(needs, facts, live, open);
      if (plan.probes().isEmpty()) {
        say("none of the probes can be run that would decide more:");
      } else {
        say("runs what would decide more, by exec in pods that are there:");
      }
      ProbeText.plan(plan, err);
      return new ProbeRunner(open, total)
          .run(
              plan.probes(),
              result -> {
                err.println(ProbeText.line(result));
                err.flush();
              });
    }
  }

  private static ProbePlan plan(
      List<ProbeNeed> needs,
      Collection<? extends Fact> facts,
      Set<String> live,
      ProbeClusters clusters) {
    var possible = needs.stream().filter(need -> live.contains(need.from())).toList();
    var plan = new ProbePlanner(facts, clusters, ProbeOptions.DEFAULTS).plan(possible);
    List<String> impossible = new ArrayList<>(plan.impossible());
    needs.stream()
        .filter(need -> !live.contains(need.from()))
        .map(need -> "%s: %s is recorded, not live".formatted(need.title(), need.from()))
        .forEach(impossible::add);
    return new ProbePlan(plan.probes(), impossible);
  }

  private void say(String message) {
    err.println("meshdoctor: " + message);
    err.flush();
  }
}
