package io.meshdoctor.engine;

import io.meshdoctor.engine.Diagnosis.Undecided;
import io.meshdoctor.engine.Diagnosis.WantedProbe;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Evidence;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Unread;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What became of each rule: found, ruled out, undecided, or not applicable.
 *
 * @param ruledOut rules that have subjects, could look at all of them and found nothing: what they
 *     looked at, by id
 * @param undecided rules that could not look at some subject, by id
 */
record Ledger(SortedMap<String, SortedSet<Evidence>> ruledOut, List<Undecided> undecided) {

  /** No reader wants more of one rule. */
  private static final int MOST_FACTS = 12;

  private static final Comparator<Evidence> BY_TEXT =
      Comparator.comparing(Evidence::describe)
          .thenComparing(one -> one instanceof Fact fact ? fact.origin().toString() : "");

  private static final Comparator<WantedProbe> BY_PLACES =
      Comparator.comparing(WantedProbe::kind)
          .thenComparing(WantedProbe::from)
          .thenComparing(WantedProbe::to);

  static Ledger of(
      RuleBase rules, Inference inference, List<Cluster> clusters, List<Unread> unread) {
    Map<String, Map<Considered.Subject, Considered>> subjects = new TreeMap<>();
    Map<String, Map<Considered.Subject, BitSet>> looked = new HashMap<>();
    SortedMap<String, SortedSet<Evidence>> lookedAt = new TreeMap<>();
    for (var one : inference.considered()) {
      if (one.part() == Considered.SUBJECT) {
        subjects.computeIfAbsent(one.rule(), id -> new HashMap<>()).put(one.subject(), one);
      } else {
        looked
            .computeIfAbsent(one.rule(), id -> new HashMap<>())
            .computeIfAbsent(one.subject(), subject -> new BitSet())
            .set(one.part());
        if (one.lookedAt() != null) {
          keep(one.lookedAt(), lookedAt.computeIfAbsent(one.rule(), id -> new TreeSet<>(BY_TEXT)));
        }
      }
    }
    SortedMap<String, SortedSet<Evidence>> ruledOut = new TreeMap<>();
    List<Undecided> undecided = new ArrayList<>();
    subjects.forEach(
        (id, ofRule) -> {
          var found = inference.found().getOrDefault(id, Set.of());
          var needs = rules.division(id).lookedAt();
          var parts = looked.getOrDefault(id, Map.of());
          SortedSet<String> missing = new TreeSet<>();
          SortedSet<String> commands = new TreeSet<>();
          Set<WantedProbe> probes = new LinkedHashSet<>();
          SortedSet<Evidence> facts = new TreeSet<>(BY_TEXT);
          ofRule.forEach(
              (subject, considered) -> {
                if (found.contains(subject)) {
                  return;
                }
                var read = parts.getOrDefault(subject, new BitSet());
                List<Need> unmet = new ArrayList<>();
                for (int part = 0; part < needs.size(); part++) {
                  if (!read.get(part)) {
                    var need = Need.of(needs.get(part), considered.bindings());
                    missing.add(need.missing(unread));
                    commands.add(need.command(clusters));
                    unmet.add(need);
                  }
                }
                if (unmet.stream().allMatch(Need::isProbe)) {
                  unmet.forEach(need -> probes.add(need.probe()));
                }
                subject.facts().stream()
                    .filter(Evidence.class::isInstance)
                    .map(Evidence.class::cast)
                    .forEach(fact -> keep(fact, facts));
              });
          if (!missing.isEmpty()) {
            undecided.add(
                new Undecided(
                    id,
                    rules.header(id).title(),
                    List.copyOf(missing),
                    List.copyOf(commands),
                    probes.stream().sorted(BY_PLACES).toList()));
          } else if (found.isEmpty()) {
            facts.addAll(lookedAt.getOrDefault(id, new TreeSet<>()));
            ruledOut.put(id, facts);
          }
        });
    return new Ledger(ruledOut, undecided);
  }

  private static void keep(Evidence fact, SortedSet<Evidence> facts) {
    facts.add(fact);
    if (facts.size() > MOST_FACTS) {
      facts.remove(facts.last());
    }
  }
}
