package io.meshdoctor.collector.live;

import io.meshdoctor.collector.live.Contexts.Entry;
import io.meshdoctor.collector.live.Contexts.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Makes of a context what is needed to talk to its API server, as kubectl does. */
final class Login {

  /** What may stand in a header. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  private final Map<String, String> environment;
  private final Deadline deadline;

  Login(Map<String, String> environment, Deadline deadline) {
    this.environment = Map.copyOf(environment);
    this.deadline = deadline;
  }

  /**
   * What leads to the API server of a context. May run the program that the user's entry names.
   *
   * @throws IOException if the context cannot be used; the message says why, without secrets
   */
  Access access(Target target) throws IOException {
    var user = target.user();
    var server = server(target.cluster().text("server"));
    var token = token(user);
    var certificate = content(user, "client-certificate");
    var key = content(user, "client-key");
    var isKnown = !token.isEmpty() || certificate.length > 0 || !user.text("username").isEmpty();
    if (!isKnown && user.value().path("exec").isObject()) {
      var credential = new ExecCredential(environment, deadline).of(target);
      token = credential.token();
      certificate = credential.certificate().getBytes(StandardCharsets.UTF_8);
      key = credential.key().getBytes(StandardCharsets.UTF_8);
    }
    return new Access(
        server,
        headers(user, token),
        tls(target.cluster(), certificate, key),
        proxy(target.cluster(), server),
        token.isEmpty() ? expiry(certificate) : expiry(token));
  }

  private static String server(String url) throws UnusableContextException {
    var text = url.strip().replaceAll("/+$", "");
    try {
      var uri = new URI(text.contains("://") ? text : "https://" + text);
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        return uri.toString();
      }
    } catch (URISyntaxException e) {
      // said below, for all that is no URL
    }
    throw new UnusableContextException("its cluster has no server that is a URL");
  }

  private String token(Entry user) throws IOException {
    // as for kubectl, the file goes first: its content is renewed
    var token = user.text("token");
    if (!user.text("tokenFile").isEmpty()) {
      token = new String(read(user.file("tokenFile"), "tokenFile"), StandardCharsets.UTF_8).strip();
    }
    var provider = user.value().path("auth-provider");
    if (token.isEmpty() && provider.isObject()) {
      token =
          oidc(
              provider.path("name").asString(""),
              provider.path("config").path("id-token").asString(""));
    }
    return checked(token);
  }

  private static String checked(String token) throws UnusableContextException {
    if (!token.isEmpty() && !TOKEN.matcher(token).matches()) {
      throw new UnusableContextException("its user has a token with blanks or line ends in it");
    }
    return token;
  }

  private static String oidc(String provider, String token) throws UnusableContextException {
    if (!provider.equals("oidc")) {
      throw new UnusableContextException(
          "its user logs in by the auth-provider %s, which kubectl gave up; use an exec plug-in"
              .formatted(provider.matches("[a-z0-9-]{1,20}") ? provider : "of kubectl"));
    }
    var expiry = expiry(token);
    if (token.isEmpty() || (expiry != null && expiry.isBefore(Instant.now()))) {
      throw new UnusableContextException(
          "its OIDC id-token has expired, and is not renewed here; run any kubectl command with this context first");
    }
    return token;
  }

  private static @Nullable Instant expiry(String token) {
    var parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return null;
    }
    try {
      var claims = new JsonMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
      var seconds = claims.path("exp").asLong(0);
      return seconds <= 0 ? null : Instant.ofEpochSecond(seconds);
    } catch (IllegalArgumentException | JacksonException | DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Instant expiry(byte[] certificate) {
    if (certificate.length == 0) {
      return null;
    }
    try {
      var own = (X509Certificate) PemKeys.certificates(certificate).get(0);
      return own.getNotAfter().toInstant();
    } catch (GeneralSecurityException e) {
      // said where it is used
      return null;
    }
  }

  private static Map<String, List<String>> headers(Entry user, String token)
      throws UnusableContextException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    if (!token.isEmpty()) {
      headers.put("Authorization", List.of("Bearer " + checked(token)));
    } else if (!user.text("username").isEmpty()) {
      var pair = user.text("username") + ":" + user.text("password");
      var basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      headers.put("Authorization", List.of("Basic " + basic));
    }
    if (!user.text("as").isEmpty()) {
      headers.put("Impersonate-User", List.of(user.text("as")));
    }
    if (!user.text("as-uid").isEmpty()) {
      headers.put("Impersonate-Uid", List.of(user.text("as-uid")));
    }
    List<String> groups = new ArrayList<>();
    user.value().path("as-groups").forEach(group -> groups.add(group.asString("")));
    if (!groups.isEmpty()) {
      headers.put("Impersonate-Group", groups);
    }
    for (var extra : user.value().path("as-user-extra").properties()) {
      List<String> values = new ArrayList<>();
      extra.getValue().forEach(value -> values.add(value.asString("")));
      headers.put("Impersonate-Extra-" + extra.getKey(), values);
    }
    return headers;
  }

  private static SSLContext tls(Entry cluster, byte[] certificate, byte[] key) throws IOException {
    try {
      return TlsContext.of(
          content(cluster, "certificate-authority"),
          certificate,
          key,
          cluster.value().path("insecure-skip-tls-verify").asBoolean(false),
          cluster.text("tls-server-name"));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      var message = e.getMessage();
      // messages of Java may quote the input
      throw new UnusableContextException(
          message != null && message.startsWith("holds no ")
              ? "its client-certificate, client-key or certificate-authority " + message
              : "its client-certificate, client-key or certificate-authority cannot be used");
    }
  }

  private @Nullable InetSocketAddress proxy(Entry cluster, String server)
      throws UnusableContextException {
    var url = cluster.text("proxy-url");
    if (url.isEmpty()) {
      url = proxyOfEnvironment(server);
    }
    if (url.isEmpty()) {
      return null;
    }
    try {
      var uri = new URI(url.contains("://") ? url : "http://" + url);
      if (!"http".equals(uri.getScheme())) {
        throw new UnusableContextException(
            "its proxy-url has the scheme %s; only http proxies are supported"
                .formatted(uri.getScheme()));
      }
      if (uri.getUserInfo() != null) {
        throw new UnusableContextException(
            "its proxy-url has a user name; proxies that ask for one are not supported");
      }
      if (uri.getHost() != null) {
        return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new UnusableContextException("its proxy-url is no URL");
  }

  private String proxyOfEnvironment(String server) {
    var uri = URI.create(server);
    var name = uri.getScheme().toUpperCase(Locale.ROOT) + "_PROXY";
    var proxy = variable(name);
    var host = uri.getHost().replaceAll("[\\[\\]]", "");
    if (proxy.isEmpty()
        || host.equals("localhost")
        || host.equals("::1")
        || host.startsWith("127.")) {
      return "";
    }
    for (var excluded : variable("NO_PROXY").split(",", -1)) {
      var suffix = excluded.strip().replaceFirst("^\\*?\\.", "");
      if (excluded.strip().equals("*")
          || (!suffix.isEmpty() && (host.equals(suffix) || host.endsWith("." + suffix)))) {
        return "";
      }
    }
    return proxy;
  }

  private String variable(String name) {
    return environment.getOrDefault(
        name, environment.getOrDefault(name.toLowerCase(Locale.ROOT), ""));
  }

  /** What a field holds as data, or the file that it names; the data goes first. */
  private static byte[] content(Entry entry, String name) throws IOException {
    var data = entry.text(name + "-data");
    if (!data.isEmpty()) {
      try {
        return Base64.getMimeDecoder().decode(data);
      } catch (IllegalArgumentException e) {
        throw new UnusableContextException("its %s-data is no base64".formatted(name));
      }
    }
    return entry.text(name).isEmpty() ? new byte[0] : read(entry.file(name), name);
  }

  private static byte[] read(Path file, String name) throws UnusableContextException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UnusableContextException("its %s %s cannot be read".formatted(name, file));
    }
  }
}
