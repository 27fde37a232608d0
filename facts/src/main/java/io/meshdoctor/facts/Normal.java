package io.meshdoctor.facts;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The normal forms of components that a hand-written fact may leave out, and of what facts say. */
final class Normal {

  private Normal() {}

  static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  static <T> List<T> list(@Nullable List<T> values) {
    return values == null ? List.of() : List.copyOf(values);
  }

  static Map<String, String> sorted(@Nullable Map<String, String> values) {
    return values == null || values.isEmpty() ? Map.of() : new TreeMap<>(values);
  }

  /** A number of things, by a noun that takes an {@code s} for several. */
  static String count(long number, String noun) {
    return "%d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }

  static Origin origin(@Nullable Origin origin) {
    return origin == null ? Origin.UNKNOWN : origin;
  }
}
