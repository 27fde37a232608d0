package io.meshdoctor.collector;

import io.meshdoctor.facts.Fact;
import java.util.ArrayList;
import java.util.List;

/** Makes facts of what istiods, proxies and probes told. */
final class ObservedResolver {

  private ObservedResolver() {}

  static List<Fact> resolve(MeshState mesh, Names names) {
    List<Fact> facts = new ArrayList<>();
    for (ClusterState cluster : mesh.clusters().values()) {
      IstiodFacts istiods = new IstiodFacts(cluster, names, mesh.collectedAt);
      cluster.controlPlane.istiods().forEach(istiod -> istiods.addAll(istiod, facts));
    }
    Places places = new Places(mesh, names);
    for (ClusterState cluster : mesh.clusters().values()) {
      ProxyFacts proxies = new ProxyFacts(cluster, names, places);
      cluster.proxies.proxies().forEach(proxy -> proxies.addAll(proxy, facts));
    }
    ProbeFacts probes = new ProbeFacts(mesh, names);
    mesh.probes.forEach(probe -> probes.addAll(probe, facts));
    return facts;
  }
}
