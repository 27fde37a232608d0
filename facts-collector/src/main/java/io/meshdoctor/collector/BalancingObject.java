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
 * @param shares entries of {@code distribute}
 * @param kinds ways that do not spread requests evenly
 */
record BalancingObject(ObjectKey key, List<MeshLocality.Share> shares, Set<String> kinds) {

  static BalancingObject of(JsonNode item) {
    var spec = item.path("spec");
    var balancers =
        Stream.concat(
                Stream.of(spec.path("trafficPolicy")),
                Fields.elements(spec, "subsets").stream().map(one -> one.path("trafficPolicy")))
            .flatMap(
                policy ->
                    Stream.concat(
                        Stream.of(policy), Fields.elements(policy, "portLevelSettings").stream()))
            .map(policy -> policy.path("loadBalancer"))
            .toList();
    List<MeshLocality.Share> shares = new ArrayList<>();
    Set<String> kinds = new TreeSet<>();
    for (var balancer : balancers) {
      shares.addAll(MeshLocality.of(balancer.path("localityLbSetting")).shares());
      if (balancer.path("consistentHash").isObject()) {
        kinds.add("consistent hash");
      }
      if (balancer.has("warmup") || balancer.has("warmupDurationSecs")) {
        kinds.add("slow start");
      }
    }
    return new BalancingObject(
        ObjectKey.of("destinationrule", item), shares.stream().distinct().toList(), kinds);
  }
}
