package io.meshdoctor.engine.report;

/** Makes harmless what a mesh says of itself: a name must not steer whatever shows it. */
final class Clean {

  private Clean() {}

  /** One line, without control characters and without what turns the direction of writing. */
  static String line(String words) {
    return clean(words, false);
  }

  /** The same of several lines, whose ends are kept. */
  static String lines(String text) {
    return clean(text, true);
  }

  private static String clean(String words, boolean many) {
    StringBuilder clean = null;
    for (int i = 0; i < words.length(); i++) {
      char one = words.charAt(i);
      if (isHarmless(words, i) || (many && one == '\n')) {
        continue;
      }
      if (clean == null) {
        clean = new StringBuilder(words);
      }
      clean.setCharAt(i, Character.isSurrogate(one) ? '\ufffd' : ' ');
    }
    return clean == null ? words : clean.toString();
  }

  private static boolean isHarmless(String words, int index) {
    char one = words.charAt(index);
    if (one < 0x7f) {
      return one >= ' ';
    }
    if (Character.isHighSurrogate(one)) {
      return index + 1 < words.length() && Character.isLowSurrogate(words.charAt(index + 1));
    }
    if (Character.isLowSurrogate(one)) {
      return index > 0 && Character.isHighSurrogate(words.charAt(index - 1));
    }
    return one > 0x9f && one != 0x61c && one < 0xfffe && !isSteering(one);
  }

  /** Marks of direction, and separators of lines and paragraphs. */
  private static boolean isSteering(char one) {
    return one == 0x200e
        || one == 0x200f
        || (one >= 0x2028 && one <= 0x202e)
        || (one >= 0x2066 && one <= 0x2069);
  }
}
