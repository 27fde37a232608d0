package io.meshdoctor.collector;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Builds single values of a stream as trees, of each as much as an {@link Outline} has of it.
 *
 * <p>The size of a tree is bounded. An alias of YAML counts as much as what it stands for, so that
 * aliases of aliases end at the same bound.
 */
final class TreeReader {

  /** In bytes of heap, roughly. Kubernetes itself takes no object beyond 2 MB or so. */
  private static final long MAX_SIZE = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 4);

  private static final int SIZE_OF_NODE = 48;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser parser;
  private final boolean whole;
  private final boolean yaml;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private long size;

  private record Anchored(JsonNode node, long size) {}

  /**
   * A reader of a stream.
   *
   * @param whole objects are wanted whole; else without what facts are never made of
   */
  TreeReader(JsonParser parser, boolean whole) {
    this.parser = parser;
    this.whole = whole;
    this.yaml = parser.canReadObjectId();
  }

  /** Begins an object: what is read from here on counts towards its size. */
  void begin() {
    size = 0;
  }

  /** What is wanted of an object of a kind. */
  Outline outline(String apiVersion, String kind) {
    // an alias of YAML may stand for what was left out before
    return whole || yaml ? Outline.WHOLE : Outline.of(apiVersion, kind);
  }

  /**
   * The value that the parser stands at; afterwards it stands at the last token of the value.
   *
   * @param outline what is wanted of it
   */
  JsonNode read(Outline outline) throws IOException {
    return value(outline, 0);
  }

  /**
   * The item of a list that the parser stands at, as {@link #read}.
   *
   * @param apiVersion that of items which do not say it
   * @param kind likewise
   */
  JsonNode item(String apiVersion, String kind) throws IOException {
    var outline = outline(apiVersion, kind);
    if (yaml || !parser.hasToken(JsonToken.START_OBJECT)) {
      return read(outline);
    }
    grow(SIZE_OF_NODE);
    var item = NODES.objectNode();
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      property(item, name, outline, 1);
      if (name.equals("kind") || name.equals("apiVersion")) {
        outline =
            outline(
                item.path("apiVersion").stringValue(apiVersion),
                item.path("kind").stringValue(kind));
      }
    }
    return item;
  }

  /** Size of what was read since {@link #begin}, in bytes of heap, roughly. */
  long size() {
    return size;
  }

  /** Forgets the anchors of a document that has ended. */
  void endDocument() {
    anchors.clear();
  }

  private JsonNode value(Outline outline, int depth) throws IOException {
    if (!yaml) {
      return plain(outline, depth);
    }
    if (((YAMLParser) parser).isCurrentAlias()) {
      return alias();
    }
    var anchor = (String) parser.getObjectId();
    var before = size;
    var node = plain(outline, depth);
    if (anchor != null) {
      anchors.put(anchor, new Anchored(node, size - before));
    }
    return node;
  }

  private JsonNode alias() throws IOException {
    var anchored = anchors.get(parser.getString());
    if (anchored == null) {
      throw new IOException("holds a YAML alias of something that was not read");
    }
    grow(anchored.size());
    return anchored.node();
  }

  private JsonNode plain(Outline outline, int depth) throws IOException {
    grow(SIZE_OF_NODE);
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(outline, depth + 1);
      case START_ARRAY -> array(outline, depth + 1);
      case VALUE_STRING -> string(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  private ObjectNode object(Outline outline, int depth) throws IOException {
    checkDepth(depth);
    var object = NODES.objectNode();
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      property(object, name, outline, depth);
    }
    return object;
  }

  private void property(ObjectNode object, String name, Outline outline, int depth)
      throws IOException {
    parser.nextToken();
    var part = outline.part(name);
    if (part == null) {
      parser.skipChildren();
    } else if (yaml && name.equals("<<")) {
      throw new IOException("uses YAML merge keys, which are not read");
    } else {
      grow(SIZE_OF_NODE);
      object.set(name, value(part, depth));
    }
  }

  private JsonNode array(Outline outline, int depth) throws IOException {
    checkDepth(depth);
    var array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(outline, depth));
    }
    return array;
  }

  private JsonNode string(String text) throws IOException {
    grow(text.length());
    return NODES.stringNode(text);
  }

  private JsonNode number() throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      case BIG_INTEGER -> NODES.numberNode(parser.getBigIntegerValue());
      default -> floatingPoint();
    };
  }

  /** Some hashes look like numbers beyond all bounds; they are text. */
  private JsonNode floatingPoint() throws IOException {
    var number = parser.getDoubleValue();
    return Double.isFinite(number) ? NODES.numberNode(number) : string(parser.getString());
  }

  private static void checkDepth(int depth) throws IOException {
    if (depth > Json.MAX_DEPTH) {
      throw new IOException("is nested deeper than %d levels".formatted(Json.MAX_DEPTH));
    }
  }

  private void grow(long bytes) throws IOException {
    size += bytes;
    if (size > MAX_SIZE) {
      throw new IOException("holds an object of more than %d MB".formatted(MAX_SIZE >> 20));
    }
  }
}
