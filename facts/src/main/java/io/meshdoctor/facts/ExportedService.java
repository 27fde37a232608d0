package io.meshdoctor.facts;

/**
 * A Service that is exported to other clusters by the Multi-Cluster Services API.
 *
 * @param cluster operator's name of the cluster that has the ServiceExport
 * @param namespace namespace of both
 * @param name name of both
 * @param origin where it was seen
 */
public record ExportedService(String cluster, String namespace, String name, Origin origin)
    implements Fact {

  public ExportedService {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "service %s/%s of %s is exported".formatted(namespace, name, cluster);
  }
}
