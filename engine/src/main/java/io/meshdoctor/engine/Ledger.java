package io.meshdoctor.engine;

import io.meshdoctor.engine.Diagnosis.Undecided;
import io.meshdoctor.engine.Diagnosis.WantedProbe;
import io.meshdoctor.facts.Evidence;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Unread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
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
record Ledger(SortedMap<String, List<Evidence>> ruledOut, List<Undecided> undecided) {

  /** No reader wants more of one rule. */
  private static final int MOST_FACTS = 12;

  private static final Comparator<WantedProbe> BY_PLACES =
      Comparator.comparing(WantedProbe::kind)
          .thenComparing(WantedProbe::from)
          .thenComparing(WantedProbe::to);

  static Ledger of(RuleBase rules, Inference inference, Places places, List<Unread> unread) {
    SortedMap<String, List<Considered>> subjects = new TreeMap<>();
    inference
        .considered()
        .forEach(one -> subjects.computeIfAbsent(one.rule(), id -> new ArrayList<>()).add(one));
    var looks = new Looks(inference.listed());
    SortedMap<String, List<Evidence>> ruledOut = new TreeMap<>();
    List<Undecided> undecided = new ArrayList<>();
    subjects.forEach(
        (id, ofRule) -> {
          var found = inference.found().getOrDefault(id, Map.of()).keySet();
          SortedSet<String> missing = new TreeSet<>();
          SortedSet<String> commands = new TreeSet<>();
          Set<WantedProbe> probes = new LinkedHashSet<>();
          Set<Need> known = new HashSet<>();
          var facts = new First(inference.positions());
          var division = rules.division(id);
          var questions = division.questions();
          for (var considered : ofRule) {
            if (!found.contains(considered.subject())) {
              List<Need> unmet = new ArrayList<>();
              for (var question : questions) {
                var need = question.in(variable -> division.bound(variable, considered.subject()));
                var looked = looks.at(need);
                if (looked.isEmpty()) {
                  unmet.add(need);
                }
                // most subjects of a rule need the same
                if (known.add(need)) {
                  looked.forEach(facts::add);
                  if (looked.isEmpty()) {
                    missing.add(need.missing(unread));
                    commands.add(need.command(places));
                  }
                }
              }
              if (unmet.stream().allMatch(Need::isProbe)) {
                unmet.forEach(need -> probes.add(need.probe()));
              }
              for (var fact : considered.subject().facts()) {
                if (fact instanceof Evidence evidence) {
                  facts.add(evidence);
                }
              }
            }
          }
          if (!missing.isEmpty()) {
            undecided.add(
                new Undecided(
                    id,
                    rules.header(id).title(),
                    List.copyOf(missing),
                    List.copyOf(commands),
                    probes.stream().sorted(BY_PLACES).toList()));
          } else if (found.isEmpty()) {
            ruledOut.put(id, facts.all());
          }
        });
    return new Ledger(ruledOut, undecided);
  }

  /** The first few of many facts. */
  private static final class First {

    private final Positions positions;
    private final NavigableMap<Integer, Evidence> first = new TreeMap<>();

    First(Positions positions) {
      this.positions = positions;
    }

    void add(Evidence fact) {
      int place = positions.of(fact);
      if (first.size() < MOST_FACTS || place < first.lastKey()) {
        first.put(place, fact);
        if (first.size() > MOST_FACTS) {
          first.pollLastEntry();
        }
      }
    }

    List<Evidence> all() {
      return List.copyOf(first.values());
    }
  }

  /** What was looked at, by what asks for it: many subjects ask for the same. */
  private static final class Looks {

    private final Set<Listed> listed;
    private final Map<Need, List<Listed>> answers = new HashMap<>();

    Looks(Set<Listed> listed) {
      this.listed = listed;
    }

    /** What meets a need, a few of them. */
    List<Listed> at(Need need) {
      return answers.computeIfAbsent(
          need, asked -> listed.stream().filter(asked::isMetBy).limit(MOST_FACTS).toList());
    }
  }
}
