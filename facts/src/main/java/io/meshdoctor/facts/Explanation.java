package io.meshdoctor.facts;

/**
 * A finding makes a symptom, or another finding, so.
 *
 * @param cause what explains
 * @param effect what is explained: a {@link Symptom} or a {@link Finding}
 */
public record Explanation(Finding cause, Evidence effect) implements Evidence {

  @Override
  public String describe() {
    return "%s explains that %s".formatted(cause.describe(), effect.describe());
  }
}
