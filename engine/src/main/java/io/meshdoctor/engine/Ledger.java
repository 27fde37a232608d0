package io.meshdoctor.engine;

import io.meshdoctor.engine.Diagnosis.Undecided;
import io.meshdoctor.engine.Diagnosis.WantedProbe;
import io.meshdoctor.facts.Evidence;
import io.meshdoctor.facts.Unread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of each rule: found, ruled out, undecided, or not applicable.
 *
 * @param ruledOut rules that have subjects, could look at all of them and found nothing: what they
 *     looked at, by id
 * @param undecided rules that could not look at some subject, by id
 */
record Ledger(SortedMap<String, List<Evidence>> ruledOut, List<Undecided> undecided) {

  /** No reader wants more of one rule. */
  private static final int MOST_FACTS = 12;

  private static final Comparator<WantedProbe> BY_PLACES =
      Comparator.comparing(WantedProbe::kind)
          .thenComparing(WantedProbe::from)
          .thenComparing(WantedProbe::to);

  static Ledger of(
      RuleBase rules, Inference inference, FactBase facts, Places places, List<Unread> unread) {
    var looks = new Looks(inference.listed());
    SortedMap<String, List<Evidence>> ruledOut = new TreeMap<>();
    List<Undecided> undecided = new ArrayList<>();
    for (var id : rules.ids()) {
      var division = rules.division(id);
      var found = inference.found().getOrDefault(id, Map.of()).keySet();
      var entry = new Entry(division.questions(), looks);
      facts.subjects(
          division,
          subject -> {
            if (found.isEmpty() || !found.contains(new Subject(subject.facts()))) {
              entry.add(subject);
            }
            return false;
          });
      if (!entry.missing.isEmpty()) {
        undecided.add(entry.undecided(id, rules.header(id).title(), places, unread));
      } else if (found.isEmpty() && entry.hasSubjects) {
        ruledOut.put(id, List.copyOf(entry.looked));
      }
    }
    return new Ledger(ruledOut, undecided);
  }

  /** What becomes of the subjects of one rule that are not found. */
  private static final class Entry {

    private final List<Need.Question> questions;
    private final Looks looks;
    private final Set<Evidence> looked = new LinkedHashSet<>();
    private final Set<Need> known = new HashSet<>();
    private final Set<Need> missing = new LinkedHashSet<>();
    private final Set<WantedProbe> probes = new LinkedHashSet<>();
    private boolean hasSubjects;

    Entry(List<Need.Question> questions, Looks looks) {
      this.questions = questions;
      this.looks = looks;
    }

    void add(Bound subject) {
      hasSubjects = true;
      if (looked.size() < MOST_FACTS) {
        for (var fact : subject.facts()) {
          if (fact instanceof Evidence evidence) {
            show(evidence);
          }
        }
      }
      List<Need> unmet = new ArrayList<>();
      for (var question : questions) {
        var need = question.in(subject);
        var seen = looks.at(need);
        if (seen.isEmpty()) {
          unmet.add(need);
          missing.add(need);
        } else if (known.add(need)) {
          // most subjects of a rule need the same
          seen.forEach(this::show);
        }
      }
      if (!unmet.isEmpty() && unmet.stream().allMatch(Need::isProbe)) {
        unmet.forEach(need -> probes.add(need.probe()));
      }
    }

    private void show(Evidence fact) {
      if (looked.size() < MOST_FACTS) {
        looked.add(fact);
      }
    }

    Undecided undecided(String id, String title, Places places, List<Unread> unread) {
      return new Undecided(
          id,
          title,
          missing.stream().map(need -> need.missing(unread)).distinct().sorted().toList(),
          missing.stream().map(need -> need.command(places)).distinct().sorted().toList(),
          probes.stream().sorted(BY_PLACES).toList());
    }
  }
}
