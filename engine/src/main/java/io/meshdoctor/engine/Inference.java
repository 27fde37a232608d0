package io.meshdoctor.engine;

import io.meshdoctor.facts.Evidence;
import io.meshdoctor.facts.Explanation;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Finding;
import io.meshdoctor.facts.Holds;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Symptom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the rules conclude from some facts, copied out of the session so that it can go.
 *
 * @param findings all findings
 * @param symptoms all symptoms
 * @param holds by what stages of paths hold
 * @param explanations what explains what
 * @param listed what was looked at, sorted by how it reads
 * @param evidence all that the rules could match: what was given in its order, then what follows as
 *     it reads, so that limits cut alike in each run
 * @param premises what each derived fact follows from at first hand
 * @param found for each rule, the subjects that it found its fault for, and the fingerprints of
 *     what it found
 */
record Inference(
    List<Finding> findings,
    List<Symptom> symptoms,
    List<Holds> holds,
    List<Explanation> explanations,
    Set<Listed> listed,
    List<Evidence> evidence,
    Map<Evidence, Set<Evidence>> premises,
    Map<String, Map<Subject, Set<String>>> found) {

  /**
   * Lets the rules conclude what they can.
   *
   * @throws RuleFailedException if a rule throws, or rules go round in a circle
   */
  static Inference of(RuleBase rules, Collection<? extends Fact> facts) {
    try (var reasoning = Reasoning.over(rules, facts)) {
      return of(rules, reasoning);
    }
  }

  /** Reads what the rules have concluded in a session. */
  static Inference of(RuleBase rules, Reasoning reasoning) {
    var session = reasoning.session();
    List<Finding> findings = new ArrayList<>();
    List<Symptom> symptoms = new ArrayList<>();
    List<Holds> holds = new ArrayList<>();
    List<Explanation> explanations = new ArrayList<>();
    Set<Listed> listed = new TreeSet<>(Order.BY_TEXT);
    List<Evidence> evidence = new ArrayList<>(reasoning.facts());
    Set<Evidence> given = Collections.newSetFromMap(new IdentityHashMap<>());
    given.addAll(evidence);
    List<Evidence> derived = new ArrayList<>();
    for (var object : session.getObjects()) {
      if (object instanceof Evidence one && !given.contains(one)) {
        derived.add(one);
      }
      if (object instanceof Finding finding) {
        findings.add(finding);
      } else if (object instanceof Symptom symptom) {
        symptoms.add(symptom);
      } else if (object instanceof Holds one) {
        holds.add(one);
      } else if (object instanceof Explanation explanation) {
        explanations.add(explanation);
      } else if (object instanceof Listed one) {
        listed.add(one);
      }
    }
    derived.sort(Order.BY_TEXT);
    evidence.addAll(derived);
    findings.sort(Order.FINDINGS);
    symptoms.sort(Comparator.comparing(Symptom::kind).thenComparing(Symptom::message));
    holds.sort(
        Comparator.comparing(Holds::stage)
            .thenComparing(one -> !one.whole())
            .thenComparing(Holds::message));
    var justifications = new Justifications(session);
    Map<Evidence, Set<Evidence>> premises = new LinkedHashMap<>();
    findings.forEach(finding -> collect(finding, justifications, premises));
    symptoms.forEach(symptom -> collect(symptom, justifications, premises));
    holds.forEach(one -> collect(one, justifications, premises));
    Map<String, Map<Subject, Set<String>>> found = new LinkedHashMap<>();
    for (var finding : findings) {
      int length = rules.division(finding.code()).subjectLength();
      var fingerprint = Fingerprint.of(finding);
      for (var justification : justifications.of(finding)) {
        found
            .computeIfAbsent(finding.code(), code -> new HashMap<>())
            .computeIfAbsent(
                Subject.of(justification.premises(), length), subject -> new HashSet<>())
            .add(fingerprint);
      }
    }
    return new Inference(
        findings, symptoms, holds, explanations, listed, evidence, premises, found);
  }

  private static void collect(
      Evidence derived, Justifications justifications, Map<Evidence, Set<Evidence>> premises) {
    if (derived instanceof Fact || premises.containsKey(derived)) {
      return;
    }
    var own = justifications.premises(derived);
    premises.put(derived, own);
    own.forEach(premise -> collect(premise, justifications, premises));
  }

  /** Findings that explain something. */
  List<Finding> causesOf(Evidence effect) {
    return explanations.stream()
        .filter(explanation -> explanation.effect().equals(effect))
        .map(Explanation::cause)
        .sorted(Order.FINDINGS)
        .toList();
  }
}
