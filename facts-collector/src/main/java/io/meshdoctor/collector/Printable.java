package io.meshdoctor.collector;

/** Text of an input that goes into messages: it must not move the cursor or fill the screen. */
final class Printable {

  private static final int MAX_LENGTH = 200;

  private Printable() {}

  static boolean isPrintable(String text) {
    return text.codePoints().allMatch(Printable::isPrintable);
  }

  /** The text in one line of bounded length, with {@code ?} for what cannot be printed. */
  static String line(String text) {
    var line = new StringBuilder();
    text.strip()
        .codePoints()
        .limit(MAX_LENGTH)
        .forEach(c -> line.appendCodePoint(isPrintable(c) ? c : c == '\n' ? ' ' : '?'));
    return text.length() > MAX_LENGTH ? line + "..." : line.toString();
  }

  /** Format characters go too: some of them turn the direction of the text around. */
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
