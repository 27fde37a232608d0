package io.meshdoctor.facts;

import java.util.List;
import java.util.Map;

/**
 * A Service.
 *
 * @param cluster operator's name of the cluster
 * @param namespace its namespace
 * @param name its name
 * @param host {@code name.namespace.svc} and the cluster domain
 * @param type {@code spec.type}
 * @param headless {@code spec.clusterIP} is {@code None}
 * @param ports its ports
 * @param selector {@code spec.selector}
 * @param labels its labels
 * @param annotations its annotations, without the one that kubectl keeps
 * @param internalTrafficPolicy {@code spec.internalTrafficPolicy}
 * @param trafficDistribution {@code spec.trafficDistribution}, or the annotation of that name
 * @param externalName {@code spec.externalName}
 * @param system it belongs to Kubernetes or to Istio itself, and so is not shared by clusters
 * @param origin where it was seen
 */
public record KubeService(
    String cluster,
    String namespace,
    String name,
    String host,
    String type,
    boolean headless,
    List<ServicePort> ports,
    Map<String, String> selector,
    Map<String, String> labels,
    Map<String, String> annotations,
    String internalTrafficPolicy,
    String trafficDistribution,
    String externalName,
    boolean system,
    Origin origin)
    implements Fact {

  public KubeService {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    host = Normal.text(host);
    type = Normal.text(type);
    ports = Normal.list(ports);
    selector = Normal.sorted(selector);
    labels = Normal.sorted(labels);
    annotations = Normal.sorted(annotations);
    internalTrafficPolicy = Normal.text(internalTrafficPolicy);
    trafficDistribution = Normal.text(trafficDistribution);
    externalName = Normal.text(externalName);
    origin = Normal.origin(origin);
  }

  /** Domain of the cluster that it is in, from its host name: {@code cluster.local}. */
  public String domain() {
    int svc = host.indexOf(".svc.");
    return svc < 0 ? host : host.substring(svc + ".svc.".length());
  }

  @Override
  public String describe() {
    return "service %s/%s is in %s".formatted(namespace, name, cluster);
  }
}
