package io.meshdoctor.collector;

import io.meshdoctor.collector.IstiodState.ImpersonationRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Follows what an istiod logs of certificates that it does not sign for ztunnels, and keeps what
 * still holds at the end of the log: ztunnel asks again and again.
 *
 * <p>A few such lines are usual while pods come and go, for istiod may see a pod later than ztunnel
 * does; those name the pod, and are passed over.
 */
final class ImpersonationLog {

  /** ztunnel waits ever longer between two attempts, up to some minutes. */
  private static final Duration SILENCE = Duration.ofMinutes(6);

  private static final String NOT_CONFIGURED = "impersonation not allowed, as node authorizer";
  private static final Pattern FAILED =
      Pattern.compile(
          "impersonation failed for identity \\S+, error: "
              + "(?:no node authorizer for cluster (?<id>\\S+)|caller .* is not allowed to .*)");

  private final Map<String, ImpersonationRow> newest = new TreeMap<>();
  private final LogClock clock = new LogClock();

  /** Takes the next entry of the log. */
  void accept(LogEntry entry) {
    clock.accept(entry);
    if (entry.message().startsWith(NOT_CONFIGURED)) {
      note("", entry);
    }
    var failed = FAILED.matcher(entry.message());
    if (failed.matches()) {
      var id = failed.group("id");
      note(id == null ? "" : id, entry);
    }
  }

  private void note(String id, LogEntry entry) {
    newest.put(id, new ImpersonationRow(id, Redaction.of(entry.message()), entry.at()));
  }

  /** The newest refusal of each kind that was not followed by silence. */
  List<ImpersonationRow> current() {
    return newest.values().stream().filter(row -> !clock.isOver(row.at(), SILENCE)).toList();
  }
}
