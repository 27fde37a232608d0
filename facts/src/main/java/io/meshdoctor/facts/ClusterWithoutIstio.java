package io.meshdoctor.facts;

/**
 * A cluster whose namespaces and pods were all read, and that has nothing of Istio: no namespace
 * for it, no control plane, no proxy, no pod of ambient mode; and no control plane that was read is
 * told to read it. Whether it is to be of the mesh, nobody can see; no pair of clusters has it.
 *
 * @param cluster operator's name of the cluster
 * @param systemNamespace namespace that Istio is installed in elsewhere in this mesh
 * @param origin where its namespace would be
 */
public record ClusterWithoutIstio(String cluster, String systemNamespace, Origin origin)
    implements Fact {

  public ClusterWithoutIstio {
    cluster = Normal.text(cluster);
    systemNamespace = Normal.text(systemNamespace);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "%s has no namespace %s, no proxies, and no istiod that reads it"
        .formatted(cluster, systemNamespace);
  }
}
