package io.meshdoctor.facts;

import java.util.List;

/**
 * A service that an istiod knows, and the clusters it sees it in.
 *
 * @param cluster operator's name of the cluster
 * @param istiod pod of the istiod
 * @param host host name
 * @param seenIn operator's names of those clusters, sorted; cluster IDs where the name is unknown
 * @param ports its ports
 * @param registry {@code Kubernetes} or {@code External}
 * @param origin where it was seen
 */
public record KnownService(
    String cluster,
    String istiod,
    String host,
    List<String> seenIn,
    List<ServicePort> ports,
    String registry,
    Origin origin)
    implements Fact {

  public KnownService {
    cluster = Normal.text(cluster);
    istiod = Normal.text(istiod);
    host = Normal.text(host);
    seenIn = Normal.list(seenIn);
    ports = Normal.list(ports);
    registry = Normal.text(registry);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "istiod of %s sees %s in %s".formatted(cluster, host, seenIn);
  }
}
