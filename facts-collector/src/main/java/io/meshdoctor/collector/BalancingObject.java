package io.meshdoctor.collector;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * How a DestinationRule has requests balanced.
 *
 * @param host as it is written, short or full
 * @param shares entries of {@code distribute}
 * @param kinds ways that do not spread requests evenly
 */
record BalancingObject(ObjectKey key, String host, List<Share> shares, Set<String> kinds) {

  /** Where requests from one region go; {@code *} is any region. */
  record Share(String fromRegion, List<String> toRegions) {}

  static BalancingObject of(JsonNode item) {
    var spec = item.path("spec");
    var policies =
        Stream.concat(
                Stream.of(spec.path("trafficPolicy")),
                Fields.elements(spec, "subsets").stream().map(one -> one.path("trafficPolicy")))
            .map(policy -> policy.path("loadBalancer"))
            .toList();
    List<Share> shares = new ArrayList<>();
    Set<String> kinds = new TreeSet<>();
    for (var balancer : policies) {
      Fields.elements(balancer, "localityLbSetting", "distribute").stream()
          .filter(entry -> Fields.truth(balancer, true, "localityLbSetting", "enabled"))
          .map(BalancingObject::share)
          .forEach(shares::add);
      if (balancer.path("consistentHash").isObject()) {
        kinds.add("consistent hash");
      }
      if (balancer.has("warmup") || balancer.has("warmupDurationSecs")) {
        kinds.add("slow start");
      }
    }
    return new BalancingObject(
        ObjectKey.of("destinationrule", item), Fields.text(spec, "host"), shares, kinds);
  }

  private static Share share(JsonNode entry) {
    return new Share(
        region(Fields.text(entry, "from")),
        Fields.map(entry, "to").keySet().stream()
            .map(BalancingObject::region)
            .distinct()
            .sorted()
            .toList());
  }

  /** A locality is {@code region/zone/subzone}, and may end early. */
  private static String region(String locality) {
    return locality.split("/", 2)[0];
  }

  boolean isOfInterest() {
    return !shares.isEmpty() || !kinds.isEmpty();
  }
}
