package io.meshdoctor.collector;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/**
 * JSON as a stream, under bounds that no input can break: nesting, length of a value, and size of
 * what is built as a tree. Big bodies are never held as a whole.
 */
final class Json {

  /** Also keeps whatever walks over a tree within its stack. */
  static final int MAX_DEPTH = 500;

  /** Certificates, kubeconfigs and whole configurations come as one string. */
  private static final int MAX_STRING = 32 << 20;

  static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxStringLength(MAX_STRING)
          .build();

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(BOUNDS)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  private Json() {}

  /** Takes one element of a body. */
  @FunctionalInterface
  interface ElementHandler {
    void element(JsonNode element) throws IOException;
  }

  /** A parser of UTF-8 (or UTF-16, UTF-32) bytes; closing it leaves the stream open. */
  static JsonParser parser(InputStream in) {
    return FACTORY.createParser(ObjectReadContext.empty(), in);
  }

  static JsonParser parser(Reader in) {
    return FACTORY.createParser(ObjectReadContext.empty(), in);
  }

  /**
   * A small body as one tree.
   *
   * @throws IOException if there is no value, or more than one
   */
  static JsonNode tree(InputStream in) throws IOException {
    try (var parser = parser(in)) {
      if (parser.nextToken() == null) {
        throw new IOException("holds nothing");
      }
      var tree = tree(parser);
      if (parser.nextToken() != null) {
        throw new IOException("holds more than one document");
      }
      return tree;
    }
  }

  /** The value that the parser stands at; afterwards it stands at the last token of the value. */
  static JsonNode tree(JsonParser parser) throws IOException {
    return new TreeReader(parser, true).read(Outline.WHOLE);
  }

  /**
   * Walks along the names of a path and hands over what is at its end, one by one: the elements of
   * an array, or a value that is no array. Arrays on the way are walked through element by element;
   * everything else is skipped unbuilt. With an empty path: the elements of the body itself.
   *
   * @param parser stands before a value, or at it
   */
  static void each(JsonParser parser, ElementHandler handler, String... path) throws IOException {
    if (parser.hasCurrentToken() || parser.nextToken() != null) {
      walk(parser, handler, path, 0);
    }
  }

  private static void walk(JsonParser parser, ElementHandler handler, String[] path, int depth)
      throws IOException {
    var atEnd = depth == path.length;
    if (parser.hasToken(JsonToken.START_ARRAY)) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (atEnd) {
          handler.element(tree(parser));
        } else {
          walk(parser, handler, path, depth);
        }
      }
    } else if (atEnd) {
      if (!parser.hasToken(JsonToken.VALUE_NULL)) {
        handler.element(tree(parser));
      }
    } else if (parser.hasToken(JsonToken.START_OBJECT)) {
      for (var name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        if (name.equals(path[depth])) {
          walk(parser, handler, path, depth + 1);
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  /**
   * Why something could not be parsed, in a few words. The exception's own message is not used: it
   * may quote the input, and so a secret.
   */
  static String reason(JacksonException e) {
    if (e instanceof UnexpectedEndOfInputException) {
      return "ends in the middle (truncated)";
    }
    if (e instanceof StreamConstraintsException) {
      return e.getOriginalMessage().contains("depth")
          ? "is nested deeper than %d levels".formatted(MAX_DEPTH)
          : "holds a value that is too long";
    }
    if (e instanceof JacksonIOException) {
      return e.getCause() instanceof CharConversionException ? "is not UTF-8 text" : "I/O error";
    }
    var format = e.processor() instanceof JsonParser p && p.canReadObjectId() ? "YAML" : "JSON";
    var where = e.getLocation();
    return where == null || where.getLineNr() < 1
        ? "is not " + format
        : "is not %s: unexpected character at line %d, column %d"
            .formatted(format, where.getLineNr(), where.getColumnNr());
  }
}
