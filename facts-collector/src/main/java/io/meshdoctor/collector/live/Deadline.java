package io.meshdoctor.collector.live;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The end of a run, which holds for everything in it. */
final class Deadline {

  private final Duration total;
  private final @Nullable Deadline whole;
  private final long end;
  private volatile boolean cancelled;

  Deadline(Duration total) {
    this(total, null);
  }

  private Deadline(Duration total, @Nullable Deadline whole) {
    this.total = total;
    this.whole = whole;
    this.end = System.nanoTime() + total.toNanos();
  }

  /** A deadline of a part of the run, which ends with it at the latest. */
  Deadline part(Duration most) {
    return new Deadline(most, this);
  }

  /** Something did not arrive in time. */
  static final class LateException extends IOException {
    LateException(String message) {
      super(message);
    }
  }

  /** Milliseconds that are left; 0 when it is over. */
  long left() {
    var own = cancelled ? 0 : Math.max(0, (end - System.nanoTime()) / 1_000_000);
    return whole == null ? own : Math.min(own, whole.left());
  }

  boolean isOver() {
    return left() == 0;
  }

  /** Ends the run now. */
  void cancel() {
    cancelled = true;
  }

  void check() throws LateException {
    if (isOver()) {
      throw late();
    }
  }

  LateException late() {
    return new LateException(reason());
  }

  /** Why something was not read. */
  String reason() {
    if (whole != null) {
      return whole.isOver() ? whole.reason() : "no answer within %d s".formatted(total.toSeconds());
    }
    if (cancelled) {
      return "not read: the run was stopped";
    }
    var seconds = total.toMillis() / 1000.0;
    return seconds == Math.rint(seconds)
        ? "not read within %d s".formatted((long) seconds)
        : "not read within %s s".formatted(seconds);
  }
}
