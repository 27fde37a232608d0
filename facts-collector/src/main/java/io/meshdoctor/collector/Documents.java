package io.meshdoctor.collector;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/**
 * Kubernetes objects in any shape that kubectl writes: single objects, {@code kind: List}, typed
 * lists ({@code PodList}), JSON or YAML, one or many documents in a file. Lists are never held in
 * memory, only one object at a time.
 */
final class Documents {

  /** How far the content may begin behind blanks. */
  private static final int HEAD = 4096;

  /** Bytes of heap for objects that wait for the kind of their list, which comes after them. */
  private static final long MAX_WAITING = 32 << 20;

  /** What the API server calls its errors: {@code Forbidden}. */
  private static final Pattern REASON = Pattern.compile("[A-Za-z]{1,40}");

  private final JsonParser parser;
  private final TreeReader trees;
  private final Consumer<String> whenNextIsKnown;
  private final ItemHandler handler;
  private final Set<String> complete = new TreeSet<>();

  /** Kinds of the objects of the list that is being read. */
  private final Set<String> kinds = new TreeSet<>();

  private boolean hasList;
  private boolean isNextKnown;
  private @Nullable String problem;

  private Documents(
      JsonParser parser, boolean whole, Consumer<String> whenNextIsKnown, ItemHandler handler) {
    this.parser = parser;
    this.trees = new TreeReader(parser, whole);
    this.whenNextIsKnown = whenNextIsKnown;
    this.handler = handler;
  }

  /** Takes one Kubernetes object. */
  @FunctionalInterface
  interface ItemHandler {

    /**
     * Takes one object.
     *
     * @param apiVersion group and version ({@code apps/v1}); that of its list where it has none
     * @param kind its kind; that of its list where it has none
     * @param item the object, without {@code metadata.managedFields}
     */
    void item(String apiVersion, String kind, JsonNode item) throws IOException;
  }

  /**
   * Reads all objects.
   *
   * @param whole they are wanted whole; else without what facts are never made of
   * @return the kinds that a list was read of to its end, as in {@link
   *     io.meshdoctor.facts.Listed#KINDS}; none of single objects, and none of an empty {@code
   *     kind: List}, which does not say of what
   * @throws IOException if something in it is no Kubernetes object or cannot be parsed; the handler
   *     has got all that could be read
   */
  static Set<String> items(InputStream in, boolean whole, ItemHandler handler) throws IOException {
    try (var parser = parser(in)) {
      var documents = new Documents(parser, whole, next -> {}, handler);
      documents.readAll();
      return documents.complete;
    } catch (JacksonException e) {
      throw new IOException(Json.reason(e), e);
    }
  }

  /**
   * Reads all objects of a part of a list, which must be JSON.
   *
   * @param whole as {@link #items}
   * @param whenNextIsKnown takes the token that asks for the part after it, once and as soon as it
   *     is known; empty for the last one
   * @throws IOException as {@link #items}, and if it is no list
   */
  static void page(
      InputStream in, boolean whole, Consumer<String> whenNextIsKnown, ItemHandler handler)
      throws IOException {
    try (var parser = Json.parser(in)) {
      var documents = new Documents(parser, whole, whenNextIsKnown, handler);
      documents.readAll();
      if (!documents.hasList) {
        throw new IOException("is no list of Kubernetes objects");
      }
    } catch (JacksonException e) {
      throw new IOException(Json.reason(e), e);
    }
  }

  /**
   * A file that holds one object, which need not be one of Kubernetes.
   *
   * @throws IOException if it holds anything else, or cannot be parsed
   */
  static JsonNode single(InputStream in) throws IOException {
    try (var parser = parser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("holds no object");
      }
      var object = Json.tree(parser);
      if (parser.nextToken() != null) {
        throw new IOException("holds more than one document");
      }
      return object;
    } catch (JacksonException e) {
      throw new IOException(Json.reason(e), e);
    }
  }

  /**
   * A text as one value.
   *
   * @return its first document; a missing node where it has none
   * @throws IOException if it cannot be parsed
   */
  static JsonNode value(String text) throws IOException {
    if (isJson(text)) {
      try {
        return JsonPull.tree(text);
      } catch (IOException flow) {
        // YAML may begin like that, too
      }
    }
    try (var parser = Yaml.parser(new StringReader(text))) {
      return parser.nextToken() == null ? MissingNode.getInstance() : Json.tree(parser);
    } catch (JacksonException e) {
      throw new IOException(Json.reason(e), e);
    }
  }

  /** A parser of JSON or YAML, by what the content begins with. */
  static JsonParser parser(InputStream in) throws IOException {
    var start = new PushbackInputStream(in, HEAD);
    var head = start.readNBytes(HEAD);
    start.unread(head);
    var charset = charset(head);
    if (charset != null) {
      var text = new InputStreamReader(start, charset);
      return isJson(new String(head, charset)) ? Json.parser(text) : Yaml.parser(text);
    }
    return isJson(new String(head, StandardCharsets.UTF_8))
        ? Json.parser(start)
        : Yaml.parser(start);
  }

  /** PowerShell redirects output as UTF-16; its byte order mark gives it away. */
  private static @Nullable Charset charset(byte[] head) {
    if (head.length < 2) {
      return null;
    }
    var mark = ((head[0] & 0xff) << 8) | (head[1] & 0xff);
    return mark == 0xfeff || mark == 0xfffe ? StandardCharsets.UTF_16 : null;
  }

  private static boolean isJson(String head) {
    var text = (head.startsWith("\ufeff") ? head.substring(1) : head).stripLeading();
    return text.startsWith("{") || text.startsWith("[");
  }

  private void readAll() throws IOException {
    while (parser.nextToken() != null) {
      document();
      trees.endDocument();
    }
    if (problem != null) {
      throw new IOException(problem);
    }
  }

  private void document() throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          document();
        }
      }
      case VALUE_NULL -> {}
      default -> {
        if (!parser.getString().isEmpty()) {
          report("holds something that is no Kubernetes object");
        }
      }
    }
  }

  private void object() throws IOException {
    trees.begin();
    kinds.clear();
    var object = JsonNodeFactory.instance.objectNode();
    var waiting = new ArrayList<JsonNode>();
    var hasItems = false;
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      var token = parser.nextToken();
      var kind = text(object, "kind");
      if (name.equals("items")
          && token == JsonToken.START_ARRAY
          && (kind.isEmpty() || isList(kind))) {
        hasItems = true;
        // API servers tell it before the items
        if (isList(kind) && object.has("metadata")) {
          nextIsKnown(object);
        }
        items(text(object, "apiVersion"), kind, waiting);
      } else {
        var part = trees.outline(text(object, "apiVersion"), kind).part(name);
        if (part == null) {
          parser.skipChildren();
        } else {
          object.set(name, trees.read(part));
        }
      }
    }
    var kind = text(object, "kind");
    if (isList(kind) && (hasItems || object.path("items").isNull())) {
      list(object, kind, waiting);
    } else if (hasItems && kind.isEmpty()) {
      report("is a list without kind, perhaps truncated");
    } else {
      if (hasItems) {
        object.putArray("items").addAll(waiting);
      }
      deliver(object, "", "");
    }
  }

  /** Hands over the items, but for those that nothing said the kind of so far. */
  private void items(String listVersion, String listKind, List<JsonNode> waiting)
      throws IOException {
    var isKnown = !listVersion.isEmpty() && !listKind.isEmpty();
    var sizeOfWaiting = 0L;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      trees.begin();
      var item = trees.item(listVersion, kindOfItems(listKind));
      if (isKnown || !text(item, "kind").isEmpty()) {
        deliver(item, listVersion, kindOfItems(listKind));
      } else {
        waiting.add(item);
        sizeOfWaiting += trees.size();
        if (sizeOfWaiting > MAX_WAITING) {
          throw new IOException("names the kind of its objects only behind them, and is too large");
        }
      }
    }
  }

  /** Ends a list: only now it is known what its items are, and whether they are all. */
  private void list(JsonNode list, String kind, List<JsonNode> waiting) throws IOException {
    var version = text(list, "apiVersion");
    for (var item : waiting) {
      deliver(item, version, kindOfItems(kind));
    }
    Kinds.of(version, kindOfItems(kind)).ifPresent(kinds::add);
    hasList = true;
    if (text(list.path("metadata"), "continue").isEmpty()) {
      complete.addAll(kinds);
    }
    nextIsKnown(list);
  }

  private void nextIsKnown(JsonNode list) {
    if (!isNextKnown) {
      isNextKnown = true;
      whenNextIsKnown.accept(text(list.path("metadata"), "continue"));
    }
  }

  private void deliver(JsonNode object, String listVersion, String listKind) throws IOException {
    var kind = text(object, "kind").isEmpty() ? listKind : text(object, "kind");
    var version = text(object, "apiVersion").isEmpty() ? listVersion : text(object, "apiVersion");
    if (kind.isEmpty()) {
      report("holds an object without kind");
    } else if (kind.equals("Status") && version.equals("v1")) {
      var reason = text(object, "reason");
      report(
          "is an error of the API server"
              + (REASON.matcher(reason).matches() ? ": " + reason : ""));
    } else if (isList(kind) && object.path("items").isArray()) {
      for (var item : object.path("items")) {
        deliver(item, version, kindOfItems(kind));
      }
    } else {
      Kinds.of(version, kind).ifPresent(kinds::add);
      handler.item(version, kind, object);
    }
  }

  private void report(String what) {
    if (problem == null) {
      problem = what;
    }
  }

  private static boolean isList(String kind) {
    return kind.endsWith("List");
  }

  private static String kindOfItems(String listKind) {
    return isList(listKind) ? listKind.substring(0, listKind.length() - "List".length()) : "";
  }

  private static String text(JsonNode object, String name) {
    return object.path(name).stringValue("");
  }
}
