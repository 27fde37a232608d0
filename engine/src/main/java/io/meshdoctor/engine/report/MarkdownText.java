package io.meshdoctor.engine.report;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts together Markdown as GitHub and GitLab take it. Words are given as they are: what would be
 * markup in them is escaped, and mentions nobody and refers to nothing.
 */
final class MarkdownText {

  private static final Pattern MARKUP = Pattern.compile("[\\\\`*_\\[\\]<>|~&$]");

  /** What would begin a block at the start of a line. */
  private static final Pattern BLOCK = Pattern.compile("^(\\d+)?([#+=.):-])");

  /** What would mention somebody, or refer to an issue. */
  private static final Pattern REFERENCE = Pattern.compile("([@#!])(?=\\w)");

  private static final Pattern TICKS = Pattern.compile("`+");

  private final StringBuilder text = new StringBuilder();

  /** Words that are nothing but words. */
  static String words(String words) {
    var clean = Clean.line(words).strip();
    var escaped = MARKUP.matcher(clean).replaceAll("\\\\$0");
    escaped = BLOCK.matcher(escaped).replaceFirst("$1\\\\$2");
    return REFERENCE.matcher(escaped).replaceAll("$1<!-- -->");
  }

  /** Code within a line. */
  static String code(String code) {
    var clean = Clean.line(code).strip();
    var ticks = "`".repeat(longestTicks(clean) + 1);
    var gap = clean.startsWith("`") || clean.endsWith("`") ? " " : "";
    return clean.isEmpty() ? "" : ticks + gap + clean + gap + ticks;
  }

  private static int longestTicks(String code) {
    return TICKS
        .matcher(code)
        .results()
        .mapToInt(ticks -> ticks.end() - ticks.start())
        .max()
        .orElse(0);
  }

  /** A heading; {@code markup} is what the methods of this class make. */
  void heading(int level, String markup) {
    paragraph("#".repeat(level) + " " + markup);
  }

  void paragraph(String markup) {
    gap();
    text.append(markup).append('\n');
  }

  /** An item of a list, in lists if {@code depth} is not 0; the first one begins it. */
  void item(int depth, String markup) {
    text.append("  ".repeat(depth)).append("- ").append(markup).append('\n');
  }

  /** An empty line, where there is something to part. */
  void gap() {
    if (!text.isEmpty() && !text.toString().endsWith("\n\n")) {
      text.append('\n');
    }
  }

  /** Commands, to be pasted. */
  void commands(List<String> commands) {
    var block = commands.stream().map(Clean::lines).collect(Collectors.joining("\n"));
    var fence = "`".repeat(Math.max(3, longestTicks(block) + 1));
    paragraph("%ssh\n%s\n%s".formatted(fence, block, fence));
  }

  /** A table. */
  void table(List<String> head, List<List<String>> rows) {
    gap();
    row(head);
    row(head.stream().map(cell -> "---").toList());
    rows.forEach(this::row);
  }

  private void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
