package io.meshdoctor.facts;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a fix does to the facts: had it been made before the mesh was read, they would differ in
 * this. With it a fix is tried in memory.
 */
public sealed interface Change {

  /**
   * There is a new fact.
   *
   * @param type its type
   * @param values names of its components and values in turn; what is left out is empty, zero or
   *     false
   * @throws IllegalArgumentException if the type has no such component, or one of another type
   */
  static Change adding(Class<? extends Fact> type, Object... values) {
    var components = Components.of(type);
    return new Adding(components.make(components.named(values)));
  }

  /**
   * There is a new fact that is like another.
   *
   * @param model the other
   * @param values names of components in which it differs, and values, in turn
   * @throws IllegalArgumentException if the type has no such component, or one of another type
   */
  static Change adding(Fact model, Object... values) {
    var components = Components.of(model.getClass());
    return new Adding(components.copy(model, components.named(values)));
  }

  /**
   * Facts get other values.
   *
   * @param facts which ones
   * @param values names of components and values in turn
   * @throws IllegalArgumentException if the type has no such component, or one of another type
   */
  static Change replacing(Selection facts, Object... values) {
    return new Replacing(facts, Components.of(facts.type()).named(values));
  }

  /**
   * Beside facts there are new ones that are like them.
   *
   * @param facts which ones
   * @param values names of components in which the new ones differ, and values, in turn
   * @throws IllegalArgumentException if the type has no such component, or one of another type
   */
  static Change copying(Selection facts, Object... values) {
    return new Copying(facts, Components.of(facts.type()).named(values));
  }

  /** Type of the facts that it may take. */
  Class<? extends Fact> type();

  /** Whether it takes a fact away, or puts others in its place. */
  boolean takes(Fact fact);

  /** What comes in the place of a fact that it takes; empty where nothing does. */
  List<Fact> inPlaceOf(Fact fact);

  /** What it adds that was not there at all. */
  Optional<Fact> addition();

  /**
   * A new fact.
   *
   * @param fact the fact
   */
  record Adding(Fact fact) implements Change {

    @Override
    public Class<? extends Fact> type() {
      return fact.getClass();
    }

    @Override
    public boolean takes(Fact other) {
      return false;
    }

    @Override
    public List<Fact> inPlaceOf(Fact other) {
      return List.of();
    }

    @Override
    public Optional<Fact> addition() {
      return Optional.of(fact);
    }
  }

  /** What happens to some facts that are there. */
  sealed interface Selecting extends Change {

    /** Which ones. */
    Selection facts();

    @Override
    default Class<? extends Fact> type() {
      return facts().type();
    }

    @Override
    default boolean takes(Fact fact) {
      return facts().has(fact);
    }

    @Override
    default Optional<Fact> addition() {
      return Optional.empty();
    }
  }

  /**
   * Facts get other values.
   *
   * @param facts which ones
   * @param values the new values by name of the component; {@code labels[app]} names one entry of a
   *     map, which an empty text takes away
   */
  record Replacing(Selection facts, Map<String, Object> values) implements Selecting {

    public Replacing {
      values = Map.copyOf(values);
      Components.of(facts.type()).check(values);
    }

    @Override
    public List<Fact> inPlaceOf(Fact fact) {
      return List.of(Components.of(facts.type()).copy(fact, values));
    }
  }

  /**
   * Beside facts there are new ones that are like them.
   *
   * @param facts which ones
   * @param values what the new ones differ in, as in {@link Replacing#values}
   */
  record Copying(Selection facts, Map<String, Object> values) implements Selecting {

    public Copying {
      values = Map.copyOf(values);
      Components.of(facts.type()).check(values);
    }

    @Override
    public List<Fact> inPlaceOf(Fact fact) {
      return List.of(fact, Components.of(facts.type()).copy(fact, values));
    }
  }

  /**
   * Facts go.
   *
   * @param facts which ones
   */
  record Removing(Selection facts) implements Selecting {

    @Override
    public List<Fact> inPlaceOf(Fact fact) {
      return List.of();
    }
  }
}
