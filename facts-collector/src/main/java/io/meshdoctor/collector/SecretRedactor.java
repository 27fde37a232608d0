package io.meshdoctor.collector;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Takes from a Secret all that is secret, and leaves what the reader of a bundle makes facts of: of
 * a kubeconfig where it leads to, what kind of credential it has and until when, and what is wrong
 * with it; of other values the certificates, which are public.
 */
final class SecretRedactor {

  /** Stands where a secret stood. */
  static final String MARKER = "redacted";

  private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";
  private static final String ANNOTATION = "networking.istio.io/cluster";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper JSON = new JsonMapper();
  private static final YAMLMapper YAML = new YAMLMapper();

  private static final List<String> OF_CLUSTER =
      List.of("certificate-authority", "insecure-skip-tls-verify", "tls-server-name");
  private static final List<String> OF_CONTEXT = List.of("cluster", "user", "namespace");
  private static final List<String> PATHS_OF_USER =
      List.of("client-certificate", "client-key", "tokenFile");
  private static final List<String> SECRETS_OF_USER =
      List.of("client-certificate-data", "client-key-data", "username", "password");

  private SecretRedactor() {}

  /**
   * A Secret without secrets.
   *
   * @param names replaces names in what is encoded, and in keys
   */
  static ObjectNode redacted(JsonNode secret, UnaryOperator<String> names) {
    var result = NODES.objectNode();
    result.put("apiVersion", "v1").put("kind", "Secret");
    copy(secret, result, "type");
    var metadata = result.putObject("metadata");
    for (var field : List.of("name", "namespace", "creationTimestamp", "uid", "labels")) {
      copy(secret.path("metadata"), metadata, field);
    }
    var annotation = Fields.text(secret.path("metadata").path("annotations"), ANNOTATION);
    if (!annotation.isEmpty()) {
      metadata.putObject("annotations").put(ANNOTATION, annotation);
    }
    var data = Fields.map(secret, "data");
    if (!data.isEmpty()) {
      var values = result.putObject("data");
      var isRemote = SecretConverter.isRemoteSecret(secret);
      data.forEach(
          (key, value) ->
              values.put(
                  isRemote ? names.apply(key) : key,
                  isRemote ? kubeconfig(value, names) : other(value)));
    }
    return result;
  }

  private static void copy(JsonNode from, ObjectNode to, String field) {
    if (from.has(field)) {
      to.set(field, from.get(field));
    }
  }

  private static String other(String encoded) {
    if (encoded.isBlank()) {
      return encoded;
    }
    try {
      var text = new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8);
      return encode(text.contains(CERTIFICATE) ? certificates(text) : MARKER);
    } catch (IllegalArgumentException e) {
      return encode(MARKER);
    }
  }

  /** The certificates of a text; of one that is damaged, no more than that it is. */
  private static String certificates(String text) {
    var found = new StringBuilder();
    var blocks = Certificates.BLOCK.matcher(text);
    while (blocks.find()) {
      found.append(blocks.group()).append('\n');
    }
    return found.isEmpty() ? MARKER : found.toString();
  }

  private static String kubeconfig(String encoded, UnaryOperator<String> names) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(encoded.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      // no base64 either
      return "!";
    }
    if (bytes.length == 0) {
      return encoded;
    }
    JsonNode root;
    try {
      root = YAML.readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      // no YAML either
      return encode("{");
    }
    if (root.isMissingNode() || root.isNull()) {
      return encode("#");
    }
    return encode(root.isObject() ? JSON.writeValueAsString(kubeconfig(root, names)) : MARKER);
  }

  private static ObjectNode kubeconfig(JsonNode root, UnaryOperator<String> names) {
    var result = NODES.objectNode();
    copy(root, result, "apiVersion");
    copy(root, result, "kind");
    copy(root, result, "current-context");
    var clusters = result.putArray("clusters");
    for (var entry : Fields.elements(root, "clusters")) {
      var cluster = named(entry, clusters.addObject(), "cluster", OF_CLUSTER);
      var from = entry.path("cluster");
      if (from.has("server")) {
        cluster.put("server", names.apply(withoutUser(Fields.text(from, "server"))));
      }
      var authority = Fields.text(from, "certificate-authority-data");
      if (!authority.isEmpty()) {
        cluster.put("certificate-authority-data", authority(authority));
      }
    }
    var contexts = result.putArray("contexts");
    for (var entry : Fields.elements(root, "contexts")) {
      named(entry, contexts.addObject(), "context", OF_CONTEXT);
    }
    var users = result.putArray("users");
    for (var entry : Fields.elements(root, "users")) {
      user(entry.path("user"), named(entry, users.addObject(), "user", PATHS_OF_USER));
    }
    return result;
  }

  private static ObjectNode named(
      JsonNode entry, ObjectNode result, String field, List<String> kept) {
    copy(entry, result, "name");
    var object = result.putObject(field);
    kept.forEach(name -> copy(entry.path(field), object, name));
    return object;
  }

  private static void user(JsonNode user, ObjectNode result) {
    for (var field : SECRETS_OF_USER) {
      if (!Fields.text(user, field).isEmpty()) {
        result.put(field, MARKER);
      }
    }
    var token = Fields.text(user, "token");
    if (!token.isEmpty()) {
      result.put("token", token(Kubeconfig.expiry(token)));
    }
    if (user.path("exec").isObject()) {
      result.putObject("exec");
    }
    if (user.path("auth-provider").isObject()) {
      copy(user.path("auth-provider"), result.putObject("auth-provider"), "name");
    }
  }

  /** Has the form of a token, and says when the token that it stands for expires. */
  private static String token(@Nullable Instant expiry) {
    if (expiry == null) {
      return MARKER;
    }
    var claims = "{\"exp\":%d}".formatted(expiry.getEpochSecond());
    var payload =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    return MARKER + "." + payload + "." + MARKER;
  }

  private static String authority(String encoded) {
    try {
      var text =
          new String(
              Base64.getDecoder().decode(encoded.replaceAll("\\s", "")), StandardCharsets.UTF_8);
      return encode(certificates(text));
    } catch (IllegalArgumentException e) {
      return "!";
    }
  }

  private static String withoutUser(String url) {
    return url.replaceFirst("//[^/@]*@", "//");
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
