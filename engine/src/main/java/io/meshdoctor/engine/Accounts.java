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
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
  private final Exclusions exclusions;
  private List<Workload> workloads = List.of();
  private final Map<Need, List<Listed>> looks = new HashMap<>();

  Accounts(RuleBase rules, Inference inference, Places places, List<Unread> unread) {
    this.rules = rules;
    this.inference = inference;
    this.places = places;
    this.unread = unread;
    proofs = new Proofs(inference);
    exclusions = new Exclusions(inference.evidence());
  }

  /** All rules, by id. */
  List<Account> all() {
    workloads = workloads(inference.evidence()).toList();
    var byRule = inference.considered().stream().collect(Collectors.groupingBy(Considered::rule));
    return rules.ids().stream().map(id -> account(id, byRule.getOrDefault(id, List.of()))).toList();
  }

  private Account account(String id, List<Considered> subjects) {
    var found = inference.found().getOrDefault(id, Map.of());
    List<Entry> entries = new ArrayList<>();
    for (var considered : subjects) {
      var findings = found.get(considered.subject());
      entries.add(
          findings == null
              ? looked(id, considered)
              : new Entry(
                  Outcome.FOUND,
                  about(considered),
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

  private Entry looked(String id, Considered considered) {
    SortedSet<Missing> missing = new TreeSet<>(CHEAPEST);
    Set<Listed> looked = new LinkedHashSet<>();
    var division = rules.division(id);
    for (var question : division.questions()) {
      var need = question.in(variable -> division.bound(variable, considered.subject()));
      var seen =
          looks.computeIfAbsent(
              need, asked -> inference.listed().stream().filter(asked::isMetBy).limit(1).toList());
      if (seen.isEmpty()) {
        missing.add(
            new Missing(
                need.missing(unread), named(need, considered).command(places), need.cost()));
      }
      looked.addAll(seen);
    }
    boolean undecided = !missing.isEmpty();
    return new Entry(
        undecided ? Outcome.UNDECIDED : Outcome.RULED_OUT,
        about(considered),
        undecided ? List.of() : excluding(id, considered).toList(),
        looked.stream().sorted(Order.BY_TEXT).toList(),
        List.copyOf(missing),
        List.of());
  }

  /** The need for a page of any proxy, as one for the page of a proxy that there is. */
  private Need named(Need need, Considered considered) {
    if (!need.isOfProxy() || !need.subject().isEmpty()) {
      return need;
    }
    boolean gateway = need.kind().equals("Envoy listeners");
    return Stream.concat(workloads(considered.subject().facts()), workloads.stream())
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

  private Stream<Proof> excluding(String id, Considered considered) {
    var division = rules.division(id);
    var excluding = exclusions.of(division.fault(), division.bindings(considered.subject()));
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
    Comparator<Considered> byPlace = (one, other) -> byPlace(one.subject(), other.subject());
    Map<String, PriorityQueue<Considered>> first = new HashMap<>();
    for (var considered : inference.considered()) {
      if (ids.contains(considered.rule())) {
        var queue =
            first.computeIfAbsent(considered.rule(), id -> new PriorityQueue<>(byPlace.reversed()));
        queue.add(considered);
        if (queue.size() > MOST_EXAMPLES) {
          queue.poll();
        }
      }
    }
    Map<String, List<Proof>> examples = new HashMap<>();
    first.forEach(
        (id, queue) ->
            examples.put(
                id,
                queue.stream()
                    .sorted(byPlace)
                    .flatMap(considered -> excluding(id, considered))
                    .distinct()
                    .limit(MOST_EXAMPLES)
                    .toList()));
    return examples;
  }

  private int byPlace(Considered.Subject one, Considered.Subject other) {
    for (int i = 0; i < one.facts().size() && i < other.facts().size(); i++) {
      int order =
          Integer.compare(
              inference.positions().of(one.facts().get(i)),
              inference.positions().of(other.facts().get(i)));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.facts().size(), other.facts().size());
  }

  private static List<Evidence> about(Considered considered) {
    return evidence(considered.subject());
  }

  private static List<Evidence> evidence(Considered.Subject subject) {
    return subject.facts().stream()
        .filter(Evidence.class::isInstance)
        .map(Evidence.class::cast)
        .toList();
  }

  private static List<String> sorted(Collection<String> fingerprints) {
    return fingerprints.stream().sorted().toList();
  }
}
