package io.meshdoctor.collector.probe;

import java.util.List;

/**
 * What would be run.
 *
 * @param probes the probes, in the order in which they run
 * @param impossible what is wanted and cannot be run, with the reason
 */
public record ProbePlan(List<PlannedProbe> probes, List<String> impossible) {

  public ProbePlan {
    probes = List.copyOf(probes);
    impossible = List.copyOf(impossible);
  }
}
