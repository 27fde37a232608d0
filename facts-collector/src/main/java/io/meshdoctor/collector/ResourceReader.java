package io.meshdoctor.collector;

import io.meshdoctor.facts.Origin;
import java.io.IOException;
import java.util.Locale;

/** Reads Kubernetes objects in any of kubectl's shapes. */
final class ResourceReader implements InputReader {

  private final KubernetesReader objects = new KubernetesReader();

  @Override
  public void read(Input input, MeshState mesh) throws IOException {
    var cluster = mesh.cluster(input.cluster());
    var complete =
        Documents.items(
            input.body(),
            (apiVersion, kind, item) -> objects.object(cluster, apiVersion, kind, item));
    for (var kind : complete) {
      cluster.listed(
          kind,
          "",
          Origin.object(
              cluster.name, cluster.context, kind.toLowerCase(Locale.ROOT), "", "", ""));
    }
  }
}
