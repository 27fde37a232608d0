package io.meshdoctor.facts;

import java.util.regex.Pattern;

/**
 * Where a fact was seen: one field of one object of one cluster.
 *
 * @param cluster the operator's name of the cluster
 * @param context the kubectl context that leads to it
 * @param source what was asked
 * @param kind Kubernetes kind in lower case ({@code secret}), or {@code istiod}, {@code proxy},
 *     {@code probe}, {@code file}
 * @param namespace namespace of the object, empty for cluster-scoped ones
 * @param name name of the object; of an istiod or a proxy, its pod; of a file, its path in the
 *     recording
 * @param field path in the object ({@code .metadata.labels}), debug endpoint ({@code
 *     /debug/clusterz}), or admin page ({@code /clusters})
 */
public record Origin(
    String cluster,
    String context,
    Source source,
    String kind,
    String namespace,
    String name,
    String field) {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@%+=:,./_-]+");

  /** Of a fact that nobody read anywhere: hand-written in a rule's case. */
  public static final Origin UNKNOWN = new Origin("", "", Source.UNKNOWN, "", "", "", "");

  /** What was asked for the fact. */
  public enum Source {
    /** An object of the Kubernetes API. */
    KUBERNETES,
    /** A debug endpoint of istiod. */
    ISTIOD,
    /** The log of istiod. */
    LOG,
    /** An admin page of Envoy. */
    ENVOY,
    /** The state of ztunnel. */
    ZTUNNEL,
    /** An active probe. */
    PROBE,
    /** A file of a recording as such, and not what it tells of the cluster. */
    FILE,
    /** Nothing; the fact was written by hand. */
    UNKNOWN
  }

  /** Reads {@code field} of a Kubernetes object. */
  public static Origin object(
      String cluster, String context, String kind, String namespace, String name, String field) {
    return new Origin(cluster, context, Source.KUBERNETES, kind, namespace, name, field);
  }

  /** Reads a debug endpoint of one istiod; {@code endpoint} is its name without {@code /debug/}. */
  public static Origin istiod(
      String cluster, String context, String namespace, String pod, String endpoint) {
    return new Origin(
        cluster, context, Source.ISTIOD, "istiod", namespace, pod, "/debug/" + endpoint);
  }

  /** Reads the log of one istiod; {@code text} is what to look for. */
  public static Origin log(
      String cluster, String context, String namespace, String pod, String text) {
    return new Origin(cluster, context, Source.LOG, "istiod", namespace, pod, text);
  }

  /** Reads an admin page, such as {@code /clusters}, of one Envoy. */
  public static Origin envoy(
      String cluster, String context, String namespace, String pod, String page) {
    return new Origin(cluster, context, Source.ENVOY, "proxy", namespace, pod, page);
  }

  /** Reads the state of one ztunnel. */
  public static Origin ztunnel(String cluster, String context, String namespace, String pod) {
    return new Origin(cluster, context, Source.ZTUNNEL, "ztunnel", namespace, pod, "/config_dump");
  }

  /** Ran a probe from a pod; {@code command} is the request that repeats it. */
  public static Origin probe(
      String cluster, String context, String namespace, String pod, String command) {
    return new Origin(cluster, context, Source.PROBE, "probe", namespace, pod, command);
  }

  /** Looks at a file of a recording of the cluster. */
  public static Origin file(String cluster, String context, String path) {
    return new Origin(cluster, context, Source.FILE, "file", "", path, "");
  }

  /** The same object seen at another field. */
  public Origin at(String otherField) {
    return new Origin(cluster, context, source, kind, namespace, name, otherField);
  }

  /**
   * The command that shows the fact on the live cluster; it only reads.
   *
   * @return a shell command, empty where there is none
   */
  public String show() {
    var kubectl = "kubectl --context=" + quoted(context);
    return switch (source) {
      case KUBERNETES ->
          kubectl
              + (namespace.isEmpty() ? "" : " -n " + namespace)
              + " get "
              + kind
              + (name.isEmpty() ? namespace.isEmpty() ? " -A" : "" : " " + name)
              + (field.isEmpty() || kind.startsWith("secret")
                  ? " -o yaml"
                  : " -o jsonpath='{" + field + "}'");
      case ISTIOD ->
          "%s -n %s exec %s -c discovery -- pilot-discovery request GET %s"
              .formatted(kubectl, namespace, name, field);
      case LOG ->
          "%s -n %s logs %s -c discovery | grep '%s'"
              .formatted(kubectl, namespace, name, field.replace("'", "."));
      case ENVOY ->
          "%s -n %s exec %s -c istio-proxy -- pilot-agent request GET '%s'"
              .formatted(kubectl, namespace, name, field.substring(1));
      case ZTUNNEL ->
          "istioctl --context=%s ztunnel-config all %s.%s -o json"
              .formatted(quoted(context), name, namespace);
      case PROBE -> "%s -n %s exec %s -- %s".formatted(kubectl, namespace, name, field);
      case FILE, UNKNOWN -> "";
    };
  }

  /** A word as a shell takes it: what a bundle calls its context is pasted by somebody. */
  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** Such as {@code east: secret istio-system/cacerts .data.root-cert.pem}. */
  @Override
  public String toString() {
    if (source == Source.UNKNOWN) {
      return "given";
    }
    var path = namespace.isEmpty() ? name : name.isEmpty() ? namespace : namespace + "/" + name;
    var what = kind + (path.isEmpty() ? "" : " " + path);
    return switch (source) {
      case LOG -> "%s: %s log".formatted(cluster, what);
      case PROBE -> "%s: probe from pod %s".formatted(cluster, path);
      default -> "%s: %s%s".formatted(cluster, what, field.isEmpty() ? "" : " " + field);
    };
  }
}
