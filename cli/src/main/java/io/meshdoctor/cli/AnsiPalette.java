package io.meshdoctor.cli;

import io.meshdoctor.engine.report.Palette;
import io.meshdoctor.engine.report.Tone;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** The colours that every terminal has. */
enum AnsiPalette implements Palette {
  /** Eight colours and bold. */
  ANSI;

  @Override
  public String paint(Tone tone, String text) {
    return switch (tone) {
      case ERROR -> styled(text, Style.bold, Style.fg_red);
      case WARNING -> styled(text, Style.bold, Style.fg_yellow);
      case NOTE -> styled(text, Style.bold, Style.fg_blue);
      case GOOD -> styled(text, Style.bold, Style.fg_green);
      case STRONG -> styled(text, Style.bold);
      case DIM -> styled(text, Style.faint);
      case COMMAND -> styled(text, Style.fg_cyan);
      case PLAIN -> text;
    };
  }

  private static String styled(String text, IStyle... styles) {
    return Style.on(styles) + text + Style.reset.on();
  }
}
