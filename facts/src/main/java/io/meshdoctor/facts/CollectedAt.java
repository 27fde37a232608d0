package io.meshdoctor.facts;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When everything was read: the present of all that the other facts tell. Rules compare times with
 * this one, and never with the clock of the machine that they run on.
 *
 * @param time when the last of it was read
 * @param origin where it was seen
 */
public record CollectedAt(@Nullable Instant time, Origin origin) implements Fact {

  /** Longer than istiod takes for what it does at its start. */
  private static final Duration WHILE = Duration.ofMinutes(2);

  public CollectedAt {
    origin = Normal.origin(origin);
  }

  /** Whether it is minutes after something that happened; where that is unknown, it is. */
  public boolean isLongAfter(@Nullable Instant event) {
    return event == null || (time != null && event.plus(WHILE).isBefore(time));
  }

  /** Whether it is after something that was to happen at this time. */
  public boolean isAfter(@Nullable Instant event) {
    return event != null && time != null && event.isBefore(time);
  }

  @Override
  public String describe() {
    return "everything was read by " + time;
  }
}
