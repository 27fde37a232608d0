package io.meshdoctor.collector;

import java.util.HashSet;
import java.util.Set;

/**
 * Services that belong to Kubernetes or to Istio itself, so that clusters do not share them: those
 * of the namespaces of either, and those of gateways wherever they are.
 */
final class SystemServices {

  private static final Set<String> KUBERNETES =
      Set.of("kube-system", "kube-public", "kube-node-lease");
  private static final ObjectKey API_SERVER = ObjectKey.service("default", "kubernetes");

  private final Set<String> namespaces;
  private final Set<ObjectKey> gateways = new HashSet<>();

  /**
   * Looks for them in all clusters: what is a gateway in one of them is none of the others' either.
   *
   * @param namespaces namespaces that Istio is installed in
   */
  SystemServices(MeshState mesh, Set<String> namespaces) {
    this.namespaces = namespaces;
    for (var cluster : mesh.clusters().values()) {
      cluster.kubernetes.services.values().stream()
          .filter(service -> isOfGateway(cluster.kubernetes, service))
          .forEach(service -> gateways.add(service.key()));
    }
  }

  boolean has(ObjectKey service) {
    return KUBERNETES.contains(service.namespace())
        || namespaces.contains(service.namespace())
        || service.equals(API_SERVER)
        || gateways.contains(service);
  }

  private static boolean isOfGateway(KubernetesState state, ServiceObject service) {
    var namespace = service.key().namespace();
    if (service.labels().containsKey(NamespaceObject.NETWORK)) {
      return true;
    }
    if (service.selector().isEmpty()) {
      return false;
    }
    var pods = state.pods.selected(namespace, service.selector());
    return pods.isEmpty()
        ? state.templates(namespace, service.selector()).stream()
            .anyMatch(template -> template.template().gateway())
        : pods.stream().allMatch(group -> group.alike.template().gateway());
  }
}
