package io.meshdoctor.engine.report;

/** Colours of a report. They add to its words and never carry meaning alone. */
@FunctionalInterface
public interface Palette {

  /** No colours. */
  Palette NONE = (tone, text) -> text;

  /** The text with whatever switches its colour on and off. */
  String paint(Tone tone, String text);
}
