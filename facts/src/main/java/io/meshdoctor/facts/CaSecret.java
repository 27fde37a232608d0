package io.meshdoctor.facts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Secret with a cluster's signing certificate, without its key.
 *
 * @param cluster operator's name of the cluster
 * @param namespace its namespace
 * @param name {@code cacerts} or {@code istio-ca-secret}
 * @param keys names of its keys
 * @param complete no key that istiod needs is known to lack; true where its data was not read
 * @param rootFingerprint SHA-256 of its root; empty where there is none
 * @param rootSerial serial number of its root
 * @param issuer {@code signed}, {@code not signed}: whether its root signed its intermediate; empty
 *     where it cannot be told
 * @param notAfter first end of validity of its certificates
 * @param createdAt {@code metadata.creationTimestamp}
 * @param selfMade istiod made it for itself
 * @param origin where it was seen
 */
public record CaSecret(
    String cluster,
    String namespace,
    String name,
    List<String> keys,
    boolean complete,
    String rootFingerprint,
    String rootSerial,
    String issuer,
    @Nullable Instant notAfter,
    @Nullable Instant createdAt,
    boolean selfMade,
    Origin origin)
    implements Fact {

  public CaSecret {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    keys = Normal.list(keys);
    rootFingerprint = Normal.text(rootFingerprint);
    rootSerial = Normal.text(rootSerial);
    issuer = Normal.text(issuer);
    origin = Normal.origin(origin);
  }

  /** Whether its root is known not to have signed its intermediate. */
  public boolean isUnsigned() {
    return issuer.equals("not signed");
  }

  @Override
  public String describe() {
    return "secret %s/%s of %s holds a CA%s"
        .formatted(namespace, name, cluster, complete ? "" : " that lacks keys");
  }
}
