package io.meshdoctor.collector;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Follows what an istiod logs of the caches that it waits for, and keeps those that it still waits
 * for at the end of the log: it says so every five seconds.
 *
 * <p>Caches of several clusters have one name. Each counts its own attempts, so that only one that
 * is filled at a later attempt than was last said can be the one that is waited for.
 */
final class SyncLog {

  /**
   * A cache that is not filled.
   *
   * @param waited seconds
   */
  record Row(String cache, int attempt, int waited, @Nullable Instant at) {}

  private static final Duration SILENCE = Duration.ofSeconds(15);

  /** How Go prints durations. */
  private static final Pattern TIME =
      Pattern.compile("(?:(?<h>\\d{1,5})h)?(?:(?<m>\\d{1,5})m)?(?<s>\\d{1,5})(?:\\.\\d+)?s");

  private final Map<String, Row> waiting = new TreeMap<>();
  private final LogClock clock = new LogClock();

  /** Takes the next entry of the log. */
  void accept(LogEntry entry) {
    clock.accept(entry);
    var cache = entry.labels().getOrDefault("name", "");
    int attempt = number(entry.labels().getOrDefault("attempt", ""));
    if (cache.isEmpty()) {
      return;
    }
    if (entry.message().startsWith("waiting for sync")) {
      var time = entry.labels().getOrDefault("time", "");
      waiting.put(cache, new Row(cache, attempt, seconds(time), entry.at()));
    } else if (entry.message().startsWith("sync complete")) {
      waiting.computeIfPresent(cache, (name, row) -> attempt >= row.attempt() ? null : row);
    }
  }

  private static int seconds(String time) {
    var parts = TIME.matcher(time);
    return parts.matches()
        ? 3600 * number(parts.group("h")) + 60 * number(parts.group("m")) + number(parts.group("s"))
        : 0;
  }

  private static int number(@Nullable String digits) {
    return digits != null && digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 0;
  }

  /** What is waited for where the log ends. */
  List<Row> current() {
    return waiting.values().stream().filter(row -> !clock.isOver(row.at(), SILENCE)).toList();
  }
}
