package io.meshdoctor.facts;

import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pods of one owner that are alike in all that this tool looks at.
 *
 * @param cluster operator's name of the cluster
 * @param namespace their namespace
 * @param name name of the Deployment, StatefulSet, DaemonSet or Job; of the pod where nothing owns
 *     it
 * @param pod name of one of the pods
 * @param pods how many they are
 * @param readyPods how many are ready
 * @param injected they have a container {@code istio-proxy}
 * @param gateway they run Envoy alone, as a gateway
 * @param injectLabel label or annotation {@code sidecar.istio.io/inject}; empty where absent
 * @param namespaceInjects their namespace asks for injection
 * @param networkLabel label {@code topology.istio.io/network}; empty where absent
 * @param network environment variable {@code ISTIO_META_NETWORK} of the proxy; empty where absent
 * @param clusterId environment variable {@code ISTIO_META_CLUSTER_ID} of the proxy; empty where
 *     absent
 * @param networkView environment variable {@code ISTIO_META_REQUESTED_NETWORK_VIEW} of the proxy;
 *     empty where absent
 * @param hostNetwork {@code spec.hostNetwork}
 * @param captured ztunnel of their node catches their traffic: annotation {@code
 *     ambient.istio.io/redirection}
 * @param dataplaneMode label {@code istio.io/dataplane-mode}, of them or else of their namespace;
 *     empty where absent
 * @param serviceAccount {@code spec.serviceAccountName}; empty where it is not said
 * @param labels labels of the pods, without those that name one pod, one template or one place
 * @param startedAt {@code status.startTime} of the oldest
 * @param newestAt {@code status.startTime} of the newest
 * @param origin where it was seen
 */
public record Workload(
    String cluster,
    String namespace,
    String name,
    String pod,
    int pods,
    int readyPods,
    boolean injected,
    boolean gateway,
    String injectLabel,
    boolean namespaceInjects,
    String networkLabel,
    String network,
    String clusterId,
    String networkView,
    boolean hostNetwork,
    boolean captured,
    String dataplaneMode,
    String serviceAccount,
    Map<String, String> labels,
    @Nullable Instant startedAt,
    @Nullable Instant newestAt,
    Origin origin)
    implements Fact {

  /** What Kubernetes adds to the name of a pod's owner; its random letters have no vowels. */
  private static final Pattern SUFFIX =
      Pattern.compile(
          "\\d+|([bcdfghjklmnpqrstvwxz2456789]{5,10}-)?[bcdfghjklmnpqrstvwxz2456789]{5}");

  public Workload {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    pod = Normal.text(pod);
    injectLabel = Normal.text(injectLabel);
    networkLabel = Normal.text(networkLabel);
    network = Normal.text(network);
    clusterId = Normal.text(clusterId);
    networkView = Normal.text(networkView);
    dataplaneMode = Normal.text(dataplaneMode);
    serviceAccount = Normal.text(serviceAccount);
    labels = Normal.sorted(labels);
    origin = Normal.origin(origin);
  }

  /** Whether a pod of this name, of the same namespace, is one of these, or would be. */
  public boolean isOwnerOf(String podName) {
    return pod.equals(podName)
        || (pods > 1
            && podName.startsWith(name + "-")
            && SUFFIX.matcher(podName.substring(name.length() + 1)).matches());
  }

  /** Whether they are in the mesh by ztunnel, or are meant to be, and so need no proxy. */
  public boolean isAmbient() {
    return captured || (dataplaneMode.equals("ambient") && !injected && !gateway && !hostNetwork);
  }

  /** Whether a Service with this selector means its pods; one without a selector means none. */
  public boolean isSelectedBy(Map<String, String> selector) {
    return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
  }

  /** Whether their network view, a list parted by commas, has this network. */
  public boolean isViewing(String viewed) {
    return Stream.of(networkView.split(",")).map(String::strip).anyMatch(viewed::equals);
  }

  /**
   * Whether it is them whom pods behind a Service see as the client of a request: the waypoint of
   * that Service, or where it has none those that sent it.
   */
  public boolean isClientOf(Probe request, KubeService service) {
    return service.waypoint().isEmpty()
        ? cluster.equals(request.from())
            && namespace.equals(request.namespace())
            && isOwnerOf(request.pod())
        : gateway
            && cluster.equals(service.cluster())
            && namespace.equals(service.waypointNamespace())
            && name.equals(service.waypointName());
  }

  /** Their identity, as policies name it, in the trust domain that istiod takes for its own. */
  public String principal() {
    return "cluster.local/ns/%s/sa/%s"
        .formatted(namespace, serviceAccount.isEmpty() ? "<account>" : serviceAccount);
  }

  @Override
  public String describe() {
    return "%d %s of %s/%s in %s %s"
        .formatted(
            pods,
            pods == 1 ? "pod" : "pods",
            namespace,
            name,
            cluster,
            injected
                ? "with a proxy" + (network.isEmpty() ? "" : " on " + network)
                : isAmbient() ? "in ambient mode" : "without a proxy");
  }
}
