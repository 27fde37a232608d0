package io.meshdoctor.collector;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Knows when a log ends, and so which of its entries were followed by a long silence. */
final class LogClock {

  private @Nullable LogEntry last;

  /** Takes the next entry of the log. */
  void accept(LogEntry entry) {
    if (!entry.time().isEmpty()) {
      last = entry;
    }
  }

  /** Whether the log goes on for longer than some time after an entry. */
  boolean isOver(@Nullable Instant at, Duration silence) {
    var end = last == null ? null : last.at();
    return at != null && end != null && at.isBefore(end.minus(silence));
  }
}
