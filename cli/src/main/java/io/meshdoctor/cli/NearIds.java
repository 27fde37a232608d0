package io.meshdoctor.cli;

import io.meshdoctor.engine.Distance;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Guesses which id was meant. */
final class NearIds {

  private static final int MOST = 3;

  private NearIds() {}

  /** The ids that take the fewest changes to what was typed. */
  static List<String> of(String typed, Collection<String> ids) {
    var wanted = typed.toUpperCase(Locale.ROOT);
    return ids.stream()
        .sorted(
            Comparator.comparingInt((String id) -> Distance.of(wanted, id))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .toList();
  }
}
