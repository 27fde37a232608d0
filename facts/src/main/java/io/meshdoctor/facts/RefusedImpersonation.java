package io.meshdoctor.facts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An istiod does not sign certificates that a ztunnel asks for on behalf of the pods of its node.
 *
 * @param cluster operator's name of the cluster of the istiod
 * @param istiod pod of the istiod
 * @param id cluster ID of the ztunnel, where istiod does not know that cluster; else empty
 * @param of operator's name of that cluster; empty where unknown
 * @param text what istiod logged
 * @param at when it was logged
 * @param origin where it was seen
 */
public record RefusedImpersonation(
    String cluster,
    String istiod,
    String id,
    String of,
    String text,
    @Nullable Instant at,
    Origin origin)
    implements Fact {

  public RefusedImpersonation {
    cluster = Normal.text(cluster);
    istiod = Normal.text(istiod);
    id = Normal.text(id);
    of = Normal.text(of);
    text = Normal.text(text);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "istiod %s of %s logs: %s".formatted(istiod, cluster, text);
  }
}
