package io.meshdoctor.collector;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Which Sidecar counts for a workload: one of its namespace that selects it, else one of its
 * namespace without a selector, else one of the root namespace without a selector.
 *
 * <p>As {@code getSidecarScope} of {@code pilot/pkg/model/push_context.go} does, and the reference
 * of Sidecar says. Of several alike istiod takes the oldest.
 */
final class SidecarScopes {

  private final ClusterState controlPlane;
  private final String rootNamespace;

  SidecarScopes(ClusterState controlPlane, String rootNamespace) {
    this.controlPlane = controlPlane;
    this.rootNamespace = rootNamespace;
  }

  /**
   * The one that counts for pods of a namespace.
   *
   * @param labels their labels; empty where they are not known
   */
  Optional<SidecarObject> of(String namespace, Map<String, String> labels) {
    return controlPlane.kubernetes.sidecars.values().stream()
        .filter(
            sidecar ->
                sidecar.selector().isEmpty()
                    ? sidecar.isOf(namespace) || sidecar.isOf(rootNamespace)
                    : sidecar.isOf(namespace) && Fields.selects(sidecar.selector(), labels))
        .min(
            Comparator.comparing((SidecarObject sidecar) -> sidecar.selector().isEmpty())
                .thenComparing(sidecar -> !sidecar.isOf(namespace))
                .thenComparing(
                    SidecarObject::createdAt, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(SidecarObject::key));
  }
}
