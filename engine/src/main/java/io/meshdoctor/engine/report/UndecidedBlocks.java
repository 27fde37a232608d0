package io.meshdoctor.engine.report;

import io.meshdoctor.engine.Diagnosis.Undecided;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints what could not be told: rules that miss the same things stand in one block, and so do
 * observations that the same might explain.
 */
final class UndecidedBlocks {

  /** Titles beside so many ids still help; more are a wall. */
  private static final int MOST_TITLES = 4;

  private final Layout layout;

  UndecidedBlocks(Layout layout) {
    this.layout = layout;
  }

  /** Whether it is something observed that nothing explains, and not a rule that could not look. */
  static boolean isUnexplained(Undecided one) {
    return one.isUnexplained() && !one.missing().isEmpty();
  }

  void write(List<Undecided> undecided) {
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
    var blocks =
        groups.values().stream()
            .sorted(
                Comparator.comparing((List<Undecided> block) -> !isUnexplained(block.get(0)))
                    .thenComparing(block -> -block.size()))
            .toList();
    int shown = layout.most(blocks);
    blocks.subList(0, shown).forEach(this::block);
    var left = blocks.subList(shown, blocks.size()).stream().mapToInt(List::size).sum();
    if (left > 0) {
      layout.gap();
      layout.title(Tone.WARNING, "undecided: ", "%d more; -v shows them".formatted(left));
    }
  }

  private void block(List<Undecided> block) {
    var first = block.get(0);
    layout.gap();
    if (isUnexplained(first)) {
      block.forEach(
          one ->
              layout.title(
                  Tone.WARNING, "unexplained[%s]: ".formatted(one.code()), one.missing().get(0)));
      layout.list("perhaps", perhaps(first));
    } else if (block.size() == 1) {
      layout.title(Tone.WARNING, "undecided[%s]: ".formatted(first.code()), first.title());
      layout.list("missing", first.missing());
    } else {
      layout.title(
          Tone.WARNING,
          "undecided: ",
          "%d rules, because this was not read".formatted(block.size()));
      layout.list("missing", first.missing());
      layout.list("rules", rules(block));
    }
    if (!first.decideWith().isEmpty()) {
      layout.line(Layout.LABEL, Tone.PLAIN, "decide with");
      layout.commands(first.decideWith());
    }
  }

  /** Rules that could explain it if they could look. */
  private static List<String> perhaps(Undecided unexplained) {
    return unexplained.missing().stream()
        .skip(1)
        .map(one -> one.replaceFirst("^perhaps ", ""))
        .toList();
  }

  private List<String> rules(List<Undecided> block) {
    if (block.size() > MOST_TITLES && !layout.detailed()) {
      return List.of(block.stream().map(Undecided::code).collect(Collectors.joining(", ")));
    }
    return block.stream().map(one -> "%s: %s".formatted(one.code(), one.title())).toList();
  }
}
