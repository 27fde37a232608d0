package io.meshdoctor.cli;

import io.meshdoctor.engine.report.Palette;
import java.util.Map;

/**
 * Where reports on the standard output are read.
 *
 * @param interactive whether that is a terminal, and not a file or a pipe
 * @param coloured whether its reader wants colours
 * @param width how many characters a line has
 */
record Terminal(boolean interactive, boolean coloured, int width) {

  /** A line of a file, or of a terminal that does not say how wide it is. */
  static final int DEFAULT_WIDTH = 100;

  /** A file, or a pipe. */
  static final Terminal NONE = new Terminal(false, false, DEFAULT_WIDTH);

  /** Nobody reads longer lines. */
  private static final int GREATEST_WIDTH = 140;

  /**
   * As the environment says.
   *
   * @param interactive whether the standard output is a terminal
   */
  static Terminal of(boolean interactive, Map<String, String> environment) {
    boolean coloured =
        interactive
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
    return new Terminal(interactive, coloured, width(environment.getOrDefault("COLUMNS", "")));
  }

  private static int width(String columns) {
    return columns.matches("[1-9]\\d{0,4}")
        ? Math.min(Integer.parseInt(columns), GREATEST_WIDTH)
        : DEFAULT_WIDTH;
  }

  /** The colours to use. */
  Palette palette() {
    return coloured ? AnsiPalette.ANSI : Palette.NONE;
  }

  /** The same without colours. */
  Terminal uncoloured() {
    return new Terminal(interactive, false, width);
  }
}
