package io.meshdoctor.engine;

import io.meshdoctor.facts.Finding;
import java.util.List;
import java.util.Optional;

/**
 * A finding with its proof and its cure.
 *
 * @param finding what was concluded
 * @param because what it rests on
 * @param explains fingerprints of the findings that follow from it, sorted
 * @param symptoms what was observed and follows from it, sorted
 * @param page the page of its rule
 * @param tried what came of the fix when it was tried in memory; only of root causes whose fix
 *     changes what facts show
 * @param fingerprint stable over runs: made of the rule, the clusters and the objects
 */
public record Conclusion(
    Finding finding,
    List<Proof> because,
    List<String> explains,
    List<String> symptoms,
    Page page,
    Optional<Trial> tried,
    String fingerprint) {

  public Conclusion {
    because = List.copyOf(because);
    explains = List.copyOf(explains);
    symptoms = List.copyOf(symptoms);
  }

  /** How to mend it, one sentence from the rule's page; empty where that has none. */
  public String fix() {
    return page.fix();
  }

  /** The page of Istio's documentation that is about it; empty where there is none. */
  public String doc() {
    return page.doc();
  }
}
