package io.meshdoctor.facts;

import java.util.Map;

/**
 * Some facts: one that is known, or all of a type that have certain values.
 *
 * @param type their type
 * @param values values that they have, by name of the component or method, {@code ready} for {@code
 *     isReady()}; the fact itself under {@code this}
 */
public record Selection(Class<? extends Fact> type, Map<String, Object> values) {

  private static final String THIS = "this";

  public Selection {
    values = Map.copyOf(values);
    for (var name : values.keySet()) {
      if (!name.equals(THIS)) {
        Components.of(type).checkProperty(name);
      }
    }
  }

  /** This fact. */
  public static Selection of(Fact fact) {
    return new Selection(fact.getClass(), Map.of(THIS, fact));
  }

  /**
   * All facts of a type that have these values.
   *
   * @param values names and values in turn
   * @throws IllegalArgumentException if facts of the type cannot be asked for one of the names
   */
  public static Selection of(Class<? extends Fact> type, Object... values) {
    return new Selection(type, Components.of(type).named(values));
  }

  /** Whether a fact is among them. */
  boolean has(Fact fact) {
    if (!type.isInstance(fact)) {
      return false;
    }
    var components = Components.of(type);
    return values.entrySet().stream()
        .allMatch(
            value ->
                value
                    .getValue()
                    .equals(
                        value.getKey().equals(THIS)
                            ? fact
                            : components.property(fact, value.getKey())));
  }
}
