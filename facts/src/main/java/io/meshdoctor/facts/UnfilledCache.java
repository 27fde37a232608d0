package io.meshdoctor.facts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An istiod still waits, at the end of its log, for a cache to be filled.
 *
 * @param cluster operator's name of the cluster of the istiod
 * @param istiod pod of the istiod
 * @param cache what istiod calls it, such as {@code informer/Gateways handler}
 * @param waited how long it has waited, in seconds
 * @param at when it last said so
 * @param origin where it was seen
 */
public record UnfilledCache(
    String cluster, String istiod, String cache, int waited, @Nullable Instant at, Origin origin)
    implements Fact {

  /** Caches of the API are filled within seconds, those of slow ones within this. */
  private static final int LONG = 30;

  public UnfilledCache {
    cluster = Normal.text(cluster);
    istiod = Normal.text(istiod);
    cache = Normal.text(cache);
    origin = Normal.origin(origin);
  }

  /** Whether it is one of Gateways of the Gateway API, and is not filled for long. */
  public boolean isLackingGateways() {
    return cache.contains("informer/Gateways") && waited >= LONG;
  }

  @Override
  public String describe() {
    return "istiod %s of %s waits for its cache %s for %d s"
        .formatted(istiod, cluster, cache, waited);
  }
}
