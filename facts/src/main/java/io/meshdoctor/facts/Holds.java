package io.meshdoctor.facts;

/**
 * Something by which a stage of a leg holds. From which facts that follows is known to the rule
 * engine, as of a finding.
 *
 * @param stage the stage
 * @param leg the leg
 * @param whole whether it shows by itself that the stage holds, and not only a part of it
 * @param message what holds, in one clause
 */
public record Holds(Stage stage, Leg leg, boolean whole, String message) implements Evidence {

  /** The stage holds. */
  public static Holds wholly(Stage stage, Leg leg, String message, Object... names) {
    return new Holds(stage, leg, true, message.formatted(names));
  }

  /** Something that the stage needs is there. */
  public static Holds partly(Stage stage, Leg leg, String message, Object... names) {
    return new Holds(stage, leg, false, message.formatted(names));
  }

  @Override
  public String describe() {
    return message;
  }
}
