package io.meshdoctor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** An API server that lists a few objects; its pods cannot be reached. It is on loopback only. */
final class FakeApi implements AutoCloseable {

  private static final String REVIEWS = "/selfsubjectaccessreviews";

  /** {@code METHOD path} of all requests. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  private final Map<String, List<String>> lists = new ConcurrentHashMap<>();
  private final Map<String, String> bodies = new ConcurrentHashMap<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final HttpServer server;
  private volatile boolean silent;

  FakeApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              var thread = new Thread(task, "fake API server");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Adds an object to a list. */
  FakeApi with(String path, String object) {
    lists.computeIfAbsent(path, p -> new CopyOnWriteArrayList<>()).add(object);
    return this;
  }

  /** Answers a path with a text. */
  FakeApi body(String path, String text) {
    bodies.put(path, text);
    return this;
  }

  /** Answers nothing any more. */
  FakeApi silent() {
    silent = true;
    return this;
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      requests.add(exchange.getRequestMethod() + " " + path);
      var sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      if (silent) {
        end.await();
      }
      var isForPods = path.endsWith("/portforward") || path.endsWith("/exec");
      var body = (isForPods ? "{\"kind\":\"Status\"}" : answer(path, sent)).getBytes(UTF_8);
      exchange.sendResponseHeaders(isForPods ? 403 : 200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String answer(String path, String sent) {
    if (path.endsWith(REVIEWS)) {
      return "{\"status\":{\"allowed\":%s}}".formatted(!sent.contains("\"secrets\""));
    }
    var text = bodies.get(path);
    return text != null
        ? text
        : "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[%s]}"
            .formatted(String.join(",", lists.getOrDefault(path, new ArrayList<>())));
  }
}
