package io.meshdoctor.collector;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One entry of istiod's log.
 *
 * @param time when it was written, as it says it; empty where it does not
 * @param level {@code info}, {@code warn}, {@code error}, {@code debug} or {@code fatal}
 * @param message its text, with neither scope nor labels; the lines of a long one joined by blanks
 * @param labels what the entry says as {@code key=value}
 */
record LogEntry(String time, String level, String message, Map<String, String> labels) {

  /** A line that begins an entry, as opposed to one that goes on with it. */
  private static final Pattern HEAD =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT[^\\t ]+)\\t(debug|info|warn|error|fatal)\\t");

  /** What {@code kubectl logs --prefix --timestamps} puts before each line. */
  private static final Pattern PREFIX =
      Pattern.compile("^(?:\\[[^\\]\\t]*\\] )?(?:\\d{4}-\\d\\d-\\d\\dT[^\\t ]+ )?");

  private static final Pattern BREAK = Pattern.compile("\\s*\\n\\s*");
  private static final Pattern SCOPE = Pattern.compile("[A-Za-z][\\w-]*");
  private static final Pattern LABEL =
      Pattern.compile("(?:^| )([A-Za-z][\\w./-]*)=(.*?)(?= [A-Za-z][\\w./-]*=|$)", Pattern.DOTALL);

  /** The line without what kubectl puts before it. */
  static String bare(String line) {
    int blank = line.indexOf(' ');
    int tab = line.indexOf('\t');
    if (blank < 0 || (tab >= 0 && tab < blank)) {
      // as most lines are, and a look is cheap
      return line;
    }
    Matcher prefix = PREFIX.matcher(line);
    return prefix.lookingAt() ? line.substring(prefix.end()) : line;
  }

  /** Whether a bare line begins an entry. */
  static boolean isHead(String line) {
    return line.startsWith("{\"") || HEAD.matcher(line).lookingAt();
  }

  /**
   * Reads an entry.
   *
   * @param text its lines, the first of which {@link #isHead}
   * @return the entry, null if it turns out to be none
   */
  static @Nullable LogEntry of(String text) {
    if (text.startsWith("{")) {
      return ofJson(text);
    }
    Matcher head = HEAD.matcher(text);
    if (!head.lookingAt()) {
      return null;
    }
    String[] parts = text.substring(head.end()).stripTrailing().split("\t", -1);
    int last = parts.length - 1;
    Map<String, String> labels = Map.of();
    if (last > 0 && parts[last].indexOf('=') > 0 && LABEL.matcher(parts[last]).lookingAt()) {
      labels = labels(parts[last]);
      last--;
    }
    int first = last > 0 && SCOPE.matcher(parts[0]).matches() ? 1 : 0;
    StringBuilder message = new StringBuilder();
    for (int i = first; i <= last; i++) {
      message.append(message.isEmpty() ? "" : " ").append(parts[i]);
    }
    return new LogEntry(
        head.group(1), head.group(2), inOneLine(message.toString().strip()), labels);
  }

  private static @Nullable LogEntry ofJson(String text) {
    JsonNode entry;
    try {
      entry = JsonPull.tree(text);
    } catch (IOException e) {
      return null;
    }
    Map<String, String> labels = new LinkedHashMap<>();
    entry
        .properties()
        .forEach(
            member -> {
              if (member.getValue().isValueNode()) {
                labels.put(member.getKey(), member.getValue().asString(""));
              }
            });
    String message = either(labels, "msg", "message");
    String level = either(labels, "level", "severity").toLowerCase(Locale.ROOT);
    return message.isEmpty()
        ? null
        : new LogEntry(
            either(labels, "time", "timestamp"),
            level.startsWith("warn") ? "warn" : level,
            inOneLine(message.strip()),
            labels);
  }

  private static String inOneLine(String message) {
    return message.indexOf('\n') < 0 ? message : BREAK.matcher(message).replaceAll(" ");
  }

  private static String either(Map<String, String> labels, String one, String other) {
    return labels.getOrDefault(one, labels.getOrDefault(other, ""));
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    Matcher label = LABEL.matcher(text.strip());
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    return labels;
  }

  /** When it was written; null where it does not say so. */
  @Nullable Instant at() {
    try {
      return Instant.parse(time);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
