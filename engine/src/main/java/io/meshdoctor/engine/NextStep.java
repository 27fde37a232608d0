package io.meshdoctor.engine;

import io.meshdoctor.engine.Account.Entry;
import io.meshdoctor.engine.Account.Missing;
import io.meshdoctor.engine.Account.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What to do next where something is undecided: commands, and what they decide once those of the
 * steps before are done.
 *
 * @param commands commands that are of use together only, cheapest first
 * @param decides rules that they decide something of, by id
 */
public record NextStep(List<String> commands, List<Decided> decides) {

  public NextStep {
    commands = List.copyOf(commands);
    decides = List.copyOf(decides);
  }

  /**
   * A rule that is decided for some of its subjects.
   *
   * @param code id of the rule
   * @param title name of the rule
   * @param subjects for how many of them
   */
  public record Decided(String code, String title, int subjects) {}

  /** Commands that are missing together, and what they would decide. */
  private record Group(List<Missing> commands, Map<Account, Integer> subjects) {

    int cost() {
      return commands.stream().mapToInt(Missing::cost).sum();
    }

    String text() {
      return commands.stream().map(Missing::command).toList().toString();
    }
  }

  /** How many subjects are decided. */
  public int subjects() {
    return decides.stream().mapToInt(Decided::subjects).sum();
  }

  /**
   * The steps after which nothing is undecided, those that decide most for each command first.
   *
   * @param ledger what became of each rule
   */
  public static List<NextStep> of(List<Account> ledger) {
    var groups = groups(ledger);
    List<NextStep> steps = new ArrayList<>();
    Set<String> done = new LinkedHashSet<>();
    while (!groups.isEmpty()) {
      var open = groups;
      var best =
          open.stream()
              .min(
                  Comparator.comparingDouble((Group one) -> -gain(one, open, done))
                      .thenComparingInt(Group::cost)
                      .thenComparingInt(one -> one.commands().size())
                      .thenComparing(Group::text))
              .orElseThrow();
      var commands =
          best.commands().stream()
              .map(Missing::command)
              .filter(command -> !done.contains(command))
              .toList();
      done.addAll(commands);
      steps.add(
          new NextStep(commands, decided(open.stream().filter(one -> isMet(one, done)).toList())));
      groups = open.stream().filter(one -> !isMet(one, done)).toList();
    }
    return steps;
  }

  private static List<Group> groups(List<Account> ledger) {
    Map<List<String>, Group> groups = new LinkedHashMap<>();
    for (var account : ledger) {
      for (var entry : account.entries()) {
        if (entry.outcome() == Outcome.UNDECIDED) {
          var commands = commands(entry);
          groups
              .computeIfAbsent(
                  commands.stream().map(Missing::command).toList(),
                  key -> new Group(commands, new LinkedHashMap<>()))
              .subjects()
              .merge(account, 1, Integer::sum);
        }
      }
    }
    return List.copyOf(groups.values());
  }

  /** One command may read several of the things that are missing. */
  private static List<Missing> commands(Entry entry) {
    Map<String, Missing> commands = new LinkedHashMap<>();
    entry.missing().forEach(one -> commands.putIfAbsent(one.command(), one));
    return List.copyOf(commands.values());
  }

  /** How many subjects a group decides with each of its commands that is still to do. */
  private static double gain(Group group, List<Group> open, Set<String> done) {
    Set<String> then = new LinkedHashSet<>(done);
    group.commands().forEach(one -> then.add(one.command()));
    int decided =
        open.stream()
            .filter(one -> isMet(one, then))
            .flatMap(one -> one.subjects().values().stream())
            .mapToInt(Integer::intValue)
            .sum();
    return (double) decided / (then.size() - done.size());
  }

  private static boolean isMet(Group group, Set<String> done) {
    return group.commands().stream().allMatch(one -> done.contains(one.command()));
  }

  private static List<Decided> decided(List<Group> groups) {
    Map<String, Decided> decided = new TreeMap<>();
    for (var group : groups) {
      group
          .subjects()
          .forEach(
              (account, subjects) ->
                  decided.merge(
                      account.code(),
                      new Decided(account.code(), account.title(), subjects),
                      (one, more) ->
                          new Decided(one.code(), one.title(), one.subjects() + more.subjects())));
    }
    return List.copyOf(decided.values());
  }
}
