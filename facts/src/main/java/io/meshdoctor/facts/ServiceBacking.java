package io.meshdoctor.facts;

/**
 * What stands behind a Service, from its EndpointSlices and the pods they name.
 *
 * @param cluster operator's name of the cluster
 * @param namespace namespace of the Service
 * @param name name of the Service
 * @param host host name of the Service
 * @param ready ready endpoints
 * @param notReady endpoints that are not ready
 * @param meshed ready endpoints that have a proxy, or whose traffic ztunnel catches; -1 where pods
 *     were not read
 * @param ambient those of them whose traffic ztunnel catches; -1 where pods were not read
 * @param nameOnly nothing is meant to stand behind it in this cluster: Deployments and pods were
 *     read, and the Service selects neither a pod nor the template of a Deployment. It only gives
 *     clients a name for what runs elsewhere
 * @param system it belongs to Kubernetes or to Istio itself
 * @param origin where it was seen
 */
public record ServiceBacking(
    String cluster,
    String namespace,
    String name,
    String host,
    int ready,
    int notReady,
    int meshed,
    int ambient,
    boolean nameOnly,
    boolean system,
    Origin origin)
    implements Fact {

  public ServiceBacking {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    host = Normal.text(host);
    origin = Normal.origin(origin);
  }

  /** Whether it has endpoints in the mesh, and ztunnel speaks for all of them. */
  public boolean isAllAmbient() {
    return meshed > 0 && ambient == meshed;
  }

  @Override
  public String describe() {
    return "service %s/%s has %s in %s"
        .formatted(namespace, name, Normal.count(ready, "ready endpoint"), cluster);
  }
}
