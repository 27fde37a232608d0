package io.meshdoctor.engine;

import io.meshdoctor.facts.Change;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Finding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.event.rule.ObjectDeletedEvent;
import org.kie.api.event.rule.ObjectInsertedEvent;
import org.kie.api.runtime.rule.FactHandle;

/**
 * Tries fixes: changes the facts of a session as a fix would, lets the rules conclude again, and
 * compares. The rule engine takes up only what the change touches, and only findings that come or
 * go are compared, so that a trial costs little even in a large mesh.
 *
 * <p>What was observed stays as it was recorded, for only time and traffic will change it. So a
 * trial makes no symptom that would be news, and one that the mended fault explained is none either
 * when nothing explains it any more.
 */
final class WhatIf {

  /** So many fixes of one rule are tried: where it finds more, the next ones say nothing new. */
  static final int MOST_OF_ONE_RULE = 20;

  private final Reasoning reasoning;
  private final Map<String, Finding> before = new HashMap<>();
  private final Findings now = new Findings();

  /** Facts by type, and not what rules derive; empty until a fix is tried. */
  private final Map<Class<?>, Map<FactHandle, Fact>> facts = new HashMap<>();

  /** What the last trial has added, itself or in place of something. */
  private final List<Fact> added = new ArrayList<>();

  /** What undoes the last trial, the last change first. */
  private final Deque<Runnable> undo = new ArrayDeque<>();

  private final Map<String, Integer> trials = new HashMap<>();
  private boolean failed;

  /**
   * Tries fixes of what was found.
   *
   * @param reasoning the session, which is changed
   * @param inference what the rules concluded in it
   */
  WhatIf(Reasoning reasoning, Inference inference) {
    this.reasoning = reasoning;
    inference.findings().forEach(finding -> before.put(Fingerprint.of(finding), finding));
    inference.findings().forEach(now::add);
  }

  /**
   * Tries the fix of a finding.
   *
   * @return what came of it; empty where the fix changes nothing that facts show, a rule fails over
   *     it, or enough fixes of its rule were tried
   */
  Optional<Trial> tried(Finding finding) {
    if (failed
        || finding.changes().isEmpty()
        || trials.merge(finding.code(), 1, Integer::sum) > MOST_OF_ONE_RULE) {
      return Optional.empty();
    }
    try {
      after(finding.changes());
      return Optional.of(compared(finding));
    } catch (RuleFailedException rule) {
      // the session is of no more use; what was concluded before is read and stands
      failed = true;
      return Optional.empty();
    }
  }

  private Trial compared(Finding mended) {
    List<Finding> gone = new ArrayList<>();
    List<Finding> appears = new ArrayList<>();
    for (var fingerprint : now.differing()) {
      var old = before.get(fingerprint);
      if (old == null) {
        appears.addAll(now.of(fingerprint));
      } else {
        gone.add(old);
      }
    }
    return new Trial(
        now.of(Fingerprint.of(mended)).isEmpty(),
        appears.stream()
            .filter(finding -> !Diagnostician.isOpen(finding))
            .filter(finding -> gone.stream().noneMatch(old -> isSame(old, finding)))
            .sorted(Order.FINDINGS)
            .toList());
  }

  /** Whether two findings are one fault, which has another name once the other one is mended. */
  private static boolean isSame(Finding one, Finding other) {
    return one.scope().equals(other.scope()) && one.isSharingObjectWith(other);
  }

  /** The findings once the facts have changed so, and in no other way. */
  List<Finding> after(List<Change> changes) {
    if (facts.isEmpty()) {
      reasoning.facts().forEach(this::file);
      reasoning.session().addEventListener(now);
    }
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
    added.clear();
    changes.forEach(this::make);
    if (reasoning.isWithoutRulesFor(added)) {
      var current = facts.values().stream().flatMap(ofType -> ofType.values().stream()).toList();
      reasoning.beginAgain(added, current);
      facts.clear();
      current.forEach(this::file);
      now.forget();
      reasoning.session().addEventListener(now);
    }
    reasoning.conclude();
    return now.all();
  }

  private void make(Change change) {
    for (var fact : List.copyOf(facts.getOrDefault(change.type(), Map.of()).values())) {
      if (change.takes(fact)) {
        delete(fact);
        undo.push(() -> insert(fact));
        change.inPlaceOf(fact).forEach(this::add);
      }
    }
    change.addition().ifPresent(this::add);
  }

  private void add(Fact fact) {
    insert(fact);
    added.add(fact);
    undo.push(() -> delete(fact));
  }

  private void insert(Fact fact) {
    reasoning.session().insert(fact);
    file(fact);
  }

  private void file(Fact fact) {
    facts
        .computeIfAbsent(fact.getClass(), type -> new LinkedHashMap<>())
        .put(reasoning.session().getFactHandle(fact), fact);
  }

  private void delete(Fact fact) {
    var handle = reasoning.session().getFactHandle(fact);
    facts.getOrDefault(fact.getClass(), Map.of()).remove(handle);
    reasoning.session().delete(handle);
  }

  /** The findings that are there, and which of them come and go. */
  private final class Findings extends DefaultRuleRuntimeEventListener {

    private final Map<String, List<Finding>> byFingerprint = new HashMap<>();
    private final Set<String> differing = new LinkedHashSet<>();

    List<Finding> all() {
      return byFingerprint.values().stream().flatMap(List::stream).toList();
    }

    List<Finding> of(String fingerprint) {
      return byFingerprint.getOrDefault(fingerprint, List.of());
    }

    /** Fingerprints of those that are new, or gone. */
    Set<String> differing() {
      return differing;
    }

    /** Begins again, as if everything found before had gone. */
    void forget() {
      byFingerprint.clear();
      differing.clear();
      differing.addAll(before.keySet());
    }

    @Override
    public void objectInserted(ObjectInsertedEvent event) {
      if (event.getObject() instanceof Finding finding) {
        add(finding);
      }
    }

    @Override
    public void objectDeleted(ObjectDeletedEvent event) {
      if (event.getOldObject() instanceof Finding finding) {
        var fingerprint = Fingerprint.of(finding);
        var same = byFingerprint.get(fingerprint);
        if (same != null && same.remove(finding) && same.isEmpty()) {
          byFingerprint.remove(fingerprint);
        }
        compare(fingerprint);
      }
    }

    private void add(Finding finding) {
      var fingerprint = Fingerprint.of(finding);
      byFingerprint.computeIfAbsent(fingerprint, none -> new ArrayList<>()).add(finding);
      compare(fingerprint);
    }

    private void compare(String fingerprint) {
      if (before.containsKey(fingerprint) == byFingerprint.containsKey(fingerprint)) {
        differing.remove(fingerprint);
      } else {
        differing.add(fingerprint);
      }
    }
  }
}
