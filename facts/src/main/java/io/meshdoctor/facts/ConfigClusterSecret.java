package io.meshdoctor.facts;

/**
 * The Secret {@code istio-kubeconfig}, with which an istiod reads its configuration from another
 * cluster than the one that it runs in.
 *
 * @param cluster operator's name of the cluster that the Secret is in
 * @param namespace its namespace
 * @param server URL of the API server that it leads to; empty where unknown
 * @param problem why its kubeconfig cannot be used; empty where it can
 * @param origin where it was seen
 */
public record ConfigClusterSecret(
    String cluster, String namespace, String server, String problem, Origin origin)
    implements Fact {

  public ConfigClusterSecret {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    server = Normal.text(server);
    problem = Normal.text(problem);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "secret %s/istio-kubeconfig of %s leads istiod to %s%s"
        .formatted(
            namespace,
            cluster,
            server.isEmpty() ? "an unknown server" : server,
            problem.isEmpty() ? "" : ": " + problem);
  }
}
