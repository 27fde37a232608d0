package io.meshdoctor.collector.live;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An API server as far as reading goes: lists with pages, metadata alone, gzip, errors, and
 * WebSockets for port-forward and exec. It listens on loopback only.
 */
final class FakeCluster implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String WEBSOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Kind> lists = new ConcurrentHashMap<>();
  private final Map<String, Function<Request, Reply>> answers = new ConcurrentHashMap<>();
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final Map<String, Program> programs = new ConcurrentHashMap<>();
  private final ServerSocket server;
  private final String scheme;
  int maxPage = Integer.MAX_VALUE;
  boolean forwardAllowed = true;
  boolean execAllowed = true;
  boolean truncates;

  /** The connection to a pod is lost in the middle, and nobody says so. */
  boolean drops;

  /** The same, when all was said. */
  boolean dropsAfterwards;

  /** What a node says of a port that it cannot forward; empty where it can. */
  String portError = "";

  /** What a program prints to stderr where there is no such page. */
  String complaint = "no such page";

  Runnable whenPodIsAsked = () -> {};

  /** A request as it came. */
  record Request(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      String body) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  /** An answer; of code 0, there is none, and the connection stays open. */
  record Reply(int code, String body, Map<String, String> headers) {
    static Reply json(String body) {
      return new Reply(200, body, Map.of());
    }

    static Reply error(int code, String reason, String message) {
      return new Reply(
          code,
          "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"reason\":\"%s\",\"message\":\"%s\",\"code\":%d}"
              .formatted(reason, message, code),
          Map.of());
    }

    /** An answer of which only the beginning comes. */
    static Reply stalled(String body) {
      return new Reply(200, body, Map.of("X-Stalls", "true"));
    }

    /** An answer after whose beginning the connection is lost. */
    static Reply broken(String body) {
      return new Reply(200, body, Map.of("X-Breaks", "true"));
    }

    static Reply never() {
      return new Reply(0, "", Map.of());
    }
  }

  private record Kind(String version, String kind, List<JsonNode> items) {}

  private record Program(String out, String err, String status) {}

  private FakeCluster(ServerSocket server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    var accepting = new Thread(this::accept, "fake cluster");
    accepting.setDaemon(true);
    accepting.start();
  }

  static FakeCluster start() {
    try {
      return new FakeCluster(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), "http");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FakeCluster start(SSLContext tls) {
    try {
      return new FakeCluster(
          tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
          "https");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "%s://127.0.0.1:%d".formatted(scheme, server.getLocalPort());
  }

  int port() {
    return server.getLocalPort();
  }

  /** Serves all kinds, without any objects. */
  FakeCluster empty() {
    for (var kind : ListedKind.ALL) {
      var version = kind.group().isEmpty() ? "v1" : kind.group() + "/" + kind.versions().get(0);
      lists.put(
          kind.paths().findFirst().orElseThrow(),
          new Kind(
              version,
              kind.kind().replace("KubernetesGateway", "Gateway"),
              new CopyOnWriteArrayList<>()));
    }
    lists.put("/api/v1/secrets", new Kind("v1", "Secret", new CopyOnWriteArrayList<>()));
    return this;
  }

  /** Adds an object to the list of its kind. */
  FakeCluster with(String path, String object) {
    lists.get(path).items().add(JSON.readTree(object));
    return this;
  }

  FakeCluster without(String path) {
    lists.remove(path);
    return this;
  }

  /** Answers a path in another way. */
  FakeCluster answer(String path, Function<Request, Reply> answer) {
    answers.put(path, answer);
    return this;
  }

  /** Serves a page in a pod. */
  FakeCluster page(String namespace, String pod, String path, String body) {
    pages.put(namespace + "/" + pod + path, body);
    return this;
  }

  FakeCluster withoutPage(String namespace, String pod, String path) {
    pages.remove(namespace + "/" + pod + path);
    return this;
  }

  /** Writes all that it serves as the part of a bundle that is one cluster. */
  void record(Path directory) throws IOException {
    for (var list : lists.entrySet()) {
      var file = directory.resolve("resources" + list.getKey() + ".json");
      Files.createDirectories(file.getParent());
      var all = new Request("GET", list.getKey(), Map.of(), Map.of(), "");
      Files.writeString(file, list(all, list.getValue(), list.getValue().items).body);
    }
    for (var page : pages.entrySet()) {
      var parts = page.getKey().split("/", 3);
      var isIstiod = parts[2].startsWith("debug/") || parts[2].equals("log");
      var name =
          switch (parts[2]) {
            case "log" -> "discovery.log";
            case "certs" -> "certs.json";
            case "clusters?format=json" -> "clusters.json";
            case "config_dump?include_eds" -> "config_dump.json";
            default -> parts[2];
          };
      var file =
          directory
              .resolve(isIstiod ? "istiod" : "proxies")
              .resolve(parts[0])
              .resolve(parts[1])
              .resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, page.getValue());
    }
    Files.writeString(directory.resolve("cluster.yaml"), "server: " + url());
  }

  /** Has a program in a pod, which always ends in the same way. */
  FakeCluster program(
      String namespace, String pod, String name, String out, String err, String status) {
    programs.put(namespace + "/" + pod + "/" + name, new Program(out, err, status));
    return this;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        var thread = new Thread(() -> serve(socket), "fake cluster connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      var out = socket.getOutputStream();
      for (var request = read(in); request != null; request = read(in)) {
        requests.add(request);
        if (request.header("upgrade").equalsIgnoreCase("websocket")) {
          upgrade(request, in, out);
          return;
        }
        var reply = reply(request);
        if (reply.code == 0) {
          Thread.sleep(60_000);
        }
        write(request, reply, out);
        if (reply.headers.containsKey("X-Stalls")) {
          Thread.sleep(60_000);
        }
        if (reply.headers.containsKey("X-Breaks")) {
          return;
        }
      }
    } catch (IOException e) {
      // the client has gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static @Nullable Request read(InputStream in) throws IOException {
    var line = line(in);
    if (line.isEmpty()) {
      return null;
    }
    var parts = line.split(" ");
    Map<String, String> headers = new TreeMap<>();
    for (var header = line(in); !header.isEmpty(); header = line(in)) {
      var colon = header.indexOf(':');
      headers.merge(
          header.substring(0, colon).toLowerCase(Locale.ROOT),
          header.substring(colon + 1).strip(),
          (one, other) -> one + "," + other);
    }
    var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    var body = new String(in.readNBytes(length), UTF_8);
    var question = parts[1].indexOf('?');
    Map<String, String> query = new LinkedHashMap<>();
    if (question >= 0) {
      for (var pair : parts[1].substring(question + 1).split("&")) {
        var equals = pair.indexOf('=');
        query.merge(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), UTF_8),
            (one, other) -> one + " " + other);
      }
    }
    var path = question < 0 ? parts[1] : parts[1].substring(0, question);
    return new Request(parts[0], path, query, headers, body);
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(ISO_8859_1);
  }

  private Reply reply(Request request) {
    var answer = answers.get(request.path);
    if (answer != null) {
      return answer.apply(request);
    }
    if (request.path.equals("/version")) {
      return Reply.json("{\"major\":\"1\",\"minor\":\"34\"}");
    }
    if (request.path.endsWith("/log")) {
      var parts = request.path.split("/");
      return new Reply(200, pages.getOrDefault(parts[4] + "/" + parts[6] + "/log", ""), Map.of());
    }
    var parts = request.path.split("/");
    if (parts.length >= 6 && parts[3].equals("namespaces")) {
      return inNamespace(request, parts);
    }
    var kind = lists.get(request.path);
    return kind == null
        ? Reply.error(404, "NotFound", "the server could not find the requested resource")
        : list(request, kind, kind.items);
  }

  private Reply inNamespace(Request request, String[] parts) {
    var kind = lists.get("/api/v1/" + parts[5]);
    if (kind == null) {
      return Reply.error(404, "NotFound", "not found");
    }
    var items =
        kind.items.stream().filter(item -> text(item, "namespace").equals(parts[4])).toList();
    if (parts.length == 6) {
      return list(request, kind, items);
    }
    return items.stream()
        .filter(item -> text(item, "name").equals(parts[6]))
        .findFirst()
        .map(item -> Reply.json(item.toString()))
        .orElse(Reply.error(404, "NotFound", "not found"));
  }

  private static String text(JsonNode item, String field) {
    return item.path("metadata").path(field).asString("");
  }

  private Reply list(Request request, Kind kind, List<JsonNode> all) {
    var selector = request.query.getOrDefault("labelSelector", "");
    var selected =
        all.stream().filter(item -> selector.isEmpty() || isSelected(item, selector)).toList();
    var from = Integer.parseInt(request.query.getOrDefault("continue", "0"));
    var size = Math.min(maxPage, Integer.parseInt(request.query.getOrDefault("limit", "1000000")));
    var to = Math.min(selected.size(), from + size);
    var isPartial = request.header("accept").contains("as=PartialObjectMetadataList");
    List<String> items = new ArrayList<>();
    for (var item : selected.subList(from, to)) {
      items.add(
          isPartial
              ? "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":%s}"
                  .formatted(item.path("metadata"))
              : item.toString());
    }
    return Reply.json(
        "{\"kind\":\"%sList\",\"apiVersion\":\"%s\",\"metadata\":{\"continue\":\"%s\"},\"items\":[%s]}"
            .formatted(
                isPartial ? "PartialObjectMetadata" : kind.kind,
                isPartial ? "meta.k8s.io/v1" : kind.version,
                to < selected.size() ? to : "",
                String.join(",", items)));
  }

  private static boolean isSelected(JsonNode item, String selector) {
    var parts = selector.split("=");
    var label = item.path("metadata").path("labels").path(parts[0]);
    return parts.length == 1 ? !label.isMissingNode() : label.asString("").equals(parts[1]);
  }

  private static void write(Request request, Reply reply, OutputStream out) throws IOException {
    var body = reply.body.getBytes(UTF_8);
    var head =
        new StringBuilder(
            "HTTP/1.1 %d X\r\nContent-Type: application/json\r\n".formatted(reply.code));
    if (request.header("accept-encoding").contains("gzip") && body.length > 1000) {
      var zipped = new ByteArrayOutputStream();
      try (var gzip = new GZIPOutputStream(zipped)) {
        gzip.write(body);
      }
      body = zipped.toByteArray();
      head.append("Content-Encoding: gzip\r\n");
    }
    reply.headers.forEach(
        (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    var isWhole = !reply.headers.containsKey("X-Stalls") && !reply.headers.containsKey("X-Breaks");
    var missing = isWhole ? 0 : 1000;
    head.append("Content-Length: ").append(body.length + missing).append("\r\n\r\n");
    out.write(head.toString().getBytes(ISO_8859_1));
    out.write(body);
    out.flush();
  }

  private void upgrade(Request request, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    whenPodIsAsked.run();
    var isExec = request.path.endsWith("/exec");
    if (isExec ? !execAllowed : !forwardAllowed) {
      write(request, Reply.error(403, "Forbidden", "pods is forbidden"), out);
      return;
    }
    out.write(
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: v4.channel.k8s.io\r\nSec-WebSocket-Accept: %s\r\n\r\n"
                .formatted(accept(request.header("sec-websocket-key"))))
            .getBytes(ISO_8859_1));
    out.flush();
    var parts = request.path.split("/");
    var pod = parts[4] + "/" + parts[6];
    if (isExec) {
      exec(pod, request.query.get("command").split(" "), out);
    } else {
      forward(pod, Integer.parseInt(request.query.get("ports")), in, out);
    }
    if (drops) {
      return;
    }
    if (dropsAfterwards) {
      // Java may leave out what comes together with the end
      Thread.sleep(200);
      return;
    }
    out.write(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe8});
    out.flush();
    in.read();
  }

  private static String accept(String key) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-1").digest((key + WEBSOCKET).getBytes(ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void exec(String pod, String[] command, OutputStream out) throws IOException {
    var program = programs.get(pod + "/" + command[0]);
    if (program != null) {
      send(out, 1, program.out.getBytes(UTF_8));
      send(out, 2, program.err.getBytes(UTF_8));
      if (!truncates && !drops) {
        send(out, 3, program.status.getBytes(UTF_8));
      }
      return;
    }
    var path = command[3].startsWith("/") ? command[3] : "/" + command[3];
    var body = pages.get(pod + path);
    if (body == null) {
      send(out, 2, complaint.getBytes(UTF_8));
      send(out, 3, "{\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\"}".getBytes(UTF_8));
      return;
    }
    send(out, 1, body.getBytes(UTF_8));
    if (!truncates && !drops) {
      send(out, 3, "{\"metadata\":{},\"status\":\"Success\"}".getBytes(UTF_8));
    }
  }

  private void forward(String pod, int port, InputStream in, OutputStream out) throws IOException {
    byte[] number = {(byte) port, (byte) (port >> 8)};
    send(out, 0, number);
    send(out, 1, number);
    if (!portError.isEmpty()) {
      send(out, 1, portError.getBytes(UTF_8));
      return;
    }
    var request = new String(receive(in), ISO_8859_1).split(" ");
    if (request.length < 2) {
      // the client has closed the connection instead
      return;
    }
    var path = request[1];
    var body = pages.get(pod + path);
    if (body == null) {
      send(out, 0, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
      return;
    }
    var bytes = body.getBytes(UTF_8);
    var half = bytes.length / 2;
    send(out, 0, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(ISO_8859_1));
    send(out, 0, (Integer.toHexString(half) + "\r\n").getBytes(ISO_8859_1));
    send(out, 0, Arrays.copyOf(bytes, half));
    if (truncates || drops) {
      return;
    }
    send(out, 0, ("\r\n" + Integer.toHexString(bytes.length - half) + "\r\n").getBytes(ISO_8859_1));
    send(out, 0, Arrays.copyOfRange(bytes, half, bytes.length));
    send(out, 0, "\r\n0\r\n\r\n".getBytes(ISO_8859_1));
  }

  private static void send(OutputStream out, int channel, byte[] content) throws IOException {
    var size = content.length + 1;
    out.write(0x82);
    if (size < 126) {
      out.write(size);
    } else if (size < 1 << 16) {
      out.write(126);
      out.write(size >> 8);
      out.write(size);
    } else {
      out.write(127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) ((long) size >> shift));
      }
    }
    out.write(channel);
    out.write(content);
    out.flush();
  }

  private static byte[] receive(InputStream in) throws IOException {
    in.read();
    var size = in.read() & 0x7f;
    if (size == 126) {
      size = in.read() << 8 | in.read();
    }
    var mask = in.readNBytes(4);
    var content = in.readNBytes(size);
    for (int i = 0; i < content.length; i++) {
      content[i] ^= mask[i % 4];
    }
    return content;
  }
}
