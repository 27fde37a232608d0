package io.meshdoctor.collector;

import io.meshdoctor.facts.CaSecret;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Secret with a signing certificate, {@code cacerts} or {@code istio-ca-secret}.
 *
 * @param dataRead its data was there to be read
 * @param issuer as {@link CaSecret#issuer}
 */
record CaObject(
    ObjectKey key,
    boolean dataRead,
    List<String> keys,
    boolean complete,
    List<SeenCertificate> roots,
    String issuer,
    @Nullable Instant notAfter,
    @Nullable Instant createdAt,
    boolean selfMade) {

  /** {@link io.meshdoctor.facts.RootCertificate#source} of its roots. */
  String source() {
    return selfMade ? SecretConverter.SELF_MADE_CA : SecretConverter.PLUGGED_CA;
  }

  CaSecret fact(ClusterState cluster) {
    return new CaSecret(
        cluster.name,
        key.namespace(),
        key.name(),
        keys,
        complete,
        roots.isEmpty() ? "" : roots.get(0).fingerprint(),
        roots.isEmpty() ? "" : roots.get(0).serial(),
        issuer,
        notAfter,
        createdAt,
        selfMade,
        key.at(cluster, ".data"));
  }
}
