package io.meshdoctor.engine.report;

import io.meshdoctor.engine.Diagnosis.Undecided;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What could not be told for one reason: rules that miss the same things, or observations that the
 * same might explain.
 *
 * @param members at least one
 */
record UndecidedGroup(List<Undecided> members) {

  UndecidedGroup {
    members = List.copyOf(members);
  }

  /** All groups: first observations that nothing explains, then those of the most rules. */
  static List<UndecidedGroup> of(List<Undecided> undecided) {
    Map<List<List<String>>, List<Undecided>> groups = new LinkedHashMap<>();
    for (var one : undecided) {
      groups
          .computeIfAbsent(
              isUnexplained(one)
                  ? List.of(List.of(one.code()), perhaps(one), one.decideWith())
                  : List.of(one.missing(), one.decideWith()),
              key -> new ArrayList<>())
          .add(one);
    }
    return groups.values().stream()
        .map(UndecidedGroup::new)
        .sorted(
            Comparator.comparing((UndecidedGroup group) -> !group.isUnexplained())
                .thenComparing(group -> -group.members.size()))
        .toList();
  }

  /** Whether it is something observed that nothing explains, and not a rule that could not look. */
  static boolean isUnexplained(Undecided one) {
    return one.isUnexplained() && !one.missing().isEmpty();
  }

  boolean isUnexplained() {
    return isUnexplained(first());
  }

  Undecided first() {
    return members.get(0);
  }

  /** Rules that could explain the observations if they could look. */
  List<String> perhaps() {
    return isUnexplained() ? perhaps(first()) : List.of();
  }

  private static List<String> perhaps(Undecided unexplained) {
    return unexplained.missing().stream()
        .skip(1)
        .map(one -> one.replaceFirst("^perhaps ", ""))
        .toList();
  }

  /** The rules by id and title, or the observations. */
  List<String> lines() {
    return members.stream()
        .map(
            one ->
                isUnexplained()
                    ? one.missing().get(0)
                    : "%s: %s".formatted(one.code(), one.title()))
        .toList();
  }
}
