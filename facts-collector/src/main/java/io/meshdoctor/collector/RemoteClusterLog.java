package io.meshdoctor.collector;

import io.meshdoctor.collector.IstiodState.LogRow;
import io.meshdoctor.facts.RemoteClusterError.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows what an istiod logs of its remote clusters, and keeps the errors that nothing later in
 * the log has settled. The log is a history: one istiod lives through many faults.
 *
 * <p>Istio has changed its texts: labels took the place of values in the text (1.20), and Secrets
 * became one of several sources of configuration (1.32). All are understood.
 */
final class RemoteClusterLog {

  /**
   * An informer that fails tries again after a minute at most, and logs again. So one that has
   * worked before, and has been silent for longer than this, works.
   */
  private static final Duration SILENCE = Duration.ofMinutes(5);

  private static final Pattern SECRET_EVENT =
      Pattern.compile("processing (?:secret event for secret|remote config event for) (\\S+)");
  private static final Pattern REGISTRATION =
      Pattern.compile(
          "(?:Adding|Updating) cluster[ _](?:id=)?(?<id>\\S+) from secret[ =](?<secret>\\S+)");
  private static final Pattern DELETION =
      Pattern.compile("Deleting cluster_id=(?<id>\\S+)(?: configured by \\w+=(?<secret>\\S+))?");
  private static final Pattern SYNC =
      Pattern.compile(
          "kube controller for (\\S+) synced after .*"
              + "|cluster (\\S+) synced, replacing registry.*"
              + "|stopping previous cluster (\\S+) after new cluster synced.*");

  private static final Pattern WATCH_ERROR =
      Pattern.compile("watch error in cluster (?<id>\\S+): (?<reason>.*)");

  /** As client-go itself says it, of informers that istiod did not give a name (before 1.11). */
  private static final Pattern LIST_ERROR =
      Pattern.compile(
          ".*failed to list \\S+: Get \"?https://(?<server>[^/\"]+)/[^\" ]*\"?: (?<reason>.*)");

  private static final Pattern TIMEOUT =
      Pattern.compile(
          "remote cluster (?<id>\\S+) (?:failed to sync after .*|is timed out, omitting it.*)");

  /** All have the groups {@code id}, {@code secret} and {@code reason}. */
  private static final List<Pattern> REFUSED =
      List.of(
          Pattern.compile(
              "(?<id>)(?<secret>)\\w+ cluster: create remote cluster failed: (?<reason>.*)"),
          Pattern.compile(
              "(?:Adding|Updating) cluster_id=(?<id>\\S+) from secret=(?<secret>[^\\s:]+):"
                  + " (?<reason>.*)"),
          Pattern.compile(
              "Failed to (?:add|update) remote cluster from secret=(?<secret>[^\\s:]+)"
                  + " for cluster_id=(?<id>[^\\s:]+): (?<reason>.*)"),
          Pattern.compile(
              "(?<id>)(?:error handling .*)?error adding (?:secret|remote config)"
                  + " (?<secret>[^\\s:]+): (?<reason>.*)"));

  private static final Pattern DUPLICATE =
      Pattern.compile(
          "cluster (?:(?:%!d\\(string=)?(?<id>[^\\s)]+)\\)? from secret (?<secret>\\S+) )?"
              + "has already been registered");
  private static final Pattern OWN_CLUSTER =
      Pattern.compile(
          "ignoring cluster (?:(?<id>\\S+) from secret (?<secret>\\S+) )?"
              + "as it would overwrite the (?:config|local) cluster");

  /** What the log says of one cluster ID so far. */
  private static final class Registration {
    boolean deleted;
    boolean synced;
  }

  private record Key(String id, String server, String secret, Kind kind) {}

  private final Map<String, Registration> registrations = new HashMap<>();
  private final Map<Key, LogRow> pending = new LinkedHashMap<>();
  private final LogClock clock = new LogClock();
  private boolean empty = true;

  /** Whether no entry was seen at all. */
  boolean isEmpty() {
    return empty;
  }

  /** Takes the next entry of the log. */
  void accept(LogEntry entry) {
    empty = false;
    clock.accept(entry);
    String message = entry.message();
    if (!settle(entry, message)) {
      collect(entry, message);
    }
  }

  /** The errors that nothing has settled, oldest first. */
  List<LogRow> unsettled() {
    List<LogRow> rows = new ArrayList<>();
    for (LogRow row : pending.values()) {
      if (!isSilent(row) && !isSaidBetter(row)) {
        rows.add(row);
      }
    }
    return rows;
  }

  private boolean isSilent(LogRow row) {
    return row.afterSync() && clock.isOver(row.at(), SILENCE);
  }

  /** Whether another line says the same of the same Secret, and names the cluster as well. */
  private boolean isSaidBetter(LogRow row) {
    return row.id().isEmpty()
        && row.server().isEmpty()
        && pending.keySet().stream()
            .anyMatch(
                key ->
                    !key.id.isEmpty() && key.kind == row.kind() && key.secret.equals(row.secret()));
  }

  private boolean settle(LogEntry entry, String message) {
    Matcher event = SECRET_EVENT.matcher(message);
    if (event.matches()) {
      // What istiod has to say of the Secret itself, it says again after this line.
      settle(row -> !row.ofCluster() && row.secret().equals(event.group(1)));
      return true;
    }
    Matcher registration = REGISTRATION.matcher(message);
    if (message.equals("Add cluster") || message.equals("Update cluster")) {
      register(entry.labels().getOrDefault("cluster", ""), secretLabel(entry));
      return true;
    }
    if (registration.matches()) {
      register(registration.group("id"), registration.group("secret"));
      return true;
    }
    Matcher deletion = DELETION.matcher(message);
    if (deletion.matches()) {
      String id = deletion.group("id");
      String secret = text(deletion, "secret");
      settle(row -> row.id().equals(id) || (row.id().isEmpty() && row.secret().equals(secret)));
      Registration gone = registrations.computeIfAbsent(id, ignored -> new Registration());
      gone.deleted = true;
      gone.synced = false;
      return true;
    }
    Matcher sync = SYNC.matcher(message);
    if (sync.matches()) {
      String id = unquoted(first(sync));
      settle(row -> row.ofCluster() && row.id().equals(id));
      registrations.computeIfAbsent(id, ignored -> new Registration()).synced = true;
      return true;
    }
    return false;
  }

  private void register(String id, String secret) {
    settle(
        row ->
            (row.id().equals(id) && (row.ofCluster() || row.secret().equals(secret)))
                || (row.id().isEmpty() && row.secret().equals(secret)));
    registrations.put(id, new Registration());
  }

  private void settle(Predicate<LogRow> settled) {
    pending.values().removeIf(settled);
  }

  private void collect(LogEntry entry, String message) {
    Matcher watch = WATCH_ERROR.matcher(message);
    if (watch.matches()) {
      String id = unquoted(watch.group("id"));
      addOfCluster(
          entry,
          id,
          ErrorReason.ofConnection(watch.group("reason")),
          "watch error in cluster " + id);
      return;
    }
    Matcher list = LIST_ERROR.matcher(message);
    if (list.matches()) {
      addOfServer(entry, list.group("server"), ErrorReason.ofConnection(list.group("reason")));
      return;
    }
    Matcher timeout = TIMEOUT.matcher(message);
    if (timeout.matches()) {
      String id = unquoted(timeout.group("id"));
      if (!registration(id).synced) {
        // The clock of an earlier registration runs on; this one has synced in time.
        addOfCluster(entry, id, Kind.TIMEOUT, "remote cluster " + id);
      }
      return;
    }
    Matcher duplicate = DUPLICATE.matcher(message);
    if (duplicate.matches()) {
      addOfSecret(entry, duplicate, Kind.DUPLICATE, "has already been registered");
      return;
    }
    Matcher own = OWN_CLUSTER.matcher(message);
    if (own.matches()) {
      addOfSecret(entry, own, Kind.OWN_CLUSTER, "as it would overwrite the");
      return;
    }
    for (Pattern pattern : REFUSED) {
      Matcher refused = pattern.matcher(message);
      if (refused.matches()) {
        addOfSecret(entry, refused, ErrorReason.ofKubeconfig(refused.group("reason")), "");
        return;
      }
    }
  }

  private Registration registration(String id) {
    return registrations.getOrDefault(id, new Registration());
  }

  private void addOfCluster(LogEntry entry, String id, Kind kind, String search) {
    Registration registration = registration(id);
    if (!registration.deleted) {
      add(new LogRow(id, "", "", kind, true, registration.synced, text(entry), entry.at(), search));
    }
  }

  private void addOfServer(LogEntry entry, String server, Kind kind) {
    // whatever it has read before: a later line of the same is newer than all that
    add(new LogRow("", server, "", kind, true, true, text(entry), entry.at(), "failed to list"));
  }

  private void addOfSecret(LogEntry entry, Matcher line, Kind kind, String search) {
    String id = text(line, "id");
    String secret = text(line, "secret");
    if (id.isEmpty()) {
      id = entry.labels().getOrDefault("cluster", "");
    }
    if (secret.isEmpty()) {
      secret = secretLabel(entry);
    }
    add(
        new LogRow(
            id,
            "",
            secret,
            kind,
            false,
            false,
            text(entry),
            entry.at(),
            search.isEmpty() ? secret : search));
  }

  private void add(LogRow row) {
    Key key = new Key(row.id(), row.server(), row.secret(), row.kind());
    // so that the newest of them is the last
    pending.remove(key);
    pending.put(key, row);
  }

  private static String text(LogEntry entry) {
    return Redaction.of(entry.message());
  }

  private static String secretLabel(LogEntry entry) {
    return entry.labels().getOrDefault("secret", entry.labels().getOrDefault("config", ""));
  }

  /** A group; empty where it took no part. */
  private static String text(Matcher matcher, String group) {
    String text = matcher.group(group);
    return text == null ? "" : text;
  }

  private static String first(Matcher matcher) {
    for (int i = 1; i <= matcher.groupCount(); i++) {
      if (matcher.group(i) != null) {
        return matcher.group(i);
      }
    }
    return "";
  }

  private static String unquoted(String id) {
    return id.replace("\"", "");
  }
}
