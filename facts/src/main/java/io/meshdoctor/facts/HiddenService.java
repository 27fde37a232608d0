package io.meshdoctor.facts;

/**
 * A service that clients are kept from, although they are known to want it: they asked for it, or
 * it is of their own namespace.
 *
 * @param controlPlane operator's name of the cluster whose configuration counts
 * @param cluster operator's name of the cluster of the clients
 * @param namespace namespace of the clients
 * @param serviceNamespace namespace of the service
 * @param service name of the service
 * @param host host name of the service
 * @param by kind of what hides it: {@code sidecar}, or {@code service} where it is not exported
 * @param byCluster operator's name of the cluster that has that object
 * @param byNamespace namespace of that object
 * @param byName name of that object
 * @param asked a probe from there asked for it
 * @param origin where it was seen
 */
public record HiddenService(
    String controlPlane,
    String cluster,
    String namespace,
    String serviceNamespace,
    String service,
    String host,
    String by,
    String byCluster,
    String byNamespace,
    String byName,
    boolean asked,
    Origin origin)
    implements Fact {

  public HiddenService {
    controlPlane = Normal.text(controlPlane);
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    serviceNamespace = Normal.text(serviceNamespace);
    service = Normal.text(service);
    host = Normal.text(host);
    by = Normal.text(by);
    byCluster = Normal.text(byCluster);
    byNamespace = Normal.text(byNamespace);
    byName = Normal.text(byName);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "%s %s/%s of %s hides %s from clients in namespace %s of %s"
        .formatted(by, byNamespace, byName, byCluster, host, namespace, cluster);
  }
}
