package io.meshdoctor.facts;

import java.util.List;
import java.util.Objects;

/**
 * The ranges that the nodes of a cluster give addresses to pods from ({@code spec.podCIDRs}), of
 * which some pod has an address. A network plug-in may have ranges of its own; those of the nodes
 * then mean nothing.
 *
 * @param cluster operator's name of the cluster
 * @param ranges the ranges, such as {@code 10.1.0.0/24}
 * @param origin where it was seen
 */
public record PodRanges(String cluster, List<String> ranges, Origin origin) implements Fact {

  public PodRanges {
    cluster = Normal.text(cluster);
    ranges = Normal.list(ranges);
    origin = Normal.origin(origin);
  }

  /** The first of its ranges that shares addresses with one of another cluster; empty for none. */
  public String sharedWith(PodRanges other) {
    var others = other.ranges.stream().map(AddressRange::of).filter(Objects::nonNull).toList();
    return ranges.stream()
        .map(AddressRange::of)
        .filter(Objects::nonNull)
        .filter(range -> others.stream().anyMatch(range::isOverlapping))
        .map(AddressRange::text)
        .findFirst()
        .orElse("");
  }

  @Override
  public String describe() {
    return "pods of %s have addresses of %s".formatted(cluster, String.join(", ", ranges));
  }
}
