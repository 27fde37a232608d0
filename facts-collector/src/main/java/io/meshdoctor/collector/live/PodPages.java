package io.meshdoctor.collector.live;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.meshdoctor.collector.InputKind;
import io.meshdoctor.collector.MeshPod;
import io.meshdoctor.collector.MeshSink;
import io.meshdoctor.collector.MeshSink.PodPage;
import io.meshdoctor.collector.Redaction;
import io.meshdoctor.collector.SingleByte;
import io.meshdoctor.collector.live.Deadline.LateException;
import io.meshdoctor.facts.Listed;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads pages of pods: by port-forward, which opens no local socket, or where that is not to be had
 * by exec of the program that Istio has there for it. Only the pages that are named here are ever
 * asked for; all of them only show something.
 */
final class PodPages {

  private static final int ISTIOD_PORT = 15014;
  private static final int ENVOY_PORT = 15000;
  private static final String DISCOVERY = "discovery";
  private static final String PROXY = "istio-proxy";

  /** The log of more lines, or of more bytes, is read in part. */
  private static final String LOG_BOUNDS = "tailLines=200000&limitBytes=67108864";

  /**
   * A page.
   *
   * @param path path and query on the server in the pod
   * @param name name of the debug endpoint; empty for others
   * @param whats what it tells, as in {@link io.meshdoctor.facts.Listed#KINDS}
   */
  record Page(InputKind kind, String path, String name, List<String> whats) {

    private static Page debug(String name) {
      return new Page(InputKind.DEBUG, "/debug/" + name, name, List.of(name));
    }
  }

  /** Never {@code krtz}: it prints the tokens of remote secrets. */
  static final List<Page> DEBUG =
      List.of(
          Page.debug("clusterz"),
          Page.debug("networkz"),
          Page.debug("endpointShardz"),
          Page.debug("registryz"),
          Page.debug("adsz"),
          Page.debug("mesh"),
          Page.debug("syncz"),
          Page.debug("configz"),
          Page.debug("mcsz"),
          Page.debug("push_status"));

  static final Page LOG = new Page(InputKind.DISCOVERY_LOG, "", "", List.of("discovery log"));

  static final List<Page> ENVOY =
      List.of(
          new Page(
              InputKind.ENVOY_CLUSTERS,
              "/clusters?format=json",
              "",
              List.of(Listed.ENVOY_CLUSTERS)),
          new Page(InputKind.ENVOY_CERTS, "/certs", "", List.of(Listed.ENVOY_CERTS)),
          new Page(
              InputKind.ENVOY_CONFIG_DUMP,
              "/config_dump?include_eds",
              "",
              List.of(Listed.ENVOY_CONFIG, Listed.ENVOY_LISTENERS)));

  /** ztunnel answers on the port of Envoy, but has no program that could ask for it. */
  static final List<Page> ZTUNNEL =
      List.of(new Page(InputKind.ENVOY_CONFIG_DUMP, "/config_dump", "", List.of("ztunnel config")));

  private static final JsonMapper JSON = new JsonMapper();

  private final String cluster;
  private final ApiServer api;
  private final MeshSink sink;
  private final Outcome outcome;

  /** Namespaces in which this user may neither forward ports nor run programs, and why. */
  private final Map<String, String> closed = new ConcurrentHashMap<>();

  PodPages(String cluster, ApiServer api, MeshSink sink, Outcome outcome) {
    this.cluster = cluster;
    this.api = api;
    this.sink = sink;
    this.outcome = outcome;
  }

  static String subject(MeshPod pod) {
    return pod.namespace() + "/" + pod.name();
  }

  /** Reads the log of an istiod. */
  void log(MeshPod pod) {
    var path = path(pod) + "/log?container=" + DISCOVERY + "&" + LOG_BOUNDS;
    take(pod, LOG, () -> api.get(path, "*/*"));
  }

  /** Reads the debug endpoints of an istiod. */
  void debug(MeshPod pod) {
    var way = new Way(pod, ISTIOD_PORT, DISCOVERY, "pilot-discovery");
    DEBUG.forEach(page -> take(pod, page, () -> way.open(page.path)));
  }

  /** Reads the pages of a proxy. */
  void envoy(MeshPod pod) {
    var way = new Way(pod, ENVOY_PORT, PROXY, "pilot-agent");
    // the agent puts the slash before the path itself
    ENVOY.forEach(page -> take(pod, page, () -> way.open(page.path)));
  }

  /** Reads the pages of a ztunnel. */
  void ztunnel(MeshPod pod) {
    var way = new Way(pod, ENVOY_PORT, PROXY, "");
    ZTUNNEL.forEach(page -> take(pod, page, () -> way.open(page.path)));
  }

  private interface Opening {
    InputStream open() throws IOException;
  }

  private void take(MeshPod pod, Page page, Opening opening) {
    var subject = subject(pod);
    try (var in = new WatchedStream(opening.open())) {
      try {
        sink.page(new PodPage(page.kind, cluster, pod.namespace(), pod.name(), page.name), in);
        page.whats.forEach(what -> outcome.read(what, subject));
      } catch (IOException | RuntimeException e) {
        // the parser that was stopped by it does not say why
        outcome.failed(page.whats, subject, Reason.of(in.failure == null ? e : in.failure));
      }
    } catch (IOException | RuntimeException e) {
      outcome.failed(page.whats, subject, Reason.of(e));
    }
  }

  /** Remembers why it could not be read to its end. */
  private static final class WatchedStream extends FilterInputStream {

    private @Nullable IOException failure;

    WatchedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return SingleByte.of(this);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }

  private static String path(MeshPod pod) {
    return "/api/v1/namespaces/%s/pods/%s".formatted(pod.namespace(), pod.name());
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** The way to the pages of one pod: the first that works is kept. */
  private final class Way {

    private final MeshPod pod;
    private final int port;
    private final String container;
    private final String program;
    private String forwardFailure = "";

    Way(MeshPod pod, int port, String container, String program) {
      this.pod = pod;
      this.port = port;
      this.container = container;
      this.program = program;
    }

    InputStream open(String page) throws IOException {
      var reason = closed.get(pod.namespace());
      if (reason != null) {
        throw new IOException(reason);
      }
      if (forwardFailure.isEmpty()) {
        try {
          return forward(page);
        } catch (AnswerException | LateException e) {
          throw e;
        } catch (IOException e) {
          forwardFailure = Reason.of(e);
        }
      }
      if (program.isEmpty()) {
        throw new IOException(forwardFailure);
      }
      try {
        return exec(page);
      } catch (LateException e) {
        throw e;
      } catch (IOException e) {
        var both = "port-forward: %s; exec: %s".formatted(forwardFailure, Reason.of(e));
        if (e instanceof ApiException refused && refused.code() == 403) {
          closed.put(pod.namespace(), both);
        }
        throw new IOException(both);
      }
    }

    private InputStream forward(String page) throws IOException {
      var socket = api.socket(path(pod) + "/portforward?ports=" + port);
      try {
        var request =
            "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nAccept: */*\r\nConnection: close\r\n\r\n"
                .formatted(page, port);
        socket.send(0, request.getBytes(US_ASCII));
        var answer = HttpAnswer.of(socket.channel(0, true, new ForwardErrors()));
        if (answer.code() != 200) {
          throw new AnswerException(answer.code());
        }
        return new PageStream(answer.body(), socket);
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    }

    private InputStream exec(String page) throws IOException {
      var path = program.equals("pilot-agent") ? page.substring(1) : page;
      var query = new StringBuilder("?container=" + container + "&stdout=true&stderr=true");
      for (var word : List.of(program, "request", "GET", path)) {
        query.append("&command=").append(encoded(word));
      }
      var socket = api.socket(path(pod) + "/exec" + query);
      return new PageStream(socket.channel(1, false, new ExecErrors()), socket);
    }
  }

  /** The server in the pod answers, but with an error; another way would get the same. */
  private static final class AnswerException extends IOException {
    AnswerException(int code) {
      super("the pod answers with status " + code);
    }
  }

  /** Whatever comes beside the data of a port-forward says why there is none. */
  private static final class ForwardErrors implements PodSocket.OtherChannels {

    @Override
    public void message(int channel, String text) throws IOException {
      throw new IOException(
          text.contains("refused")
              ? "nothing listens on the port in the pod"
              : "the port cannot be reached in the pod");
    }

    @Override
    public void end(boolean broken) throws IOException {
      if (broken) {
        throw new IOException(PodSocket.BROKEN);
      }
    }
  }

  /** A program that failed has printed less than all. */
  private static final class ExecErrors implements PodSocket.OtherChannels {

    private static final int STDERR = 2;
    private static final int STATUS = 3;

    private boolean succeeded;
    private String stderr = "";

    @Override
    public void message(int channel, String text) throws IOException {
      if (channel == STDERR && stderr.length() < 1000) {
        stderr += text;
      }
      if (channel == STATUS) {
        succeeded = isSuccess(text);
        if (!succeeded) {
          var said = Redaction.of(stderr);
          throw new IOException(
              said.isEmpty() ? "the program in the pod failed" : "the program in the pod: " + said);
        }
      }
    }

    @Override
    public void end(boolean broken) throws IOException {
      if (!succeeded) {
        throw new IOException(broken ? PodSocket.BROKEN : "ends in the middle (truncated)");
      }
    }

    private static boolean isSuccess(String status) {
      try {
        return JSON.readTree(status).path("status").asString("").equals("Success");
      } catch (JacksonException e) {
        return false;
      }
    }
  }

  /** A page, with the connection that it comes on. */
  private static final class PageStream extends FilterInputStream {

    private final PodSocket socket;

    PageStream(InputStream in, PodSocket socket) {
      super(in);
      this.socket = socket;
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
