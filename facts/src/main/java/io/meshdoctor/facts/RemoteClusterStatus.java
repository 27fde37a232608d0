package io.meshdoctor.facts;

/**
 * What an istiod says of a remote cluster in {@code clusterz}.
 *
 * @param cluster operator's name of the cluster
 * @param istiod pod of the istiod
 * @param id cluster ID, which is the key of a Secret
 * @param of operator's name of that cluster; empty where unknown
 * @param secret Secret that it was registered from, {@code namespace/name}
 * @param status {@code synced}, {@code syncing}, {@code timeout} or {@code closed}
 * @param origin where it was seen
 */
public record RemoteClusterStatus(
    String cluster,
    String istiod,
    String id,
    String of,
    String secret,
    String status,
    Origin origin)
    implements Fact {

  public RemoteClusterStatus {
    cluster = Normal.text(cluster);
    istiod = Normal.text(istiod);
    id = Normal.text(id);
    of = Normal.text(of);
    secret = Normal.text(secret);
    status = Normal.text(status);
    origin = Normal.origin(origin);
  }

  /** Whether the cluster was read completely. */
  public boolean isSynced() {
    return status.equals("synced");
  }

  /** Namespace of the Secret that tells of the cluster; empty where there is none. */
  public String secretNamespace() {
    return secret.substring(0, Math.max(0, secret.indexOf('/')));
  }

  /** Name of the Secret that tells of the cluster; empty where there is none. */
  public String secretName() {
    return secret.substring(secret.indexOf('/') + 1);
  }

  @Override
  public String describe() {
    return "istiod of %s reports %s as %s".formatted(cluster, id, status);
  }
}
