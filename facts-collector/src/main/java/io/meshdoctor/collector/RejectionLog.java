package io.meshdoctor.collector;

import io.meshdoctor.collector.IstiodState.RejectionRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows what an istiod logs of proxies that it does not let in, and keeps what still holds at the
 * end of the log: a proxy that is refused comes back within seconds.
 */
final class RejectionLog {

  private static final Duration SILENCE = Duration.ofMinutes(2);

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

  private final Map<String, RejectionRow> newest = new TreeMap<>();
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

  /**
   * The newest refusal of each cluster ID that was not followed by silence, with one more for each
   * client of it whose pod may be no more.
   */
  List<RejectionRow> current() {
    return newest.values().stream().filter(row -> !clock.isOver(row.at(), SILENCE)).toList();
  }
}
