package io.meshdoctor.collector;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Builds single values of a stream as trees. Leaves out what no rule reads and what takes a third
 * of an object: {@code metadata.managedFields} and kubectl's copy of the object in an annotation.
 * Where facts are all that is wanted, more is left out: of pods, half of what is left.
 *
 * <p>The size of a tree is bounded. An alias of YAML counts as much as what it stands for, so that
 * aliases of aliases end at the same bound.
 */
final class TreeReader {

  /** In bytes of heap, roughly. Kubernetes itself takes no object beyond 2 MB or so. */
  private static final long MAX_SIZE = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 4);

  private static final int SIZE_OF_NODE = 48;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** What tells nothing of Istio, by the name of what it is in. */
  private static final Map<String, Set<String>> IDLE =
      Map.of(
          "spec",
          Set.of(
              "affinity",
              "ephemeralContainers",
              "tolerations",
              "topologySpreadConstraints",
              "volumeClaimTemplates",
              "volumes"),
          "status",
          Set.of("ephemeralContainerStatuses", "initContainerStatuses"));

  /** What else there is, by the name of the list whose items have nothing but this. */
  private static final Map<String, Set<String>> TELLING =
      Map.of(
          "containers", Set.of("args", "env", "image", "name"),
          "initContainers", Set.of("args", "env", "image", "name"),
          "containerStatuses", Set.of("name", "state"));

  private static final Set<String> NONE = Set.of();

  /** What kubectl keeps of the object in an annotation. */
  private static final String COPY = "kubectl.kubernetes.io/last-applied-configuration";

  private final JsonParser parser;
  private final boolean whole;
  private final boolean yaml;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private long size;

  private record Anchored(JsonNode node, long size) {}

  /**
   * A reader of a stream.
   *
   * @param whole nothing is left out but what no rule could ever read
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

  /**
   * The value that the parser stands at; afterwards it stands at the last token of the value.
   *
   * @param name name of the property whose value it is; empty if it is of none
   */
  JsonNode read(String name) throws IOException {
    return value(name, 0);
  }

  /** Size of what was read since {@link #begin}, in bytes of heap, roughly. */
  long size() {
    return size;
  }

  /** Forgets the anchors of a document that has ended. */
  void endDocument() {
    anchors.clear();
  }

  private JsonNode value(String name, int depth) throws IOException {
    if (!yaml) {
      return plain(name, depth);
    }
    if (((YAMLParser) parser).isCurrentAlias()) {
      return alias();
    }
    var anchor = (String) parser.getObjectId();
    var before = size;
    var node = plain(name, depth);
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

  private JsonNode plain(String name, int depth) throws IOException {
    grow(SIZE_OF_NODE);
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(name, depth + 1);
      case START_ARRAY -> array(name, depth + 1);
      case VALUE_STRING -> string(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  private ObjectNode object(String objectName, int depth) throws IOException {
    checkDepth(depth);
    var object = NODES.objectNode();
    // once for all of its properties: there are many
    var idle = whole ? NONE : IDLE.getOrDefault(objectName, NONE);
    var telling = whole ? null : TELLING.get(objectName);
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (idle.contains(name)
          || (telling != null && !telling.contains(name))
          || name.equals(COPY)
          || (name.equals("managedFields") && objectName.equals("metadata"))) {
        parser.skipChildren();
      } else if (yaml && name.equals("<<")) {
        throw new IOException("uses YAML merge keys, which are not read");
      } else {
        grow(SIZE_OF_NODE);
        object.set(name, value(name, depth));
      }
    }
    return object;
  }

  private JsonNode array(String name, int depth) throws IOException {
    checkDepth(depth);
    var array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(name, depth));
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
