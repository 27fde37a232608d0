package io.meshdoctor.facts;

/**
 * A service that the mesh configuration of a control plane keeps in each cluster: its clients get
 * the endpoints of their own cluster only.
 *
 * @param cluster operator's name of the cluster of the control plane
 * @param host host name of the service
 * @param pattern the one of {@code serviceSettings[].hosts} that counts for it
 * @param configMap name of the ConfigMap of that configuration
 * @param origin where it was seen
 */
public record ClusterLocalService(
    String cluster, String host, String pattern, String configMap, Origin origin) implements Fact {

  public ClusterLocalService {
    cluster = Normal.text(cluster);
    host = Normal.text(host);
    pattern = Normal.text(pattern);
    configMap = Normal.text(configMap);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "mesh configuration of %s keeps %s in each cluster, by %s"
        .formatted(cluster, host, pattern);
  }
}
