package io.meshdoctor.facts;

import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;
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

  /**
   * Whether a cluster is to get a CA of a root of another cluster's, or both one of a new root: no
   * more clusters have its roots than have those of the other one.
   *
   * @param roots {@link RootCertificate}s of all clusters, from one kind of source
   * @param cluster operator's name of the cluster
   * @param other operator's name of the other one
   */
  public static boolean isToFollow(Collection<?> roots, String cluster, String other) {
    var all = roots.stream().map(RootCertificate.class::cast).toList();
    return clustersWithRootsOf(all, cluster) <= clustersWithRootsOf(all, other);
  }

  private static long clustersWithRootsOf(Collection<RootCertificate> roots, String cluster) {
    var own =
        roots.stream()
            .filter(root -> root.cluster.equals(cluster))
            .map(RootCertificate::fingerprint)
            .collect(Collectors.toSet());
    return roots.stream()
        .filter(root -> own.contains(root.fingerprint))
        .map(RootCertificate::cluster)
        .distinct()
        .count();
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
