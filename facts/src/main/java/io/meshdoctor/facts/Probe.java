package io.meshdoctor.facts;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The result of an active test.
 *
 * @param kind {@code mesh-request} through proxies, {@code pod-connectivity} between pods without
 *     proxies, {@code tcp} to a port
 * @param from operator's name of the cluster that it ran in
 * @param namespace namespace of the pod that it ran in
 * @param pod name of that pod
 * @param to operator's name of the cluster that it went to; empty for a request by name
 * @param address address and port that it went to; empty for a request by name
 * @param host host and port of a request by name
 * @param service full host name of the service that {@code host} means, such as {@code
 *     name.namespace.svc.cluster.local}; empty where it is none
 * @param attempts how often it was tried
 * @param ok how often it succeeded
 * @param answeredBy how many answers named a pod of each cluster, by operator's name
 * @param unattributed how many answers named no pod that is known
 * @param failure what kind of failure it was
 * @param error text of the failure as the client printed it
 * @param origin where it was seen
 */
public record Probe(
    String kind,
    String from,
    String namespace,
    String pod,
    String to,
    String address,
    String host,
    String service,
    int attempts,
    int ok,
    Map<String, Integer> answeredBy,
    int unattributed,
    Failure failure,
    String error,
    Origin origin)
    implements Fact {

  private static final Pattern SERVER =
      Pattern.compile("https://(\\[[^\\]]*\\]|[^/:?#]+)(?::(\\d{1,5}))?");
  private static final Pattern PORT = Pattern.compile(":(\\d{1,5})(?:/|$)");

  /** How a probe fails. */
  public enum Failure {
    /** It did not. */
    NONE,
    /** No answer came: packets are dropped. */
    TIMEOUT,
    /** Nothing listens, or a firewall rejects. */
    REFUSED,
    /** The connection was closed in the middle. */
    RESET,
    /** The host name does not resolve. */
    NAME,
    /** A policy refused the request (403). */
    DENIED,
    /** The proxy answered for the server (502, 503, 504). */
    UNAVAILABLE,
    /** Anything else. */
    OTHER
  }

  /** As curl and Envoy say it. */
  private static final Pattern CUT_OFF =
      Pattern.compile(
          "(?i)connection termination|connection reset|reset by peer|empty reply|\\((52|56)\\)");

  /** As curl says it, with the number of bytes that did come. */
  private static final Pattern STALLED =
      Pattern.compile("with [1-9]\\d* (out of \\d+ )?bytes received");

  public Probe {
    kind = Normal.text(kind);
    from = Normal.text(from);
    namespace = Normal.text(namespace);
    pod = Normal.text(pod);
    to = Normal.text(to);
    address = Normal.text(address);
    host = Normal.text(host);
    service = Normal.text(service);
    answeredBy = answeredBy == null ? Map.of() : new TreeMap<>(answeredBy);
    failure = failure == null ? Failure.NONE : failure;
    error = Normal.text(error);
    origin = Normal.origin(origin);
  }

  /** Whether every attempt failed. */
  public boolean isFailing() {
    return attempts > 0 && ok == 0;
  }

  /** Whether some attempt failed. */
  public boolean isFlawed() {
    return ok < attempts;
  }

  /** Whether the answer of the last attempt began, and did not end in time. */
  public boolean isStalled() {
    return failure == Failure.TIMEOUT && STALLED.matcher(error).find();
  }

  /**
   * Whether a connection that stood was ended under a request; not where none came about, which
   * Envoy may tell of in the same words.
   */
  public boolean isCutOff() {
    return CUT_OFF.matcher(error).find() && !error.contains("connection failure");
  }

  /** Whether all answers came from pods of the cluster that it ran in. */
  public boolean isLocalOnly() {
    return unattributed == 0 && answeredBy.size() == 1 && answeredBy.containsKey(from);
  }

  /** Whether it went to the host and port of an {@code https} URL. */
  public boolean isTo(String url) {
    var server = SERVER.matcher(url);
    return !address.isEmpty()
        && server.lookingAt()
        && address.equals(
            server.group(1) + ":" + (server.group(2) == null ? "443" : server.group(2)));
  }

  /** What it is a symptom of, where it went to a gateway and failed. */
  public SymptomKind unreachable() {
    return address.endsWith(":15012")
        ? SymptomKind.ISTIOD_UNREACHABLE
        : address.endsWith(":15017")
            ? SymptomKind.WEBHOOK_UNREACHABLE
            : SymptomKind.GATEWAY_UNREACHABLE;
  }

  /** Port that a request by name went to; 80 where it names none. */
  public int port() {
    var named = PORT.matcher(host);
    return named.find() ? Integer.parseInt(named.group(1)) : 80;
  }

  @Override
  public String describe() {
    var target = host.isEmpty() ? address : host;
    var answers =
        answeredBy.isEmpty()
            ? ""
            : ", answered by pods of " + String.join(", ", answeredBy.keySet());
    return "%d of %d %s from %s to %s%s succeeded%s%s"
        .formatted(
            ok,
            attempts,
            switch (kind) {
              case "mesh-request" -> "requests";
              case "tcp" -> "connections";
              default -> "direct requests";
            },
            from,
            target,
            to.isEmpty() ? "" : " in " + to,
            answers,
            error.isEmpty() ? "" : " (" + error + ")");
  }
}
