package io.meshdoctor.collector;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Writes parts of a bundle anew, without secrets and, if asked for, with other names. What it
 * leaves out or replaces, no fact is made of.
 */
final class BundleRedactor {

  /** Properties whose value is a credential, whatever it looks like. */
  private static final Set<String> CREDENTIALS =
      Set.of("token", "password", "client-key-data", "private_key", "secret-key");

  /** Objects whose properties are named by names of the mesh. */
  private static final Set<String> NAMED_BY_NAMES = Set.of("Addresses", "answers");

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          // what was cut short must not look like all of it
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .build();
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Pseudonyms pseudonyms;

  BundleRedactor(Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  /** A name or a line of text. */
  String text(String text) {
    return pseudonyms.in(Redaction.ofCredentials(text));
  }

  /**
   * Writes a part of a bundle; nothing of what no facts are made of.
   *
   * @param kinds gets the kinds of objects, as {@link #objects} tells them
   * @throws IOException if it cannot be read or written; what could be read is written
   */
  void part(InputKind kind, InputStream in, OutputStream out, Set<String> kinds)
      throws IOException {
    switch (kind) {
      case RESOURCES -> objects(in, out, kinds);
      case SECRET_TABLE, DISCOVERY_LOG, ENVOY_CLUSTERS_TEXT, ENDPOINT_TABLE -> lines(in, out);
      case DEBUG, ENVOY_CLUSTERS, ENDPOINT_JSON, ENVOY_CERTS, ENVOY_CONFIG_DUMP, PROBE ->
          json(in, out);
      case MESH, CLUSTER, SOME_RESOURCES, POD_LOG -> {}
    }
  }

  /**
   * Writes text line by line.
   *
   * @throws IOException if it cannot be read or written
   */
  void lines(InputStream in, OutputStream out) throws IOException {
    var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      writer.write(text(line));
      writer.write('\n');
    }
    writer.flush();
  }

  /**
   * Writes Kubernetes objects, one in a line. A list is not kept as one: what was read completely
   * stands in {@code cluster.yaml}.
   *
   * @param kinds gets the kinds of what is written, as in {@link io.meshdoctor.facts.Listed#KINDS}
   * @throws IOException if it is not all Kubernetes objects; what could be read is written
   */
  void objects(InputStream in, OutputStream out, Set<String> kinds) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    try {
      Documents.items(
          in,
          true,
          (apiVersion, kind, item) -> {
            Kinds.of(apiVersion, kind).ifPresent(kinds::add);
            object(apiVersion, kind, item, writer);
          });
    } finally {
      writer.flush();
    }
  }

  /** Writes a Kubernetes object in a line. */
  void object(String apiVersion, String kind, JsonNode item, Writer out) throws IOException {
    var result = JsonNodeFactory.instance.objectNode();
    result.put("apiVersion", apiVersion).put("kind", kind);
    var isSecret = kind.equals("Secret") && apiVersion.equals("v1");
    var object = isSecret ? SecretRedactor.redacted(item, this::text) : item;
    for (var field : object.properties()) {
      if (!result.has(field.getKey())) {
        var value = field.getValue();
        result.set(field.getKey(), isSecret ? names(value) : clean(field.getKey(), value));
      }
    }
    out.write(MAPPER.writeValueAsString(result));
    out.write('\n');
  }

  /** Of what holds no secrets any more, the names. */
  private JsonNode names(JsonNode node) {
    if (node.isString()) {
      return StringNode.valueOf(pseudonyms.in(node.stringValue()));
    }
    if (!node.isObject()) {
      return node;
    }
    var result = JsonNodeFactory.instance.objectNode();
    // values of data are encoded, and their names were replaced before that
    node.properties().forEach(field -> result.set(field.getKey(), names(field.getValue())));
    return result;
  }

  private JsonNode clean(String name, JsonNode node) {
    if (node.isString()) {
      return StringNode.valueOf(text(node.stringValue()));
    }
    if (node.isArray()) {
      var result = JsonNodeFactory.instance.arrayNode();
      for (var element : node) {
        result.add(
            name.equals("env") && element.isObject() ? variable(element) : clean("", element));
      }
      return result;
    }
    if (node.isObject()) {
      var result = JsonNodeFactory.instance.objectNode();
      node.properties()
          .forEach(field -> result.set(field.getKey(), clean(field.getKey(), field.getValue())));
      return result;
    }
    return node;
  }

  private JsonNode variable(JsonNode variable) {
    var name = Fields.text(variable, "name").toUpperCase(Locale.ROOT);
    var clean = clean("", variable);
    return PodTemplate.CONFIDENTIAL.matcher(name).matches() && clean.has("value")
        ? ((ObjectNode) clean).put("value", SecretRedactor.MARKER)
        : clean;
  }

  /**
   * Writes JSON, token by token.
   *
   * @throws IOException if it is no JSON; what could be read is written
   */
  void json(InputStream in, OutputStream out) throws IOException {
    try (var parser = Json.parser(in);
        var generator =
            FACTORY.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
      while (parser.nextToken() != null) {
        token(parser, generator);
      }
    } catch (JacksonException e) {
      throw new IOException(Json.reason(e), e);
    }
  }

  private void token(JsonParser parser, JsonGenerator generator) {
    var name = parser.currentName();
    if (parser.hasToken(JsonToken.PROPERTY_NAME)) {
      generator.writeName(property(parser, name));
    } else if (parser.hasToken(JsonToken.VALUE_STRING)) {
      generator.writeString(
          name != null && CREDENTIALS.contains(name)
              ? SecretRedactor.MARKER
              : text(parser.getString()));
    } else if (parser.hasToken(JsonToken.START_OBJECT)
        && name != null
        && CREDENTIALS.contains(name)) {
      parser.skipChildren();
      generator.writeString(SecretRedactor.MARKER);
    } else {
      generator.copyCurrentEventExact(parser);
    }
  }

  /**
   * Hosts, shards, IDs of clusters and answers to probes are names of properties too; other
   * properties keep theirs.
   */
  private String property(JsonParser parser, String name) {
    var of = parser.streamReadContext().getParent();
    return name.indexOf('.') >= 0
            || name.indexOf('/') >= 0
            || (of != null && NAMED_BY_NAMES.contains(String.valueOf(of.currentName())))
        ? pseudonyms.in(name)
        : name;
  }
}
