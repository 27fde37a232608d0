package io.meshdoctor.collector;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
 * @param serviceAccount {@code serviceAccountName}
 * @param env environment of istiod, literal values only
 * @param domain argument {@code --domain} of istiod
 * @param ports what its containers declare
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
    String serviceAccount,
    Map<String, String> env,
    String domain,
    List<PodPort> ports,
    Redirection redirection) {

  /**
   * What ztunnel is told of itself.
   *
   * @param clusterId {@code ISTIO_META_CLUSTER_ID}, else {@code CLUSTER_ID}, else its own default
   * @param network {@code NETWORK}
   */
  record NodeProxy(String clusterId, String network) {

    static NodeProxy of(Map<String, String> env) {
      return new NodeProxy(
          env.getOrDefault("ISTIO_META_CLUSTER_ID", env.getOrDefault("CLUSTER_ID", "Kubernetes")),
          env.getOrDefault("NETWORK", ""));
    }
  }

  static final String PROXY = "istio-proxy";
  static final String DISCOVERY = "discovery";

  /** Ends of names of variables that may hold a secret. */
  static final Pattern CONFIDENTIAL =
      Pattern.compile(".*(TOKEN|PASSWORD|PASSWD|SECRET|KEY|CREDENTIALS?)");

  private static final Pattern VARIANT = Pattern.compile("-(distroless|debug)$");

  /** Variables of a proxy that are looked at. */
  private static final Set<String> OF_PROXY =
      Set.of("ISTIO_META_NETWORK", "ISTIO_META_CLUSTER_ID", "ISTIO_META_REQUESTED_NETWORK_VIEW");

  /**
   * What the containers of a Pod make of it.
   *
   * @param proxy the container of a proxy, if there is one
   * @param discovery the container of istiod, if there is one
   * @param gateway it runs Envoy alone
   */
  record Role(
      JsonNode proxy, JsonNode discovery, boolean ztunnel, boolean gateway, boolean istiod) {

    static Role of(JsonNode spec, Map<String, String> labels) {
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
      return new Role(proxy, discovery, ztunnel, alone, istiod);
    }

    /** Whether it has a container that runs Envoy. */
    boolean injected() {
      return !ztunnel && !proxy.isMissingNode();
    }
  }

  /**
   * Whether its proxy says that it is in the cluster with this ID, or does not show what it says.
   */
  boolean isClaiming(String id) {
    return ztunnel != null
        ? ztunnel.clusterId().equals(id)
        : injected && (clusterId.isEmpty() || clusterId.equals(id));
  }

  static PodTemplate of(JsonNode spec, Map<String, String> labels) {
    var role = Role.of(spec, labels);
    boolean istiod = role.istiod;
    var ofProxy = env(role.proxy, OF_PROXY);
    return new PodTemplate(
        role.injected(),
        role.gateway,
        istiod,
        ofProxy.getOrDefault("ISTIO_META_NETWORK", ""),
        ofProxy.getOrDefault("ISTIO_META_CLUSTER_ID", ""),
        ofProxy.getOrDefault("ISTIO_META_REQUESTED_NETWORK_VIEW", ""),
        role.ztunnel ? NodeProxy.of(env(role.proxy)) : null,
        tag(Fields.text(istiod ? role.discovery : role.proxy, "image")),
        Fields.truth(spec, false, "hostNetwork"),
        Fields.text(spec, "serviceAccountName"),
        istiod ? env(role.discovery) : Map.of(),
        istiod ? domain(Fields.texts(role.discovery.path("args"))) : "",
        PodPort.of(spec),
        Redirection.of(spec));
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

  /** The values of some variables. There are many pods, and each has many variables. */
  private static Map<String, String> env(JsonNode container, Set<String> names) {
    Map<String, String> env = new HashMap<>();
    for (var variable : container.path("env")) {
      var name = variable.path("name").stringValue("");
      if (names.contains(name) && variable.path("valueFrom").isMissingNode()) {
        // of two, the last one counts
        env.put(name, Fields.text(variable, "value"));
      }
    }
    return env;
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
