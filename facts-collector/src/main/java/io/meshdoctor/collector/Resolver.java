package io.meshdoctor.collector;

import io.meshdoctor.facts.Fact;
import java.util.ArrayList;
import java.util.List;

/** Makes facts of what the inputs of all clusters told. */
final class Resolver {

  private Resolver() {}

  static MeshFacts resolve(MeshState mesh) {
    List<Fact> facts = new ArrayList<>(mesh.unread());
    mesh.clusters().values().forEach(cluster -> facts.addAll(cluster.listed()));
    mesh.clusters().values().forEach(cluster -> facts.addAll(cluster.unread()));
    mesh.clusters().values().forEach(cluster -> facts.addAll(cluster.held()));
    var clusters = ClusterResolver.of(mesh);
    facts.addAll(clusters.facts());
    facts.addAll(ObservedResolver.resolve(mesh, clusters.names()));
    return new MeshFacts(mesh.name, mesh.collectedAt, facts);
  }
}
