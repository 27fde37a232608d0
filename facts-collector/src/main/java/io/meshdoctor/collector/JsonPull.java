package io.meshdoctor.collector;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Walks through a JSON body, so that no more of it than one item is ever held.
 *
 * <p>It stands at the first token of a value; whoever is handed it reads that value with one of
 * {@link #members}, {@link #elements}, {@link #tree}, {@link #text} and {@link #skip}.
 */
final class JsonPull {

  private final JsonParser parser;

  private JsonPull(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads the one value of a body. */
  interface Body {
    void read(JsonPull json) throws IOException;
  }

  /** Reads the value of one member of an object. */
  interface Member {
    void read(String name) throws IOException;
  }

  /** Reads one element of an array. */
  interface Element {
    void read() throws IOException;
  }

  /**
   * Reads a body to its end.
   *
   * @throws IOException if the body is empty, ends early, is no JSON or holds more than one value
   */
  static void read(InputStream body, Body reader) throws IOException {
    try (JsonParser parser = Json.parser(body)) {
      if (parser.nextToken() == null) {
        throw new IOException("is empty");
      }
      reader.read(new JsonPull(parser));
      if (parser.nextToken() != null) {
        throw new IOException("holds more than one JSON value");
      }
    } catch (JacksonException e) {
      throw readable(e);
    }
  }

  /** Reads a short text as one value; a missing node where it has none. */
  static JsonNode tree(String text) throws IOException {
    try (JsonParser parser = Json.parser(new StringReader(text))) {
      return parser.nextToken() == null ? MissingNode.getInstance() : Json.tree(parser);
    } catch (JacksonException e) {
      throw readable(e);
    }
  }

  boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  boolean isArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  boolean isObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  /**
   * Reads the members of an object, none of {@code null}.
   *
   * @throws IOException if there is something else
   */
  void members(Member member) throws IOException {
    if (isNull()) {
      return;
    }
    if (!isObject()) {
      throw new IOException("has another form than expected" + place(parser.currentLocation()));
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      member.read(name);
    }
  }

  /**
   * Reads the elements of an array, none of {@code null}.
   *
   * @throws IOException if there is something else
   */
  void elements(Element element) throws IOException {
    if (isNull()) {
      return;
    }
    if (!isArray()) {
      throw new IOException("has another form than expected" + place(parser.currentLocation()));
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  /** Reads the value as a tree. */
  JsonNode tree() throws IOException {
    return Json.tree(parser);
  }

  /** Reads a scalar as text; empty for anything else. */
  String text() {
    if (parser.currentToken().isScalarValue() && !isNull()) {
      return parser.getString();
    }
    skip();
    return "";
  }

  /** Passes over the value. */
  void skip() {
    parser.skipChildren();
  }

  private static IOException readable(JacksonException e) {
    return new IOException(Json.reason(e));
  }

  private static String place(@Nullable TokenStreamLocation location) {
    return location == null
        ? ""
        : ", at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }
}
