package io.meshdoctor.engine;

import io.meshdoctor.facts.Change;
import io.meshdoctor.facts.Evidence;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Finding;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kie.api.runtime.ClassObjectFilter;
import org.kie.api.runtime.KieSession;

/**
 * Tries fixes: changes the facts of a session as a fix would, lets the rules conclude again, and
 * compares. The rule engine takes up only what the change touches, so that a trial costs little
 * even in a large mesh.
 *
 * <p>What was observed stays as it was recorded, for only time and traffic will change it. So a
 * trial makes no symptom that would be news, and one that the mended fault explained is none either
 * when nothing explains it any more.
 */
final class WhatIf {

  private final Reasoning reasoning;
  private final KieSession session;
  private final Map<String, Finding> before = new HashMap<>();

  /** What undoes the last trial, the last change first. */
  private final Deque<Runnable> undo = new ArrayDeque<>();

  private boolean failed;

  /**
   * Tries fixes of what was found.
   *
   * @param reasoning the session, which is changed
   * @param inference what the rules concluded in it
   */
  WhatIf(Reasoning reasoning, Inference inference) {
    this.reasoning = reasoning;
    this.session = reasoning.session();
    inference.findings().forEach(finding -> before.put(Fingerprint.of(finding), finding));
  }

  /**
   * Tries the fix of a finding.
   *
   * @return what came of it; empty where the fix changes nothing that facts show, or a rule fails
   *     over it
   */
  Optional<Trial> tried(Finding finding) {
    if (failed || finding.changes().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(compared(finding, after(finding.changes())));
    } catch (RuleFailedException rule) {
      // the session is of no more use; what was concluded before is read and stands
      failed = true;
      return Optional.empty();
    }
  }

  private Trial compared(Finding mended, List<Finding> findings) {
    Map<String, Finding> after = new HashMap<>();
    findings.forEach(finding -> after.put(Fingerprint.of(finding), finding));
    Map<String, Finding> gone = new HashMap<>(before);
    gone.keySet().removeAll(after.keySet());
    after.keySet().removeAll(before.keySet());
    boolean isMended = gone.remove(Fingerprint.of(mended)) != null;
    return new Trial(
        isMended,
        after.values().stream()
            .filter(finding -> !Diagnostician.isOpen(finding))
            .filter(finding -> gone.values().stream().noneMatch(old -> isSame(old, finding)))
            .sorted(Order.FINDINGS)
            .toList());
  }

  /** Whether two findings are one fault, which has another name once the other one is mended. */
  private static boolean isSame(Finding one, Finding other) {
    return one.scope().equals(other.scope()) && one.isSharingObjectWith(other);
  }

  /** The findings once the facts have changed so, and in no other way. */
  List<Finding> after(List<Change> changes) {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
    changes.forEach(this::make);
    reasoning.conclude();
    return all(Finding.class);
  }

  private void make(Change change) {
    for (var fact : all(change.type())) {
      if (change.takes(fact)) {
        session.delete(session.getFactHandle(fact));
        undo.push(() -> session.insert(fact));
        change.inPlaceOf(fact).forEach(this::add);
      }
    }
    change.addition().ifPresent(this::add);
  }

  private void add(Fact fact) {
    session.insert(fact);
    undo.push(() -> session.delete(session.getFactHandle(fact)));
  }

  private <T extends Evidence> List<T> all(Class<T> type) {
    return session.getObjects(new ClassObjectFilter(type)).stream().map(type::cast).toList();
  }
}
