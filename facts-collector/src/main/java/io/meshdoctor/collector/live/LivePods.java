package io.meshdoctor.collector.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meshdoctor.collector.Redaction;
import io.meshdoctor.collector.UnreadableInputException;
import io.meshdoctor.collector.probe.ProbeClient;
import io.meshdoctor.collector.probe.ProbeClusters;
import io.meshdoctor.collector.probe.ProbePod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pods of live clusters, as far as probes need them: looks at single pods, and runs programs in
 * them. Only what a probe was allowed to create, creates and deletes anything.
 */
public final class LivePods implements ProbeClusters {

  /** Removing what was created must not fail for want of time. */
  private static final Duration REMOVAL = Duration.ofSeconds(20);

  private static final int MOST_OUTPUT = 64 * 1024;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int STARTED_NOT = -1;

  private static final String NAMESPACES = "/api/v1/namespaces";

  private static final JsonMapper JSON = new JsonMapper();

  private final LiveOptions options;
  private final Contexts contexts;
  private final Deadline deadline;
  private final Map<String, Access> doors = new HashMap<>();
  private final Map<String, ApiServer> servers = new HashMap<>();

  /**
   * The clusters of a kubeconfig; none of them is asked for anything yet.
   *
   * @param options the time, which begins now, and the kubeconfig
   * @throws UnreadableInputException if the kubeconfig cannot be used
   */
  public LivePods(LiveOptions options) {
    this.options = options;
    this.contexts = Contexts.load(options.kubeconfig(), options.environment());
    this.deadline = new Deadline(options.timeout());
  }

  @Override
  public Optional<ProbePod> pod(String context, String namespace, String name) throws IOException {
    try {
      return Optional.of(pod(server(context).object(path(namespace, name))));
    } catch (ApiException e) {
      if (e.code() == NOT_FOUND) {
        return Optional.empty();
      }
      throw said(e);
    } catch (IOException | RuntimeException e) {
      throw said(e);
    }
  }

  @Override
  public Ran run(String context, ProbeClient client, List<String> command, Duration most)
      throws IOException {
    var query = new StringBuilder("?container=").append(encoded(client.container()));
    query.append("&stdout=true&stderr=true");
    command.forEach(word -> query.append("&command=").append(encoded(word)));
    var path = path(client.namespace(), client.pod()) + "/exec" + query;
    try (var socket = server(context).within(most).socket(path)) {
      var end = new ProgramEnd();
      var out = firstOf(socket.channel(1, false, end));
      return end.ran(out);
    } catch (IOException | RuntimeException e) {
      throw said(e);
    }
  }

  @Override
  public void createNamespace(String context, String namespace) throws IOException {
    var object = object("Namespace", namespace);
    labels(object).put("istio-injection", "disabled").put("istio.io/dataplane-mode", "none");
    create(context, NAMESPACES, object);
  }

  @Override
  public void createPod(
      String context,
      String namespace,
      String name,
      String image,
      int port,
      Duration lifetime,
      List<String> command)
      throws IOException {
    var pod = object("Pod", name);
    labels(pod).put("sidecar.istio.io/inject", "false").put("istio.io/dataplane-mode", "none");
    var spec = pod.putObject("spec");
    spec.put("restartPolicy", "Never")
        .put("activeDeadlineSeconds", lifetime.toSeconds())
        .put("terminationGracePeriodSeconds", 0)
        .put("automountServiceAccountToken", false)
        .put("enableServiceLinks", false);
    spec.putObject("nodeSelector").put("kubernetes.io/os", "linux");
    // what the strictest of the standards for pods asks for
    var ofPod = spec.putObject("securityContext");
    ofPod.put("runAsNonRoot", true).put("runAsUser", 65_532);
    ofPod.putObject("seccompProfile").put("type", "RuntimeDefault");
    var container = spec.putArray("containers").addObject();
    container.put("name", name).put("image", image);
    command.forEach(container.putArray("command")::add);
    container.putArray("ports").addObject().put("containerPort", port);
    var resources = container.putObject("resources");
    resources.putObject("requests").put("cpu", "10m").put("memory", "16Mi");
    resources.putObject("limits").put("cpu", "100m").put("memory", "64Mi");
    var security = container.putObject("securityContext");
    security.put("allowPrivilegeEscalation", false);
    security.putObject("capabilities").putArray("drop").add("ALL");
    create(context, NAMESPACES + "/" + encoded(namespace) + "/pods", pod);
  }

  @Override
  public void deleteNamespace(String context, String namespace) throws IOException {
    // the time of the run may be over, and that is no reason to leave anything behind
    try (var server = new ApiServer(door(context), new Deadline(REMOVAL))) {
      server.delete(NAMESPACES + "/" + encoded(namespace));
    } catch (ApiException e) {
      if (e.code() != NOT_FOUND) {
        throw said(e);
      }
    } catch (IOException | RuntimeException e) {
      throw said(e);
    }
  }

  @Override
  public synchronized void close() {
    servers.values().forEach(ApiServer::close);
    servers.clear();
  }

  private void create(String context, String path, ObjectNode object) throws IOException {
    try {
      server(context).post(path, object);
    } catch (ApiException e) {
      // nobody else knows the name: it was created by a request whose answer was lost
      if (e.code() != CONFLICT) {
        throw said(e);
      }
    } catch (IOException | RuntimeException e) {
      throw said(e);
    }
  }

  private static ObjectNode object(String kind, String name) {
    var object = JSON.createObjectNode().put("apiVersion", "v1").put("kind", kind);
    object.putObject("metadata").put("name", name);
    return object;
  }

  private static ObjectNode labels(ObjectNode object) {
    return ((ObjectNode) object.path("metadata"))
        .putObject("labels")
        .put("app.kubernetes.io/managed-by", "meshdoctor");
  }

  private synchronized ApiServer server(String context) throws IOException {
    var server = servers.get(context);
    if (server == null) {
      server = new ApiServer(door(context), deadline);
      servers.put(context, server);
    }
    return server;
  }

  private synchronized Access door(String context) throws IOException {
    var door = doors.get(context);
    if (door == null) {
      contexts.require(List.of(context));
      door = new Login(options.environment(), deadline).access(contexts.target(context));
      doors.put(context, door);
    }
    return door;
  }

  private static IOException said(Exception e) {
    return new IOException(
        e instanceof UnreadableInputException ? String.valueOf(e.getMessage()) : Reason.of(e), e);
  }

  private static String path(String namespace, String pod) {
    return "%s/%s/pods/%s".formatted(NAMESPACES, encoded(namespace), encoded(pod));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8);
  }

  private static ProbePod pod(JsonNode pod) {
    var metadata = pod.path("metadata");
    var spec = pod.path("spec");
    List<JsonNode> own = new ArrayList<>();
    var isProxied = false;
    for (var list : List.of("initContainers", "containers")) {
      for (var container : spec.path(list)) {
        if (text(container, "name").equals(ProbePod.PROXY)) {
          isProxied = true;
        } else if (list.equals("containers")) {
          own.add(container);
        }
      }
    }
    var preferred = text(metadata.path("annotations"), "kubectl.kubernetes.io/default-container");
    var container =
        own.stream()
            .filter(one -> text(one, "name").equals(preferred))
            .findFirst()
            .or(() -> own.stream().findFirst());
    return new ProbePod(
        text(metadata, "namespace"),
        text(metadata, "name"),
        text(pod.path("status"), "podIP"),
        container.map(one -> text(one, "name")).orElse(""),
        container.map(one -> text(one, "image")).orElse(""),
        ports(own),
        isProxied,
        text(metadata.path("annotations"), "ambient.istio.io/redirection").equals("enabled"),
        spec.path("hostNetwork").asBoolean(false),
        isReady(pod));
  }

  private static List<Integer> ports(List<JsonNode> containers) {
    List<Integer> ports = new ArrayList<>();
    for (var container : containers) {
      for (var port : container.path("ports")) {
        var protocol = text(port, "protocol");
        if (protocol.isEmpty() || protocol.equals("TCP")) {
          ports.add(port.path("containerPort").asInt(0));
        }
      }
    }
    return ports;
  }

  private static boolean isReady(JsonNode pod) {
    if (!pod.path("metadata").path("deletionTimestamp").isMissingNode()) {
      return false;
    }
    for (var condition : pod.path("status").path("conditions")) {
      if (text(condition, "type").equals("Ready")) {
        return text(condition, "status").equals("True");
      }
    }
    return false;
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  /** The first part of what a program prints; the rest is read, and left. */
  private static String firstOf(InputStream in) throws IOException {
    var first = new ByteArrayOutputStream();
    var buffer = new byte[8192];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      first.write(buffer, 0, Math.min(count, MOST_OUTPUT - Math.min(MOST_OUTPUT, first.size())));
    }
    return first.toString(UTF_8);
  }

  /** What comes beside the output of a program: its errors, and how it ended. */
  private static final class ProgramEnd implements PodSocket.OtherChannels {

    private static final int STDERR = 2;
    private static final int STATUS = 3;

    private final StringBuilder err = new StringBuilder();
    private String status = "";

    @Override
    public void message(int channel, String text) {
      if (channel == STDERR && err.length() < MOST_OUTPUT) {
        err.append(text);
      } else if (channel == STATUS) {
        status = text;
      }
    }

    @Override
    public void end(boolean broken) throws IOException {
      if (status.isEmpty()) {
        throw new IOException(PodSocket.BROKEN);
      }
    }

    private Ran ran(String out) throws IOException {
      try {
        var ended = JSON.readTree(status);
        if (text(ended, "status").equals("Success")) {
          return new Ran(0, out, err.toString());
        }
        for (var cause : ended.path("details").path("causes")) {
          if (text(cause, "reason").equals("ExitCode")) {
            return new Ran(cause.path("message").asInt(STARTED_NOT), out, err.toString());
          }
        }
        return new Ran(STARTED_NOT, out, Redaction.of(text(ended, "message")));
      } catch (JacksonException e) {
        throw new IOException(PodSocket.BROKEN, e);
      }
    }
  }
}
