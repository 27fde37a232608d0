package io.meshdoctor.collector;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What the {@code spec} of a Pod, or of the template that makes Pods, tells of Istio.
 *
 * @param injected it has a container {@code istio-proxy} that runs Envoy
 * @param gateway it runs Envoy alone
 * @param istiod it runs istiod
 * @param network {@code ISTIO_META_NETWORK} of the proxy
 * @param clusterId {@code ISTIO_META_CLUSTER_ID} of the proxy
 * @param networkView {@code ISTIO_META_REQUESTED_NETWORK_VIEW} of the proxy
 * @param ztunnel the proxy of its node, where it is one; else null
 * @param version tag of the image of the proxy or of istiod
 * @param env environment of istiod, literal values only
 * @param domain argument {@code --domain} of istiod
 */
record PodTemplate(
    boolean injected,
    boolean gateway,
    boolean istiod,
    String network,
    String clusterId,
    String networkView,
    @Nullable NodeProxy ztunnel,
    String version,
    boolean hostNetwork,
    Map<String, String> env,
    String domain) {

  /**
   * What ztunnel is told of itself.
   *
   * @param clusterId {@code ISTIO_META_CLUSTER_ID}, else {@code CLUSTER_ID}, else its own default
   * @param network {@code NETWORK}
   */
  record NodeProxy(String clusterId, String network, String serviceAccount) {

    static NodeProxy of(JsonNode spec, Map<String, String> env) {
      return new NodeProxy(
          env.getOrDefault("ISTIO_META_CLUSTER_ID", env.getOrDefault("CLUSTER_ID", "Kubernetes")),
          env.getOrDefault("NETWORK", ""),
          Fields.text(spec, "serviceAccountName"));
    }
  }

  static final String PROXY = "istio-proxy";
  static final String DISCOVERY = "discovery";

  /** Ends of names of variables that may hold a secret. */
  static final Pattern CONFIDENTIAL =
      Pattern.compile(".*(TOKEN|PASSWORD|PASSWD|SECRET|KEY|CREDENTIALS?)");

  private static final Pattern VARIANT = Pattern.compile("-(distroless|debug)$");

  static PodTemplate of(JsonNode spec, Map<String, String> labels) {
    var containers = Fields.elements(spec, "containers");
    var proxy = named(containers, PROXY);
    // its container has the name of Envoy's
    boolean ztunnel = hasArg(proxy, "ztunnel");
    boolean alone =
        !ztunnel && !proxy.isMissingNode() && (containers.size() == 1 || hasArg(proxy, "router"));
    if (proxy.isMissingNode()) {
      // a native sidecar: an init container that goes on running
      proxy = named(Fields.elements(spec, "initContainers"), PROXY);
    }
    var discovery = named(containers, DISCOVERY);
    boolean istiod =
        !discovery.isMissingNode()
            && (hasArg(discovery, DISCOVERY) || "istiod".equals(labels.get("app")));
    return new PodTemplate(
        !ztunnel && !proxy.isMissingNode(),
        alone,
        istiod,
        env(proxy, "ISTIO_META_NETWORK"),
        env(proxy, "ISTIO_META_CLUSTER_ID"),
        env(proxy, "ISTIO_META_REQUESTED_NETWORK_VIEW"),
        ztunnel ? NodeProxy.of(spec, env(proxy)) : null,
        tag(Fields.text(istiod ? discovery : proxy, "image")),
        Fields.truth(spec, false, "hostNetwork"),
        istiod ? env(discovery) : Map.of(),
        istiod ? domain(Fields.texts(discovery.path("args"))) : "");
  }

  private static JsonNode named(List<JsonNode> containers, String name) {
    for (var container : containers) {
      if (Fields.text(container, "name").equals(name)) {
        return container;
      }
    }
    return MissingNode.getInstance();
  }

  private static boolean hasArg(JsonNode container, String arg) {
    return Fields.texts(container.path("args")).contains(arg);
  }

  /** The value of one variable. There are many pods, and each has many variables. */
  private static String env(JsonNode container, String name) {
    var value = "";
    for (var variable : container.path("env")) {
      if (variable.path("name").stringValue("").equals(name)
          && variable.path("valueFrom").isMissingNode()) {
        // of two, the last one counts
        value = Fields.text(variable, "value");
      }
    }
    return value;
  }

  private static SortedMap<String, String> env(JsonNode container) {
    SortedMap<String, String> env = new TreeMap<>();
    for (var variable : Fields.elements(container, "env")) {
      var name = Fields.text(variable, "name");
      if (variable.path("valueFrom").isMissingNode()
          && !CONFIDENTIAL.matcher(name.toUpperCase(Locale.ROOT)).matches()) {
        env.put(name, Fields.text(variable, "value"));
      }
    }
    return env;
  }

  /** The value after {@code --domain}, or in {@code --domain=value}. */
  private static String domain(List<String> args) {
    for (int i = 0; i < args.size(); i++) {
      if (args.get(i).startsWith("--domain=")) {
        return args.get(i).substring("--domain=".length());
      }
      if (args.get(i).equals("--domain") && i + 1 < args.size()) {
        return args.get(i + 1);
      }
    }
    return "";
  }

  /** Such as {@code 1.2.3} of {@code host:5000/pilot:1.2.3-distroless@sha256:..}. */
  private static String tag(String image) {
    var last = image.substring(image.lastIndexOf('/') + 1);
    int digest = last.indexOf('@');
    last = digest < 0 ? last : last.substring(0, digest);
    int colon = last.indexOf(':');
    return colon < 0 ? "" : VARIANT.matcher(last.substring(colon + 1)).replaceAll("");
  }
}
