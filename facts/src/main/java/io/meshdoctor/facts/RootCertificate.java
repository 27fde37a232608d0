package io.meshdoctor.facts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A root certificate that a cluster has its workloads trust.
 *
 * @param cluster operator's name of the cluster
 * @param source {@code istio-ca-root-cert}: what istiod hands out; {@code cacerts}: what it was
 *     given; {@code istio-ca-secret}: what it made for itself
 * @param namespace namespace it was read in
 * @param fingerprint SHA-256 of the DER form, lower-case hex
 * @param serial serial number, lower-case hex without leading zeros
 * @param subject subject as RFC 2253
 * @param notAfter end of validity
 * @param places in how many namespaces it was read
 * @param origin where it was seen
 */
public record RootCertificate(
    String cluster,
    String source,
    String namespace,
    String fingerprint,
    String serial,
    String subject,
    @Nullable Instant notAfter,
    int places,
    Origin origin)
    implements Fact {

  public RootCertificate {
    cluster = Normal.text(cluster);
    source = Normal.text(source);
    namespace = Normal.text(namespace);
    fingerprint = Normal.text(fingerprint);
    serial = Normal.text(serial);
    subject = Normal.text(subject);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "%s of %s holds root %s (%s)"
        .formatted(
            source,
            cluster,
            fingerprint.length() < 16 ? fingerprint : fingerprint.substring(0, 16),
            subject);
  }
}
