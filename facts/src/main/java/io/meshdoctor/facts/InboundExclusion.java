package io.meshdoctor.facts;

/**
 * A port of a Service that leads past the proxy of its pods, by the settings that the proxy's
 * traffic redirection was made with.
 *
 * @param cluster operator's name of the cluster
 * @param namespace namespace of the Service and of the pods
 * @param service name of the Service
 * @param host host name of the Service
 * @param port port of the Service
 * @param target port of the pods that it leads to
 * @param workload what owns the pods
 * @param setting the setting, without the prefix of its annotation: {@code excludeInboundPorts}
 * @param origin where it was seen
 */
public record InboundExclusion(
    String cluster,
    String namespace,
    String service,
    String host,
    int port,
    int target,
    String workload,
    String setting,
    Origin origin)
    implements Fact {

  public InboundExclusion {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    service = Normal.text(service);
    host = Normal.text(host);
    workload = Normal.text(workload);
    setting = Normal.text(setting);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "connections to port %d of pods of %s/%s in %s go round their proxy, by %s"
        .formatted(target, namespace, workload, cluster, setting);
  }
}
