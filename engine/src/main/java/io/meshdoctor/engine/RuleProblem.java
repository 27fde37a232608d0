package io.meshdoctor.engine;

/**
 * Something that is wrong with a file of rules.
 *
 * @param file path of the file as it was given
 * @param line line, from 1; 0 where it is not known
 * @param column column, from 1; 0 where it is not known
 * @param message what is wrong, and perhaps what was meant
 */
public record RuleProblem(String file, int line, int column, String message) {

  /** Such as {@code rules/x.drl:3:5}. */
  public String place() {
    return file + (line > 0 ? ":" + line : "") + (line > 0 && column > 0 ? ":" + column : "");
  }

  @Override
  public String toString() {
    return place() + ": " + message;
  }
}
