package io.meshdoctor.collector;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Reads Kubernetes objects in any of kubectl's shapes. */
final class ResourceReader implements InputReader {

  private final KubernetesReader objects = new KubernetesReader();
  private final boolean ofAllNamespaces;

  /**
   * Reads files of one kind.
   *
   * @param ofAllNamespaces whether a list holds the objects of all namespaces
   */
  ResourceReader(boolean ofAllNamespaces) {
    this.ofAllNamespaces = ofAllNamespaces;
  }

  @Override
  public void read(Input input, MeshState mesh) throws IOException {
    var cluster = mesh.cluster(input.cluster());
    Set<String> kinds = new HashSet<>();
    var complete =
        Documents.items(
            input.body(),
            false,
            (apiVersion, kind, item) -> {
              kinds.add(Kinds.of(apiVersion, kind).orElse(kind));
              objects.object(cluster, apiVersion, kind, item);
            });
    var named = Kinds.ofFile(input.path().substring(input.path().lastIndexOf('/') + 1));
    if (Kinds.isNamed(named)) {
      cluster.hasFileForEachKind |= kinds.isEmpty();
      kinds.addAll(named);
    }
    kinds.forEach(cluster::sawSomeOf);
    for (var kind : ofAllNamespaces ? complete : Set.<String>of()) {
      cluster.listed(kind);
    }
  }
}
