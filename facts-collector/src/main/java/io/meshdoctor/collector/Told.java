package io.meshdoctor.collector;

import io.meshdoctor.facts.Origin;
import java.util.List;
import java.util.function.Supplier;

/** A value, and what told it; empty where nothing did. */
record Told(String value, Origin origin) {

  static final Told NOTHING = new Told("", Origin.UNKNOWN);

  boolean isKnown() {
    return !value.isEmpty();
  }

  /** The first of several ways to tell that tells anything. */
  static Told first(List<Supplier<Told>> ways) {
    return ways.stream().map(Supplier::get).filter(Told::isKnown).findFirst().orElse(NOTHING);
  }
}
