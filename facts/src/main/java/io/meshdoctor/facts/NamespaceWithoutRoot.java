package io.meshdoctor.facts;

/**
 * A namespace with pods that have a proxy, but without the ConfigMap that tells proxies which root
 * to trust ({@code istio-ca-root-cert}).
 *
 * @param cluster operator's name of the cluster
 * @param namespace its name
 * @param pod one of the pods
 * @param origin where it was seen
 */
public record NamespaceWithoutRoot(String cluster, String namespace, String pod, Origin origin)
    implements Fact {

  public NamespaceWithoutRoot {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    pod = Normal.text(pod);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "namespace %s of %s, where pod %s runs, has no root certificate"
        .formatted(namespace, cluster, pod);
  }
}
