package io.meshdoctor.engine;

import io.meshdoctor.engine.Diagnosis.Coverage;
import io.meshdoctor.engine.Diagnosis.RuledOut;
import io.meshdoctor.engine.Diagnosis.Undecided;
import io.meshdoctor.facts.Evidence;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Finding;
import io.meshdoctor.facts.Leg;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Severity;
import io.meshdoctor.facts.Symptom;
import io.meshdoctor.facts.Unread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Diagnoses meshes with one set of rules; serves any number of threads. */
public final class Diagnostician {

  /** Prefix of the rules about what was looked at. */
  private static final String COVERAGE = "MD9";

  private final RuleBase rules;
  private final boolean accounting;

  public Diagnostician(RuleBase rules) {
    this(rules, false);
  }

  private Diagnostician(RuleBase rules, boolean accounting) {
    this.rules = rules;
    this.accounting = accounting;
  }

  /** One whose diagnoses have a ledger, which takes longer. */
  public Diagnostician accounting() {
    return new Diagnostician(rules, true);
  }

  /**
   * Finds out what is wrong with a mesh. A rule of a user that fails is left out, and named in the
   * coverage.
   *
   * @param mesh name of the mesh
   * @param facts all that was read of it
   */
  public Diagnosis diagnose(String mesh, Collection<? extends Fact> facts) {
    try {
      return conclude(mesh, facts, reasoned(facts, List.of()));
    } catch (RuleFailedException failed) {
      return withoutFailed(failed).diagnose(mesh, facts);
    }
  }

  /**
   * Follows a path through a mesh.
   *
   * @param mesh name of the mesh
   * @param facts all that was read of it
   * @param from the client, as {@link PathClient#find} takes it
   * @param to the service, as {@link PathService#find} takes it
   * @throws UnknownPlaceException if the mesh has no such client or service
   */
  public Trace trace(String mesh, Collection<? extends Fact> facts, String from, String to) {
    var client = PathClient.find(from, facts);
    var service = PathService.find(to, client, facts);
    var legs = Tracer.legs(client, service, facts);
    var path = new Diagnostician(rules.withHolds(), true);
    try {
      var reasoned = path.reasoned(facts, legs);
      var diagnosis = path.conclude(mesh, facts, reasoned);
      return new Tracer(path.rules, reasoned.inference(), diagnosis).trace(client, service, legs);
    } catch (RuleFailedException failed) {
      return withoutFailed(failed).trace(mesh, facts, from, to);
    }
  }

  /** One without the rules of users that failed; built-in ones must not. */
  private Diagnostician withoutFailed(RuleFailedException failed) {
    if (failed.rules().isEmpty() || !rules.users().containsAll(failed.rules())) {
      throw failed;
    }
    var without =
        rules
            .without(failed.rules())
            .leavingOut(List.of(new Unread("", "rule", failed.reason(), Origin.UNKNOWN)));
    return new Diagnostician(without, accounting);
  }

  /**
   * What is left of a session, which takes more room than all else.
   *
   * @param inference what was concluded
   * @param trials what came of fixes that were tried, by what they mend
   */
  private record Reasoned(Inference inference, Map<Finding, Trial> trials) {}

  private Reasoned reasoned(Collection<? extends Fact> facts, List<Leg> legs) {
    try (var reasoning = Reasoning.over(rules, facts, legs)) {
      var inference = Inference.of(rules, reasoning);
      var whatIf = new WhatIf(reasoning, inference);
      Map<Finding, Trial> trials = new HashMap<>();
      for (var finding : inference.findings()) {
        if (!isOpen(finding) && isRoot(finding, inference)) {
          whatIf.tried(finding).ifPresent(trial -> trials.put(finding, trial));
        }
      }
      return new Reasoned(inference, trials);
    }
  }

  private Diagnosis conclude(String mesh, Collection<? extends Fact> facts, Reasoned reasoned) {
    var inference = reasoned.inference();
    var places = Places.of(facts);
    var unread =
        Stream.of(rules.leftOut().stream(), rules.switchedOff().stream(), only(Unread.class, facts))
            .flatMap(ones -> ones)
            .sorted(
                Comparator.comparing(Unread::cluster)
                    .thenComparing(Unread::what)
                    .thenComparing(Unread::reason))
            .toList();
    var factBase = new FactBase(inference.evidence());
    var ledger = Ledger.of(rules, inference, factBase, places, unread);
    var proofs = new Proofs(inference);

    List<Conclusion> findings = new ArrayList<>();
    List<Conclusion> roots = new ArrayList<>();
    for (var finding : inference.findings()) {
      if (!isOpen(finding)) {
        boolean root = isRoot(finding, inference);
        var tried = Optional.ofNullable(reasoned.trials().get(finding));
        var conclusion = conclude(finding, inference, proofs, tried);
        findings.add(conclusion);
        if (root) {
          roots.add(conclusion);
        }
      }
    }
    List<Undecided> undecided = new ArrayList<>(open(inference, ledger));
    undecided.addAll(ledger.undecided());
    var accounts = new Accounts(rules, inference, factBase, places, unread);
    var examples = accounts.examples(ledger.ruledOut().keySet());
    List<RuledOut> ruledOut =
        ledger.ruledOut().entrySet().stream()
            .map(
                entry ->
                    new RuledOut(
                        entry.getKey(),
                        rules.header(entry.getKey()).title(),
                        Stream.concat(
                                examples.getOrDefault(entry.getKey(), List.of()).stream(),
                                proofs.leaves(entry.getValue()).stream())
                            .distinct()
                            .toList()))
            .toList();
    var coverage =
        new Coverage(
            rules.ids().size(),
            rules.ids().size() - ledger.undecided().size(),
            facts.size(),
            unread);
    return new Diagnosis(
        mesh,
        verdict(roots, undecided),
        places.clusters(),
        roots,
        findings,
        ruledOut,
        undecided,
        coverage,
        accounting ? accounts.all() : List.of());
  }

  /** Whether a finding says what could not be looked at or explained, and not what is wrong. */
  static boolean isOpen(Finding finding) {
    return finding.code().startsWith(COVERAGE) && finding.effect();
  }

  private Verdict verdict(List<Conclusion> roots, List<Undecided> undecided) {
    if (roots.stream().anyMatch(root -> root.finding().severity() != Severity.INFO)) {
      return Verdict.FAULTY;
    }
    boolean open =
        undecided.stream()
            .anyMatch(
                one -> one.isUnexplained() || rules.header(one.code()).severity() != Severity.INFO);
    return open || !rules.leftOut().isEmpty() ? Verdict.UNDECIDED : Verdict.HEALTHY;
  }

  private Conclusion conclude(
      Finding finding, Inference inference, Proofs proofs, Optional<Trial> tried) {
    var rule = rules.rule(finding.code()).orElseThrow();
    SortedSet<String> explains = new TreeSet<>();
    SortedSet<String> symptoms = new TreeSet<>();
    for (var explanation : inference.explanations()) {
      if (explanation.cause().equals(finding)) {
        if (explanation.effect() instanceof Finding effect) {
          explains.add(Fingerprint.of(effect));
        } else if (explanation.effect() instanceof Symptom symptom) {
          symptoms.add(symptom.message());
        }
      }
    }
    return new Conclusion(
        finding,
        proofs.of(finding),
        List.copyOf(explains),
        List.copyOf(symptoms),
        rule.page(),
        tried,
        Fingerprint.of(finding));
  }

  /** Whether nothing explains it, or only what it explains itself. */
  private static boolean isRoot(Finding finding, Inference inference) {
    return causes(finding, inference, new HashSet<>(Set.of(finding))).isEmpty();
  }

  /** The findings at the far end of the explanations of one. */
  private static Set<Finding> causes(Finding finding, Inference inference, Set<Finding> seen) {
    Set<Finding> ends = new LinkedHashSet<>();
    for (var cause : inference.causesOf(finding)) {
      if (seen.add(cause)) {
        var further = causes(cause, inference, seen);
        ends.addAll(further.isEmpty() ? Set.of(cause) : further);
      }
    }
    return ends;
  }

  /** Observations that nothing explains, each with what might decide it. */
  private List<Undecided> open(Inference inference, Ledger ledger) {
    List<Undecided> open = new ArrayList<>();
    for (var finding : inference.findings()) {
      if (isOpen(finding)) {
        Set<String> missing = new LinkedHashSet<>(Set.of(finding.message()));
        Set<String> commands = new LinkedHashSet<>();
        for (var one : ledger.undecided()) {
          if (rules.header(one.code()).shows().stream().anyMatch(finding.shows()::contains)) {
            missing.add("perhaps %s: %s".formatted(one.code(), one.title()));
            commands.addAll(one.decideWith());
          }
        }
        commands.addAll(finding.fix());
        open.add(
            new Undecided(
                finding.code(), finding.title(), List.copyOf(missing), List.copyOf(commands)));
      }
    }
    return open;
  }

  private static <T extends Evidence> Stream<T> only(
      Class<T> type, Collection<? extends Fact> facts) {
    return facts.stream().filter(type::isInstance).map(type::cast);
  }
}
