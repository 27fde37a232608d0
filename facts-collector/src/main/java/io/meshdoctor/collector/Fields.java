package io.meshdoctor.collector;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads fields of objects; what is absent, null or of another type reads as empty. */
final class Fields {

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private Fields() {}

  static JsonNode at(JsonNode node, String... path) {
    var current = node;
    for (var step : path) {
      current = current.path(step);
    }
    return current;
  }

  static String text(JsonNode node, String... path) {
    return value(at(node, path));
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    for (var element : list.isArray() ? list.values() : List.<JsonNode>of()) {
      var text = value(element);
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** The elements of a list; none where it is no list. */
  static List<JsonNode> elements(JsonNode node, String... path) {
    var list = at(node, path);
    return list.isArray() ? List.copyOf(list.values()) : List.of();
  }

  static SortedMap<String, String> map(JsonNode node, String... path) {
    SortedMap<String, String> map = new TreeMap<>();
    var object = at(node, path);
    if (object.isObject()) {
      object.properties().forEach(field -> map.put(field.getKey(), value(field.getValue())));
    }
    return map;
  }

  static SortedMap<String, String> labels(JsonNode object) {
    return map(object, "metadata", "labels");
  }

  /** The annotations, without the one in which kubectl keeps a copy of the object. */
  static SortedMap<String, String> annotations(JsonNode object) {
    var annotations = map(object, "metadata", "annotations");
    annotations.remove(LAST_APPLIED);
    return annotations;
  }

  static int number(JsonNode node, int otherwise, String... path) {
    return at(node, path).asInt(otherwise);
  }

  /** A number that Protobuf may have written as text; 0 where there is none. */
  static long count(JsonNode node, String... path) {
    return at(node, path).asLong(0);
  }

  static boolean truth(JsonNode node, boolean otherwise, String... path) {
    var value = at(node, path);
    return value.isBoolean() ? value.booleanValue() : otherwise;
  }

  static @Nullable Instant time(JsonNode node, String... path) {
    try {
      return Instant.parse(text(node, path));
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** The earlier of two times; a time that is not known is never the earlier one. */
  static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    return one == null || (other != null && other.isBefore(one)) ? other : one;
  }

  /** The later of two times; a time that is not known is never the later one. */
  static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    return one == null || (other != null && other.isAfter(one)) ? other : one;
  }

  /** Whether a map has all entries of another one that is not empty. */
  static boolean selects(Map<String, String> selector, Map<String, String> labels) {
    return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
  }

  private static String value(JsonNode node) {
    return node.isValueNode() && !node.isNull() ? node.asString("") : "";
  }
}
