package io.meshdoctor.facts;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From when and until when a certificate of the mesh is valid.
 *
 * @param cluster operator's name of the cluster
 * @param use {@code root}: what workloads trust; {@code CA}: what istiod signs with, or the first
 *     of its chain to end; {@code workload}: what a proxy presents
 * @param holder what holds it, such as {@code secret istio-system/cacerts}
 * @param notBefore begin of validity; null where unknown
 * @param notAfter end of validity; null where unknown
 * @param origin where it was seen
 */
public record CertificateLife(
    String cluster,
    String use,
    String holder,
    @Nullable Instant notBefore,
    @Nullable Instant notAfter,
    Origin origin)
    implements Fact {

  /** Time that it takes to make a new CA and to get it to every workload. */
  private static final Duration SOON = Duration.ofDays(30);

  /** Time that collecting may take after the time that is given for it. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  public CertificateLife {
    cluster = Normal.text(cluster);
    use = Normal.text(use);
    holder = Normal.text(holder);
    origin = Normal.origin(origin);
  }

  /** Whether its validity has ended by a time. */
  public boolean isEndedAt(@Nullable Instant time) {
    return notAfter != null && time != null && notAfter.isBefore(time);
  }

  /** Whether its validity has ended by a time, or ends in the weeks after it. */
  public boolean isDueAt(@Nullable Instant time) {
    return notAfter != null && time != null && notAfter.isBefore(time.plus(SOON));
  }

  /** Whether its validity has not begun minutes after a time at which it was in use. */
  public boolean isPrematureAt(@Nullable Instant time) {
    return notBefore != null && time != null && notBefore.isAfter(time.plus(TOLERANCE));
  }

  @Override
  public String describe() {
    return "the %s certificate in %s of %s is valid %suntil %s"
        .formatted(
            use, holder, cluster, notBefore == null ? "" : "from " + notBefore + " ", notAfter);
  }
}
