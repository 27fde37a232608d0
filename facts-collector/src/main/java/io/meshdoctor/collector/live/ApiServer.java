package io.meshdoctor.collector.live;

import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.meshdoctor.collector.Redaction;
import io.meshdoctor.collector.SingleByte;
import io.meshdoctor.collector.live.Deadline.LateException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Requests to one API server, all of them before the deadline. */
final class ApiServer implements AutoCloseable {

  static final int CONNECT_SECONDS = 3;

  static final String JSON = "application/json";

  /** Names, labels and annotations of objects, without what is in them. */
  static final String METADATA = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

  private static final int UNAUTHORIZED = 401;
  private static final int TRIES = 3;
  private static final long FIRST_PAUSE_MS = 200;

  /** What an API server says of an error is shorter. */
  private static final int MAX_ERROR = 64 * 1024;

  private static final JsonMapper MAPPER = new JsonMapper();

  private final Access access;
  private final Deadline deadline;
  private final HttpClient client;
  private final LiveThreads threads;

  ApiServer(Access access, Deadline deadline) {
    this.access = access;
    this.deadline = deadline;
    this.threads = new LiveThreads();
    // a request is tried again here, where Retry-After and the deadline are heeded
    var once = new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build();
    HttpClient.Factory factory = new Factory(access);
    var builder =
        factory
            .newBuilder()
            .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
            .preferHttp11()
            .tag(once);
    this.client = threads.make(builder::build);
  }

  private ApiServer(Access access, Deadline deadline, HttpClient client, LiveThreads threads) {
    this.access = access;
    this.deadline = deadline;
    this.client = client;
    this.threads = threads;
  }

  /** The same server, for requests that have less time. */
  ApiServer within(Duration most) {
    return new ApiServer(access, deadline.part(most), client, threads);
  }

  /** Builds clients that follow no redirect, which would take the user's token elsewhere. */
  private static final class Factory extends JdkHttpClientFactory {

    private final Access access;

    Factory(Access access) {
      this.access = access;
    }

    @Override
    protected void additionalConfig(java.net.http.HttpClient.Builder builder) {
      builder
          .followRedirects(Redirect.NEVER)
          .sslContext(access.tls())
          .sslParameters(TlsContext.parameters(access.tls()));
      if (access.proxy() != null) {
        builder.proxy(ProxySelector.of(access.proxy()));
      }
    }
  }

  /**
   * Gets something.
   *
   * @param path path and query
   * @return its bytes, which end with an error if they do not arrive in time
   * @throws ApiException if the server answers with an error
   */
  InputStream get(String path, String accept) throws IOException {
    return send(
        authorized(client.newHttpRequestBuilder().uri(URI.create(access.server() + path)))
            .setHeader("Accept", accept)
            .setHeader("Accept-Encoding", "gzip")
            .build());
  }

  /** Gets a small JSON object. */
  JsonNode object(String path) throws IOException {
    return tree(get(path, JSON));
  }

  /** Posts JSON, and gets the small JSON object that is the answer. */
  JsonNode post(String path, JsonNode body) throws IOException {
    var request =
        authorized(client.newHttpRequestBuilder().uri(URI.create(access.server() + path)))
            .setHeader("Accept", JSON)
            .post(JSON, MAPPER.writeValueAsString(body))
            .build();
    return tree(send(request));
  }

  private static JsonNode tree(InputStream answer) throws IOException {
    try (answer) {
      return MAPPER.readTree(answer);
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (JacksonException e) {
      // not the one that it has, which quotes the answer
      throw new IOException("what answers is no API server: it sends no JSON");
    }
  }

  /** Deletes an object; only for what this program has created itself. */
  void delete(String path) throws IOException {
    var request =
        authorized(client.newHttpRequestBuilder().uri(URI.create(access.server() + path)))
            .setHeader("Accept", JSON)
            .delete(JSON, "{}")
            .build();
    send(request).close();
  }

  /**
   * Opens a connection to a pod.
   *
   * @param path path and query of a port-forward or an exec
   */
  PodSocket socket(String path) throws IOException {
    var socket = new PodSocket(deadline);
    var builder =
        client
            .newWebSocketBuilder()
            .uri(URI.create(access.server() + path))
            .subprotocol("v4.channel.k8s.io")
            .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS);
    authorize(builder);
    try {
      socket.opened(await(builder.buildAsync(socket)));
      return socket;
    } catch (WebSocketHandshakeException e) {
      throw refused(e.getResponse().code(), "", "");
    }
  }

  @Override
  public void close() {
    client.close();
    threads.close();
  }

  private HttpRequest.Builder authorized(HttpRequest.Builder builder) {
    authorize(builder);
    return builder;
  }

  private void authorize(BasicBuilder builder) {
    access.headers().forEach((name, values) -> values.forEach(v -> builder.header(name, v)));
  }

  private InputStream send(HttpRequest request) throws IOException {
    for (int attempt = 1; ; attempt++) {
      var pause = FIRST_PAUSE_MS << (attempt - 1);
      try {
        var response = await(client.sendAsync(request, InputStream.class));
        if (response.code() >= 200 && response.code() < 300) {
          return body(response);
        }
        var error = error(response);
        if (attempt == TRIES || !isPassing(response.code())) {
          throw error;
        }
        pause = Math.max(pause, retryAfter(response));
        if (pause > deadline.left()) {
          throw error;
        }
      } catch (ApiException | LateException | InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        if (attempt == TRIES || Reason.isUnreachable(e)) {
          throw e;
        }
      }
      sleep(pause);
    }
  }

  private static boolean isPassing(int code) {
    return code == 429 || code == 500 || (code >= 502 && code <= 504);
  }

  private void sleep(long pause) throws IOException {
    try {
      // many clients that were turned away together must not come back together
      TimeUnit.MILLISECONDS.sleep(
          Math.min(deadline.left(), pause + ThreadLocalRandom.current().nextLong(FIRST_PAUSE_MS)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw deadline.late();
    }
    deadline.check();
  }

  private static long retryAfter(HttpResponse<?> response) {
    var value = response.header("Retry-After");
    return value != null && value.matches("[0-9]{1,6}") ? Long.parseLong(value) * 1000 : 0;
  }

  private <T> T await(CompletableFuture<T> future) throws IOException {
    try {
      return future.get(deadline.left(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw deadline.late();
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw deadline.late();
    } catch (ExecutionException | CancellationException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof WebSocketHandshakeException refused) {
          throw refused;
        }
      }
      throw e.getCause() instanceof IOException io ? io : new IOException("", e);
    }
  }

  private InputStream body(HttpResponse<InputStream> response) throws IOException {
    var in = new PunctualStream(response.body(), deadline);
    if (!"gzip".equals(response.header("Content-Encoding"))) {
      return in;
    }
    try {
      return new GZIPInputStream(in, 1 << 16);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private ApiException error(HttpResponse<InputStream> response) throws IOException {
    try (var in = body(response)) {
      var status = status(in.readNBytes(MAX_ERROR));
      return refused(
          response.code(),
          Redaction.of(status.path("message").asString("")),
          status.path("metadata").path("continue").asString(""));
    } catch (LateException e) {
      throw e;
    } catch (IOException e) {
      return refused(response.code(), "", "");
    }
  }

  private ApiException refused(int code, String message, String next) {
    // all that servers say of it is "Unauthorized"
    return new ApiException(code, code == UNAUTHORIZED ? access.refusal() : message, next);
  }

  private static JsonNode status(byte[] body) {
    try {
      var status = MAPPER.readTree(body);
      return status.path("kind").asString("").equals("Status") ? status : MissingNode.getInstance();
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  /** Ends with an error when the deadline is over. */
  private static final class PunctualStream extends FilterInputStream {

    private final Deadline deadline;

    PunctualStream(InputStream in, Deadline deadline) {
      super(in);
      this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
      return SingleByte.of(this);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      deadline.check();
      try {
        return super.read(buffer, offset, length);
      } catch (ClosedByInterruptException e) {
        throw deadline.late();
      }
    }
  }
}
