package io.meshdoctor.facts;

import java.util.List;

/**
 * A PeerAuthentication that decides the mode of mutual TLS for pods of a cluster: of all that are
 * about a pod, the one that istiod follows. The mode {@code PERMISSIVE} is what holds without any.
 *
 * @param cluster operator's name of the cluster of the pods
 * @param heldBy operator's name of the cluster that the policy is in: that of the control plane
 * @param namespace its namespace
 * @param name its name
 * @param mode {@code DISABLE} or {@code STRICT}
 * @param services host names of the Services whose pods it decides for
 * @param ports ports of the pods that it decides for; empty for all of these Services
 * @param origin where it was seen
 */
public record PeerPolicy(
    String cluster,
    String heldBy,
    String namespace,
    String name,
    String mode,
    List<String> services,
    List<Integer> ports,
    Origin origin)
    implements Fact {

  public PeerPolicy {
    cluster = Normal.text(cluster);
    heldBy = Normal.text(heldBy);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    mode = Normal.text(mode);
    services = Normal.list(services);
    ports = Normal.list(ports);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "peer authentication %s/%s of %s sets mutual TLS to %s for %s%s"
        .formatted(
            namespace, name, heldBy, mode, services, ports.isEmpty() ? "" : " on ports " + ports);
  }
}
