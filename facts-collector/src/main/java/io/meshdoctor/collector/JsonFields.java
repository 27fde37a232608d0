package io.meshdoctor.collector;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads members of JSON objects that may be absent, or of another type than expected. */
final class JsonFields {

  private JsonFields() {}

  /** The text of a scalar; empty for anything else. */
  static String text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isValueNode() && !value.isNull() ? value.asString("") : "";
  }

  /** The number of a member; Protobuf writes large ones as text. 0 for anything else. */
  static long number(JsonNode object, String name) {
    return object.path(name).asLong(0);
  }

  /** The number of a member; 0 for anything else. */
  static int integer(JsonNode object, String name) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number(object, name)));
  }

  static boolean flag(JsonNode object, String name) {
    return object.path(name).asBoolean(false);
  }

  /** The texts of an array; none for anything else. */
  static List<String> texts(JsonNode object, String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : object.path(name).values()) {
      texts.add(element.asString(""));
    }
    return texts;
  }
}
