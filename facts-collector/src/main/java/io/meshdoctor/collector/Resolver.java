package io.meshdoctor.collector;

import io.meshdoctor.facts.CollectedAt;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Origin;
import java.util.ArrayList;
import java.util.List;

/** Makes facts of what the inputs of all clusters told. */
final class Resolver {

  private Resolver() {}

  static MeshFacts resolve(MeshState mesh) {
    ExternalControlPlanes.settle(mesh);
    List<Fact> facts = new ArrayList<>(mesh.unread());
    if (mesh.collectedAt != null) {
      facts.add(new CollectedAt(mesh.collectedAt, Origin.UNKNOWN));
    }
    mesh.clusters().values().forEach(cluster -> facts.addAll(cluster.listed()));
    mesh.clusters().values().forEach(cluster -> facts.addAll(cluster.unread()));
    mesh.clusters().values().forEach(cluster -> facts.addAll(cluster.held()));
    var clusters = ClusterResolver.of(mesh);
    facts.addAll(clusters.facts());
    facts.addAll(ObservedResolver.resolve(mesh, clusters.names()));
    return new MeshFacts(mesh.name, mesh.collectedAt, facts);
  }
}
