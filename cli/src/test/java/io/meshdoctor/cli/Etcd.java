package io.meshdoctor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** A real etcd, on loopback only. */
final class Etcd implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> keys = new ArrayList<>();
  private final String url;
  private final Process process;

  private Etcd(String url, Process process) {
    this.url = url;
    this.process = process;
  }

  static Etcd start(Path program, Path home) throws IOException, InterruptedException {
    var url = "http://127.0.0.1:" + Ports.free();
    var peers = "http://127.0.0.1:" + Ports.free();
    Files.createDirectories(home);
    var process =
        new ProcessBuilder(
                program.toString(),
                "etcd",
                "--data-dir=" + home.resolve("data"),
                "--listen-client-urls=" + url,
                "--advertise-client-urls=" + url,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers,
                "--unsafe-no-fsync",
                "--log-level=error")
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log").toFile())
            .start();
    var etcd = new Etcd(url, process);
    Ports.await("etcd", process, home.resolve("log"), etcd::isHealthy);
    return etcd;
  }

  String url() {
    return url;
  }

  /** Keeps a value until it is cleared. */
  void put(String key, String value) throws IOException {
    call("put", JSON.createObjectNode().put("key", base64(key)).put("value", base64(value)) + "");
    keys.add(key);
  }

  /** Removes all that was put. */
  void clear() throws IOException {
    for (var key : keys) {
      call("deleterange", JSON.createObjectNode().put("key", base64(key)) + "");
    }
    keys.clear();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private boolean isHealthy() throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url + "/health")).build();
    return client.send(request, BodyHandlers.ofString()).body().contains("true");
  }

  private void call(String method, String body) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/v3/kv/" + method))
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("etcd answers " + answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
