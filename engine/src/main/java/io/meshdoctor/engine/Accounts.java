package io.meshdoctor.engine;

import io.meshdoctor.engine.Account.Entry;
import io.meshdoctor.engine.Account.Missing;
import io.meshdoctor.engine.Account.Outcome;
import io.meshdoctor.facts.Evidence;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Unread;
import io.meshdoctor.facts.Workload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Tells of each rule what became of each of its subjects. */
final class Accounts {

  /** No reader wants more of one rule. */
  private static final int MOST_EXAMPLES = 12;

  static final Comparator<Missing> CHEAPEST =
      Comparator.comparingInt(Missing::cost)
          .thenComparing(Missing::command)
          .thenComparing(Missing::what);
  private static final Comparator<Entry> ENTRIES =
      Comparator.comparing(Entry::outcome)
          .thenComparing(Entry::subject)
          .thenComparing(entry -> entry.because().toString());

  private final RuleBase rules;
  private final Inference inference;
  private final Places places;
  private final List<Unread> unread;
  private final Proofs proofs;
  private final FactBase facts;
  private final Exclusions exclusions;
  private List<Workload> workloads = List.of();
  private final Looks looks;

  Accounts(
      RuleBase rules, Inference inference, FactBase facts, Places places, List<Unread> unread) {
    this.rules = rules;
    this.inference = inference;
    this.facts = facts;
    this.places = places;
    this.unread = unread;
    proofs = new Proofs(inference);
    exclusions = new Exclusions(facts);
    looks = new Looks(inference.listed());
  }

  /** All rules, by id. */
  List<Account> all() {
    workloads = workloads(inference.evidence()).toList();
    return rules.ids().stream()
        .map(id -> account(id, facts.subjects(rules.division(id), Integer.MAX_VALUE)))
        .toList();
  }

  private Account account(String id, List<Subject> subjects) {
    var found = inference.found().getOrDefault(id, Map.of());
    List<Entry> entries = new ArrayList<>();
    for (var subject : subjects) {
      var findings = found.get(subject);
      entries.add(
          findings == null
              ? looked(id, subject)
              : new Entry(
                  Outcome.FOUND,
                  evidence(subject),
                  List.of(),
                  List.of(),
                  List.of(),
                  sorted(findings)));
    }
    if (subjects.isEmpty()) {
      // a rule that asks for nothing to have been read has no subjects
      found.forEach(
          (subject, findings) ->
              entries.add(
                  new Entry(
                      Outcome.FOUND,
                      evidence(subject),
                      List.of(),
                      List.of(),
                      List.of(),
                      sorted(findings))));
    }
    entries.sort(ENTRIES);
    return new Account(id, rules.header(id).title(), entries);
  }

  private Entry looked(String id, Subject subject) {
    SortedSet<Missing> missing = new TreeSet<>(CHEAPEST);
    Set<Listed> looked = new LinkedHashSet<>();
    var division = rules.division(id);
    var bound = division.bound(subject);
    for (var question : division.questions()) {
      var need = question.in(bound);
      var seen = looks.at(need);
      if (seen.isEmpty()) {
        missing.add(
            new Missing(need.missing(unread), named(need, subject).command(places), need.cost()));
      }
      seen.stream().findFirst().ifPresent(looked::add);
    }
    boolean undecided = !missing.isEmpty();
    return new Entry(
        undecided ? Outcome.UNDECIDED : Outcome.RULED_OUT,
        evidence(subject),
        undecided ? List.of() : excluding(id, subject).toList(),
        looked.stream().sorted(Order.BY_TEXT).toList(),
        List.copyOf(missing),
        List.of());
  }

  /** The need for a page of any proxy, as one for the page of a proxy that there is. */
  private Need named(Need need, Subject about) {
    if (!need.isOfProxy() || !need.subject().isEmpty()) {
      return need;
    }
    boolean gateway = need.kind().equals(Listed.ENVOY_LISTENERS);
    return Stream.concat(workloads(about.facts()), workloads.stream())
        .filter(one -> one.cluster().equals(need.cluster()) && (one.gateway() || !gateway))
        .findFirst()
        .map(one -> new Need(need.cluster(), need.kind(), one.namespace() + "/" + one.pod()))
        .orElse(need);
  }

  /** Only a gateway has listeners that rules ask for; of the rest, a client tells more. */
  private static Stream<Workload> workloads(Collection<?> facts) {
    return facts.stream()
        .filter(Workload.class::isInstance)
        .map(Workload.class::cast)
        .filter(one -> (one.injected() || one.gateway()) && one.readyPods() > 0)
        .sorted(Comparator.comparing(Workload::gateway).thenComparing(Order.BY_TEXT));
  }

  private Stream<Proof> excluding(String id, Subject subject) {
    var division = rules.division(id);
    var excluding = exclusions.of(division.fault(), division.bound(subject));
    return proofs.leaves(excluding.stream().limit(MOST_EXAMPLES).toList()).stream()
        .limit(MOST_EXAMPLES);
  }

  /**
   * What excludes the faults of some rules, by examples.
   *
   * @param ids rules that are ruled out
   * @return for each of them some of the facts that exclude it
   */
  Map<String, List<Proof>> examples(Set<String> ids) {
    Map<String, List<Proof>> examples = new HashMap<>();
    for (var id : ids) {
      examples.put(
          id,
          facts.subjects(rules.division(id), MOST_EXAMPLES).stream()
              .flatMap(subject -> excluding(id, subject))
              .distinct()
              .limit(MOST_EXAMPLES)
              .toList());
    }
    return examples;
  }

  private static List<Evidence> evidence(Subject subject) {
    return subject.facts().stream()
        .filter(Evidence.class::isInstance)
        .map(Evidence.class::cast)
        .toList();
  }

  private static List<String> sorted(Collection<String> fingerprints) {
    return fingerprints.stream().sorted().toList();
  }
}
