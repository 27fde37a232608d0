package io.meshdoctor.collector;

import io.meshdoctor.facts.Credential;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What may be known of a kubeconfig: where it leads to, and whether istiod would take it. Its keys,
 * tokens and passwords, and the names in it, stay behind.
 *
 * @param server URL of the API server, without user information; empty where it has none
 * @param problem why client-go cannot use it; empty where it can
 * @param refused the options of {@code PILOT_INSECURE_MULTICLUSTER_KUBECONFIG_OPTIONS} that istiod
 *     asks for before it takes it, in the order in which istiod looks
 * @param caFingerprints SHA-256 of the certificates that it trusts
 */
record Kubeconfig(
    String server,
    boolean loopback,
    Credential credential,
    String problem,
    List<String> refused,
    List<String> caFingerprints,
    @Nullable Instant expiresAt) {

  /** Of a Secret that was seen without its data. */
  static final Kubeconfig UNREAD = broken("");

  /** Kubernetes keeps no Secret that is larger. */
  private static final int MAX_BYTES = 1 << 20;

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("[A-Za-z0-9._-]+(:[0-9]+)?|\\[[0-9A-Fa-f:.]+](:[0-9]+)?");

  Kubeconfig {
    refused = List.copyOf(refused);
    caFingerprints = List.copyOf(caFingerprints);
  }

  /** Reads the value of a key of a Secret, as its {@code data} has it. */
  static Kubeconfig ofBase64(String encoded) {
    try {
      return of(Base64.getDecoder().decode(encoded.replaceAll("\\s", "")));
    } catch (IllegalArgumentException e) {
      return broken("kubeconfig cannot be loaded: its base64 is cut or mangled");
    }
  }

  private static Kubeconfig of(byte[] bytes) {
    if (bytes.length == 0) {
      return broken("kubeconfig is empty");
    }
    if (bytes.length > MAX_BYTES) {
      return broken("kubeconfig cannot be loaded: it is larger than a Secret may be");
    }
    JsonNode root;
    try {
      root = Documents.value(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return broken("kubeconfig cannot be loaded: it is not YAML");
    }
    if (root.isMissingNode() || root.isNull()) {
      return broken("no configuration has been provided");
    }
    if (!root.isObject()) {
      return broken("kubeconfig cannot be loaded: it is not a mapping");
    }
    return of(root);
  }

  private static Kubeconfig of(JsonNode root) {
    var clusters = named(root.path("clusters"), "cluster");
    var users = named(root.path("users"), "user");
    var contexts = named(root.path("contexts"), "context");
    var context = contexts.get(Fields.text(root, "current-context"));
    var cluster = context == null ? null : clusters.get(Fields.text(context, "cluster"));
    var user = context == null ? null : users.get(Fields.text(context, "user"));
    if (cluster == null && clusters.size() == 1) {
      cluster = clusters.values().iterator().next();
    }
    var authority =
        cluster == null ? null : authority(Fields.text(cluster, "certificate-authority-data"));
    var url = cluster == null ? "" : Fields.text(cluster, "server");
    var server = server(url);
    var problem = validity(root, clusters, users, contexts);
    if (problem.isEmpty() && server.isEmpty()) {
      problem = "host must be a URL or a host:port pair";
    }
    if (problem.isEmpty() && authority != null && authority.broken()) {
      problem = "unable to load root certificates: unable to parse bytes as PEM block";
    }
    return new Kubeconfig(
        server,
        isLoopback(server),
        user == null ? Credential.NONE : credential(user),
        problem,
        refused(users.values()),
        authority == null ? List.of() : authority.fingerprints(),
        user == null ? null : expiry(Fields.text(user, "token")));
  }

  static Kubeconfig broken(String problem) {
    return new Kubeconfig("", false, Credential.UNKNOWN, problem, List.of(), List.of(), null);
  }

  private static Map<String, JsonNode> named(JsonNode list, String field) {
    Map<String, JsonNode> named = new LinkedHashMap<>();
    for (var entry : Fields.elements(list)) {
      named.putIfAbsent(Fields.text(entry, "name"), entry.path(field));
    }
    return named;
  }

  /** The first complaint of client-go's {@code clientcmd.Validate}, without the names in it. */
  private static String validity(
      JsonNode root,
      Map<String, JsonNode> clusters,
      Map<String, JsonNode> users,
      Map<String, JsonNode> contexts) {
    var current = Fields.text(root, "current-context");
    if (current.isEmpty() && clusters.isEmpty() && users.isEmpty() && contexts.isEmpty()) {
      return "no configuration has been provided";
    }
    if (!current.isEmpty() && !contexts.containsKey(current)) {
      return "context was not found for specified context";
    }
    for (var context : contexts.values()) {
      if (Fields.text(context, "user").isEmpty()) {
        return "user was not specified for context";
      }
      if (!users.containsKey(Fields.text(context, "user"))) {
        return "user was not found for context";
      }
      if (Fields.text(context, "cluster").isEmpty()) {
        return "cluster was not specified for context";
      }
      if (!clusters.containsKey(Fields.text(context, "cluster"))) {
        return "cluster was not found for context";
      }
    }
    for (var user : users.values()) {
      if (!Fields.text(user, "token").isEmpty() && isBasic(user)) {
        return "more than one authentication method found";
      }
    }
    for (var cluster : clusters.entrySet()) {
      if (Fields.text(cluster.getValue(), "server").isEmpty()) {
        return cluster.getKey().isEmpty()
            ? "default cluster has no server defined"
            : "no server found for cluster";
      }
      if (!Fields.text(cluster.getValue(), "certificate-authority").isEmpty()) {
        return "unable to read certificate-authority: it is a file of another machine";
      }
    }
    return current.isEmpty() ? "no context chosen" : "";
  }

  private static boolean isBasic(JsonNode user) {
    return !Fields.text(user, "username").isEmpty() || !Fields.text(user, "password").isEmpty();
  }

  private static Credential credential(JsonNode user) {
    if (user.path("exec").isObject()) {
      return Credential.EXEC;
    }
    if (user.path("auth-provider").isObject()) {
      return Credential.AUTH_PROVIDER;
    }
    if (!Fields.text(user, "token").isEmpty()) {
      return Credential.TOKEN;
    }
    if (!Fields.text(user, "tokenFile").isEmpty()
        || !Fields.text(user, "client-certificate").isEmpty()) {
      return Credential.FILE;
    }
    if (!Fields.text(user, "client-certificate-data").isEmpty()) {
      return Credential.CLIENT_CERTIFICATE;
    }
    return isBasic(user) ? Credential.BASIC : Credential.NONE;
  }

  /** What istiod's {@code sanitizeKubeConfig} stops at, for every user and not only the current. */
  private static List<String> refused(Iterable<JsonNode> users) {
    List<String> refused = new ArrayList<>();
    for (var user : users) {
      var provider = Fields.text(user, "auth-provider", "name").toLowerCase(Locale.ROOT);
      if (user.path("auth-provider").isObject() && !provider.equals("oidc")) {
        refused.add(
            List.of("gcp", "azure", "openstack").contains(provider) ? provider : "auth-provider");
      }
      if (!Fields.text(user, "client-key").isEmpty()) {
        refused.add("clientKey");
      }
      if (!Fields.text(user, "client-certificate").isEmpty()) {
        refused.add("clientCertificate");
      }
      if (!Fields.text(user, "tokenFile").isEmpty()) {
        refused.add("tokenFile");
      }
      if (user.path("exec").isObject()) {
        refused.add("exec");
      }
    }
    return refused;
  }

  private static @Nullable Certificates authority(String encoded) {
    if (encoded.isEmpty()) {
      return null;
    }
    try {
      var pem = Base64.getDecoder().decode(encoded.replaceAll("\\s", ""));
      return Certificates.of(new String(pem, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return new Certificates(List.of(), true);
    }
  }

  /** A URL in one form, so that two of them can be compared; empty where it is none. */
  static String server(String url) {
    var text = url.strip();
    if (!text.contains("://")) {
      text = HOST_AND_PORT.matcher(text).matches() ? "https://" + text : "";
    }
    try {
      var uri = new URI(text);
      if (uri.getScheme() == null || uri.getHost() == null) {
        return "";
      }
      var path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
      var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      return (uri.getScheme() + "://" + uri.getHost()).toLowerCase(Locale.ROOT) + port + path;
    } catch (URISyntaxException e) {
      return "";
    }
  }

  private static boolean isLoopback(String server) {
    if (server.isEmpty()) {
      return false;
    }
    var host = URI.create(server).getHost().replaceAll("[\\[\\]]", "");
    return host.equals("localhost")
        || host.equals("0.0.0.0")
        || host.matches("127(\\.[0-9]{1,3}){3}")
        || host.matches("(0{1,4}:){7}0{0,3}1|::1|::");
  }

  /** The claim {@code exp} of a JWT; null where the token is none, or has none. */
  static @Nullable Instant expiry(String token) {
    var parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return null;
    }
    try {
      var claims =
          JsonPull.tree(
              new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
      long seconds = claims.path("exp").asLong(0);
      return seconds <= 0 ? null : Instant.ofEpochSecond(seconds);
    } catch (IllegalArgumentException | IOException | DateTimeException e) {
      return null;
    }
  }
}
