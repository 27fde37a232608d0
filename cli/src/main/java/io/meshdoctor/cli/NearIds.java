package io.meshdoctor.cli;

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
            Comparator.comparingInt((String id) -> distance(wanted, id))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .toList();
  }

  /** Levenshtein's distance. */
  private static int distance(String one, String other) {
    var previous = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      var current = new int[other.length() + 1];
      current[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        current[j] =
            Math.min(previous[j - 1] + changed, Math.min(previous[j] + 1, current[j - 1] + 1));
      }
      previous = current;
    }
    return previous[other.length()];
  }
}
