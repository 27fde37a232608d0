package io.meshdoctor.collector;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A pod that may tell something of the mesh.
 *
 * @param workload name of what owns it; its own name where nothing does
 * @param istiod it runs istiod
 * @param gateway it runs Envoy alone
 * @param injected it runs Envoy, alone or beside others
 * @param ztunnel it is the proxy of its node
 * @param running its containers run, or did at last sight
 */
public record MeshPod(
    String namespace,
    String name,
    String workload,
    boolean istiod,
    boolean gateway,
    boolean injected,
    boolean ztunnel,
    boolean running,
    boolean ready,
    Map<String, String> labels) {

  public MeshPod {
    labels = Map.copyOf(labels);
  }

  /** The pod that an object of the kind Pod is. */
  public static MeshPod of(JsonNode pod) {
    var labels = Fields.labels(pod);
    var role = PodTemplate.Role.of(pod.path("spec"), labels);
    return new MeshPod(
        Fields.text(pod, "metadata", "namespace"),
        Fields.text(pod, "metadata", "name"),
        Pods.owner(pod, labels),
        role.istiod(),
        role.gateway(),
        role.injected(),
        role.ztunnel(),
        Fields.text(pod, "status", "phase").equals("Running"),
        Pods.isReady(pod),
        labels);
  }
}
