package io.meshdoctor.engine.report;

import io.meshdoctor.engine.Diagnosis.Undecided;
import java.util.List;
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

  void write(List<Undecided> undecided) {
    var blocks = UndecidedGroup.of(undecided);
    int shown = layout.most(blocks);
    blocks.subList(0, shown).forEach(this::block);
    var left =
        blocks.subList(shown, blocks.size()).stream()
            .mapToInt(block -> block.members().size())
            .sum();
    if (left > 0) {
      layout.gap();
      layout.title(Tone.WARNING, "undecided: ", "%d more; -v shows them".formatted(left));
    }
  }

  private void block(UndecidedGroup block) {
    var first = block.first();
    layout.gap();
    if (block.isUnexplained()) {
      block
          .lines()
          .forEach(
              line ->
                  layout.title(Tone.WARNING, "unexplained[%s]: ".formatted(first.code()), line));
      layout.list("perhaps", block.perhaps());
    } else if (block.members().size() == 1) {
      layout.title(Tone.WARNING, "undecided[%s]: ".formatted(first.code()), first.title());
      layout.list("missing", first.missing());
    } else {
      layout.title(
          Tone.WARNING,
          "undecided: ",
          "%d rules, because this was not read".formatted(block.members().size()));
      layout.list("missing", first.missing());
      layout.list("rules", rules(block));
    }
    if (!first.decideWith().isEmpty()) {
      layout.line(Layout.LABEL, Tone.PLAIN, "decide with");
      layout.commands(first.decideWith());
    }
  }

  private List<String> rules(UndecidedGroup block) {
    if (block.members().size() > MOST_TITLES && !layout.detailed()) {
      return List.of(
          block.members().stream().map(Undecided::code).collect(Collectors.joining(", ")));
    }
    return block.lines();
  }
}
