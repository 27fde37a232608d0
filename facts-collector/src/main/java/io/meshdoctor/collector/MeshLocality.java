package io.meshdoctor.collector;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A {@code localityLbSetting}: that of the mesh configuration, or that of a DestinationRule.
 *
 * <p>Of the two, that of the DestinationRule counts whole; then comes what the Service asks for by
 * its {@code trafficDistribution}, and last the mesh configuration ({@code GetEffectiveLbSetting}
 * of {@code pilot/pkg/networking/core/loadbalancer/loadbalancer.go}).
 *
 * <p>{@code failover} and {@code failoverPriority} only order endpoints, and that only where a
 * DestinationRule asks for outlier detection; what came of it is seen in the priorities that Envoy
 * has. {@code distribute} takes endpoints away, always.
 *
 * @param shares entries of {@code distribute}; none where it is switched off
 */
record MeshLocality(List<Share> shares) {

  /** Where requests from one region go; {@code *} is any region. */
  record Share(String fromRegion, List<String> toRegions) {}

  static MeshLocality of(JsonNode setting) {
    return new MeshLocality(
        kind(setting).equals("distribute")
            ? Fields.elements(setting, "distribute").stream().map(MeshLocality::share).toList()
            : List.of());
  }

  /**
   * What it does, as {@link io.meshdoctor.facts.DestinationPolicy#localityLb}: of {@code
   * distribute} and {@code failover} only one is used, the first.
   */
  static String kind(JsonNode setting) {
    if (!Fields.truth(setting, true, "enabled")) {
      return "disabled";
    }
    if (!Fields.elements(setting, "distribute").isEmpty()) {
      return "distribute";
    }
    return Fields.elements(setting, "failover").isEmpty()
            && Fields.elements(setting, "failoverPriority").isEmpty()
        ? ""
        : "failover";
  }

  private static Share share(JsonNode entry) {
    return new Share(
        region(Fields.text(entry, "from")),
        Fields.map(entry, "to").keySet().stream()
            .map(MeshLocality::region)
            .distinct()
            .sorted()
            .toList());
  }

  /** A locality is {@code region/zone/subzone}, and may end early. */
  private static String region(String locality) {
    return locality.split("/", 2)[0];
  }
}
