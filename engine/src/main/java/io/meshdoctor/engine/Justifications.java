package io.meshdoctor.engine;

import io.meshdoctor.facts.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.drools.core.common.InternalFactHandle;
import org.drools.core.rule.consequence.InternalMatch;
import org.drools.tms.SimpleMode;
import org.drools.tms.TruthMaintenanceSystemEqualityKey;
import org.drools.tms.beliefsystem.ModedAssertion;
import org.kie.api.runtime.KieSession;

/** Reads from the truth maintenance system why a derived fact holds. */
final class Justifications {

  private final KieSession session;

  Justifications(KieSession session) {
    this.session = session;
  }

  /**
   * A match that a fact follows from.
   *
   * @param rule name of the rule
   * @param premises the facts that the rule matched, in the order of its conditions
   */
  record Justification(String rule, List<Object> premises) {}

  /** All matches that a fact follows from; none for an observed one. */
  List<Justification> of(Object fact) {
    List<Justification> found = new ArrayList<>();
    var handle = (InternalFactHandle) session.getFactHandle(fact);
    if (handle != null
        && handle.getEqualityKey() instanceof TruthMaintenanceSystemEqualityKey key
        && key.getBeliefSet() != null) {
      for (var mode = (ModedAssertion<?>) key.getBeliefSet().getFirst();
          mode != null;
          mode = (ModedAssertion<?>) mode.getNext()) {
        InternalMatch match = ((SimpleMode) mode).getObject().getJustifier();
        found.add(new Justification(match.getRule().getName(), List.copyOf(match.getObjects())));
      }
    }
    return found;
  }

  /** What a fact follows from at first hand: the premises of all its justifications. */
  Set<Evidence> premises(Object fact) {
    Set<Evidence> premises = new LinkedHashSet<>();
    of(fact)
        .forEach(
            justification ->
                justification.premises().stream()
                    .filter(Evidence.class::isInstance)
                    .map(Evidence.class::cast)
                    .forEach(premises::add));
    return premises;
  }
}
