package io.meshdoctor.engine.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Lays out text in lines of some width, in two columns: labels, and what belongs to them. Control
 * characters never get out.
 */
final class Layout {

  /** Where the second column starts. */
  static final int COLUMN = 12;

  /** Where labels start, and what belongs to no label. */
  static final int LABEL = 2;

  private static final int COMMAND = 4;
  private static final int HANGING = 4;

  /** Lists are cut to this where the reader asks for no details. */
  private static final int MOST = 6;

  private final StringBuilder text = new StringBuilder();
  private final int width;
  private final Palette palette;
  private final boolean detailed;
  private String label = "";

  Layout(int width, Palette palette, boolean detailed) {
    this.width = width;
    this.palette = palette;
    this.detailed = detailed;
  }

  /** An empty line. */
  void gap() {
    text.append('\n');
  }

  /** The label of the next line. */
  void label(String next) {
    label = next;
  }

  /** A line that is never broken. */
  void line(int indent, Tone tone, String content) {
    text.append(margin(indent)).append(paint(tone, Clean.line(content))).append('\n');
  }

  /** A title that may be broken: what it is in its colour, then what it says. */
  void title(Tone tone, String what, String says) {
    text.append(paint(tone, what));
    broken(says, Tone.STRONG, what.length(), HANGING);
  }

  /** Words that may be broken, all lines indented alike. */
  void words(int indent, Tone tone, String words) {
    words(indent, indent, tone, words);
  }

  /** Words that may be broken, the further lines indented by {@code hanging}. */
  void words(int indent, int hanging, Tone tone, String words) {
    var margin = margin(indent);
    text.append(margin);
    broken(words, tone, margin.length(), hanging);
  }

  /** Two cells in one line. */
  void cells(int indent, String left, int leftWidth, String right) {
    text.append(margin(indent))
        .append(Clean.line(left))
        .append(" ".repeat(leftWidth - left.length()))
        .append(paint(Tone.DIM, Clean.line(right)))
        .append('\n');
  }

  /** A labelled list in the second column; nothing at all where it is empty. */
  void list(String name, List<String> entries) {
    if (!entries.isEmpty()) {
      label(name);
      list(COLUMN, entries);
    }
  }

  /** A list without a label. */
  void list(int indent, List<String> entries) {
    entries.subList(0, most(entries)).forEach(entry -> words(indent, Tone.PLAIN, entry));
    cut(indent, entries);
  }

  /** Commands, unbroken so that they can be pasted. */
  void commands(List<String> commands) {
    for (var command : commands.subList(0, most(commands))) {
      // The end of a here-document must not be indented.
      var indent = command.contains("\n") ? "" : " ".repeat(COMMAND);
      for (var line : command.split("\n", -1)) {
        text.append(indent).append(paint(Tone.COMMAND, Clean.line(line))).append('\n');
      }
    }
    cut(COMMAND, commands);
  }

  private void cut(int indent, List<?> list) {
    int left = list.size() - most(list);
    if (left > 0) {
      line(indent, Tone.DIM, "and %d more; -v shows them".formatted(left));
    }
  }

  /** How many of a list to show. */
  int most(List<?> list) {
    return detailed ? list.size() : Math.min(list.size(), MOST);
  }

  /** Whether the reader asks for details. */
  boolean detailed() {
    return detailed;
  }

  int width() {
    return width;
  }

  private String margin(int indent) {
    if (label.isEmpty()) {
      return " ".repeat(indent);
    }
    var margin = " ".repeat(LABEL) + label;
    label = "";
    return margin + " ".repeat(Math.max(1, indent - margin.length()));
  }

  private void broken(String words, Tone tone, int taken, int hanging) {
    var lines = lines(Clean.line(words), width - taken, width - hanging);
    text.append(paint(tone, lines.get(0))).append('\n');
    for (var line : lines.subList(1, lines.size())) {
      text.append(" ".repeat(hanging)).append(paint(tone, line)).append('\n');
    }
  }

  /** Breaks at blanks only: what holds no blank is longer than the room if it must. */
  private static List<String> lines(String words, int firstRoom, int room) {
    List<String> lines = new ArrayList<>();
    var line = new StringBuilder();
    for (var word : words.strip().split(" +", -1)) {
      int left = lines.isEmpty() ? firstRoom : room;
      if (!line.isEmpty() && line.length() + 1 + word.length() > left) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private String paint(Tone tone, String piece) {
    return tone == Tone.PLAIN || piece.isBlank() ? piece : palette.paint(tone, piece);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
