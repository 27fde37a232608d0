package io.meshdoctor.collector;

import io.meshdoctor.collector.IstiodState.SyncRow;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a proxy in {@code syncz}: what was sent to it and is not confirmed. */
final class Acknowledgements {

  private static final List<String> PAIRS = List.of("cluster", "listener", "route", "endpoint");

  private Acknowledgements() {}

  static List<SyncRow> of(JsonNode proxy) {
    List<SyncRow> rows = new ArrayList<>();
    var resources = proxy.path("resources");
    if (resources.isObject()) {
      resources
          .properties()
          .forEach(entry -> add(proxy, shortName(entry.getKey()), entry.getValue(), rows));
    } else {
      // an istiod before 1.24 has pairs only
      PAIRS.forEach(
          kind ->
              add(
                  proxy,
                  kind,
                  Fields.text(proxy, kind + "_sent"),
                  Fields.text(proxy, kind + "_acked"),
                  null,
                  false,
                  rows));
    }
    return rows;
  }

  private static void add(JsonNode proxy, String type, JsonNode resource, List<SyncRow> rows) {
    add(
        proxy,
        type,
        Fields.text(resource, "sent"),
        Fields.text(resource, "acked"),
        Fields.time(resource, "sentTime"),
        !Fields.text(resource, "lastError").isEmpty(),
        rows);
  }

  private static void add(
      JsonNode proxy,
      String type,
      String sent,
      String acked,
      @Nullable Instant sentAt,
      boolean rejected,
      List<SyncRow> rows) {
    if (rejected || !sent.equals(acked)) {
      rows.add(
          new SyncRow(
              pod(Fields.text(proxy, "proxy")),
              Fields.text(proxy, "cluster_id").intern(),
              type.intern(),
              rejected,
              sentAt == null ? timeOf(sent) : sentAt));
    }
  }

  /** A proxy is called {@code <pod>.<namespace>}, and names of pods may have dots. */
  private static ObjectKey pod(String proxy) {
    int dot = proxy.lastIndexOf('.');
    return new ObjectKey(
        "pod", proxy.substring(dot + 1), dot < 0 ? proxy : proxy.substring(0, dot));
  }

  /** A version is {@code <time of the push>/<number>}. */
  private static @Nullable Instant timeOf(String version) {
    try {
      return Instant.parse(version.split("/", 2)[0]);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static String shortName(String typeUrl) {
    return typeUrl.substring(typeUrl.lastIndexOf('.') + 1);
  }
}
