package io.meshdoctor.collector;

import io.meshdoctor.collector.IstiodState.RejectionRow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Follows what an istiod logs of proxies that it does not let in, and keeps what still holds at the
 * end of the log: a proxy that is refused comes back within seconds.
 */
final class RejectionLog {

  /** Envoy waits for half of this at most before it asks for a connection again. */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  /**
   * An API server that restarts is not there for as long, and nothing is wrong then: proxies try
   * again.
   */
  private static final Duration RESTART = Duration.ofSeconds(30);

  /** The API server could not be asked, and so has refused nothing. */
  private static final Pattern UNASKED =
      Pattern.compile("Post \\\\?\"[^\"]*/tokenreviews\\\\?\": ");

  private static final Pattern REJECTED =
      Pattern.compile("Failed to authenticate client from (?<client>\\S+): (?<reason>.*)");
  private static final Pattern CLUSTER =
      Pattern.compile(
          "(?:client claims to be in cluster|failed to validate the JWT from cluster)"
              + " \\\\?\"(?<id>[^\"\\\\]*)");
  private static final String UNKNOWN = "but we only know about";

  /** What an API server says of a token whose pod, or whose account, is no more. */
  private static final String INVALIDATED = "service account token has been invalidated";

  /** What releases before 1.23 say of a cluster that they do not know. */
  private static final Pattern WITHOUT_CLIENT =
      Pattern.compile("could not get cluster (?<id>\\S+)'s kube client");

  /** A time in which the API server of a cluster could not be asked. */
  private record Outage(Instant since, Instant newest) {}

  private final Map<String, RejectionRow> newest = new TreeMap<>();
  private final Map<String, Outage> outages = new HashMap<>();
  private final LogClock clock = new LogClock();

  /** Takes the next entry of the log. */
  void accept(LogEntry entry) {
    clock.accept(entry);
    Matcher rejected = REJECTED.matcher(entry.message());
    if (rejected.matches()) {
      String reason = rejected.group("reason");
      Matcher cluster = CLUSTER.matcher(reason);
      Matcher unknown = WITHOUT_CLIENT.matcher(reason);
      boolean old = unknown.find();
      String id = old ? unknown.group("id") : cluster.find() ? cluster.group("id") : "";
      if (UNASKED.matcher(reason).find() && isRestart(id, entry.at())) {
        return;
      }
      String expelled =
          reason.contains(INVALIDATED)
              ? rejected.group("client").replaceAll("[\\[\\]]|:\\d+$", "")
              : "";
      newest.put(
          id + " " + expelled,
          new RejectionRow(
              id,
              old || reason.contains(UNKNOWN),
              Redaction.of(entry.message()),
              expelled,
              entry.at()));
    }
  }

  /** Whether the API server of a cluster is not there, and was a moment ago. */
  private boolean isRestart(String id, @Nullable Instant at) {
    if (at == null) {
      return false;
    }
    var outage =
        outages.merge(
            id,
            new Outage(at, at),
            (before, now) ->
                before.newest().plus(SILENCE).isBefore(at) ? now : new Outage(before.since(), at));
    return at.isBefore(outage.since().plus(RESTART));
  }

  /**
   * The newest refusal of each cluster ID that was not followed by silence, with one more for each
   * client of it whose pod may be no more.
   */
  List<RejectionRow> current() {
    return newest.values().stream().filter(row -> !clock.isOver(row.at(), SILENCE)).toList();
  }
}
