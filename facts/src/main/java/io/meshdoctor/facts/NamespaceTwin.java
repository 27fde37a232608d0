package io.meshdoctor.facts;

/**
 * A Service of one cluster that another cluster has in another namespace: of the same name, with
 * the same selector and ports, and each of the two namespaces has it in one of the clusters only.
 *
 * @param cluster operator's name of the cluster
 * @param namespace its namespace
 * @param name its name
 * @param host its host name
 * @param otherCluster operator's name of the other cluster
 * @param otherNamespace namespace of the other one
 * @param otherHost host name of the other one
 * @param asked a probe of the other cluster asked for the host name of this one
 * @param origin where it was seen
 */
public record NamespaceTwin(
    String cluster,
    String namespace,
    String name,
    String host,
    String otherCluster,
    String otherNamespace,
    String otherHost,
    boolean asked,
    Origin origin)
    implements Fact {

  public NamespaceTwin {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    host = Normal.text(host);
    otherCluster = Normal.text(otherCluster);
    otherNamespace = Normal.text(otherNamespace);
    otherHost = Normal.text(otherHost);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "service %s is in namespace %s of %s and in namespace %s of %s"
        .formatted(name, namespace, cluster, otherNamespace, otherCluster);
  }
}
