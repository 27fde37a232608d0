package io.meshdoctor.collector;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A DestinationRule.
 *
 * @param host as it is written, short or full
 * @param settings its {@code trafficPolicy}
 * @param exportTo {@code exportTo}
 * @param selecting it is for some pods of its namespace only
 * @param createdAt when it was created; null where unknown
 */
record DestinationRuleObject(
    ObjectKey key,
    String host,
    Settings settings,
    List<Subset> subsets,
    List<String> exportTo,
    boolean selecting,
    @Nullable Instant createdAt) {

  /** A subset, and what it says beside what is said of the host. */
  record Subset(String name, Map<String, String> labels, Settings settings) {}

  /**
   * A {@code trafficPolicy}.
   *
   * @param present it is there at all
   * @param general what it says of all ports
   * @param ports what it says of single ports
   */
  record Settings(boolean present, Part general, SortedMap<Integer, Part> ports) {

    static Settings of(JsonNode policy) {
      SortedMap<Integer, Part> ports = new TreeMap<>();
      for (var port : Fields.elements(policy, "portLevelSettings")) {
        ports.putIfAbsent(Fields.number(port, 0, "port", "number"), Part.of(port));
      }
      return new Settings(policy.isObject(), Part.of(policy), ports);
    }

    private Part part(int port) {
      return ports.getOrDefault(port, general);
    }

    /** TLS of a port: what the settings of the port leave open, the others say. */
    private String tlsMode(int port) {
      var own = part(port).tlsMode();
      return own.isEmpty() ? general.tlsMode() : own;
    }
  }

  /**
   * What is said of some ports.
   *
   * @param tlsMode {@code tls.mode}; empty where absent
   * @param localitySet {@code localityLbSetting} is there
   * @param localityLb as {@link io.meshdoctor.facts.DestinationPolicy#localityLb}
   */
  record Part(String tlsMode, boolean outlierDetection, boolean localitySet, String localityLb) {

    static Part of(JsonNode policy) {
      var locality = Fields.at(policy, "loadBalancer", "localityLbSetting");
      return new Part(
          Fields.text(policy, "tls", "mode"),
          policy.path("outlierDetection").isObject(),
          locality.isObject(),
          MeshLocality.kind(locality));
    }
  }

  /**
   * What holds in the end for a host, or for one of its subsets.
   *
   * @param subset empty for the host itself
   * @param port 0 for all ports that nothing is said of by themselves
   */
  record Policy(
      String subset,
      Map<String, String> labels,
      int port,
      String tlsMode,
      boolean outlierDetection,
      boolean localitySet,
      String localityLb) {}

  static DestinationRuleObject of(JsonNode item) {
    var spec = item.path("spec");
    return new DestinationRuleObject(
        ObjectKey.of("destinationrule", item),
        Fields.text(spec, "host"),
        Settings.of(spec.path("trafficPolicy")),
        Fields.elements(spec, "subsets").stream()
            .map(
                subset ->
                    new Subset(
                        Fields.text(subset, "name"),
                        Fields.map(subset, "labels"),
                        Settings.of(subset.path("trafficPolicy"))))
            .toList(),
        Fields.texts(spec.path("exportTo")),
        spec.path("workloadSelector").isObject(),
        Fields.time(item, "metadata", "creationTimestamp"));
  }

  /** What it says of the host itself, and of single ports of it. */
  List<Policy> policies() {
    List<Policy> policies = new ArrayList<>();
    for (int port : ports(settings.ports())) {
      var part = settings.part(port);
      policies.add(
          new Policy(
              "",
              Map.of(),
              port,
              settings.tlsMode(port),
              part.outlierDetection(),
              part.localitySet(),
              part.localityLb()));
    }
    return policies;
  }

  /**
   * What holds for one of its subsets, where some settings hold for the host.
   *
   * <p>As {@code MergeSubsetTrafficPolicy} of {@code pilot/pkg/networking/util} does: what the
   * subset says of a port takes the place of all that is said of the host, and what it says of all
   * ports takes the place of each single setting. TLS alone is looked for in both, by {@code
   * tlsModeForDestinationRule} of {@code pilot/pkg/xds/endpoints/mtls_checker.go}.
   */
  static List<Policy> policies(Subset subset, Settings ofHost) {
    List<Policy> policies = new ArrayList<>();
    SortedMap<Integer, Part> all = new TreeMap<>(ofHost.ports());
    all.putAll(subset.settings().ports());
    for (int port : ports(all)) {
      var own = subset.settings().part(port);
      var hosts = ofHost.part(port);
      boolean alone = subset.settings().ports().containsKey(port);
      var locality = alone || own.localitySet() ? own : hosts;
      var tls = subset.settings().tlsMode(port);
      policies.add(
          new Policy(
              subset.name(),
              subset.labels(),
              port,
              tls.isEmpty() ? ofHost.tlsMode(port) : tls,
              own.outlierDetection() || (!alone && hosts.outlierDetection()),
              locality.localitySet(),
              locality.localityLb()));
    }
    return policies;
  }

  private static SortedSet<Integer> ports(SortedMap<Integer, Part> named) {
    SortedSet<Integer> ports = new TreeSet<>(named.keySet());
    ports.add(0);
    return ports;
  }

  /** Whether it has more than one subset of a name. */
  boolean isRepeated(String subset) {
    return subsets.stream().filter(one -> one.name().equals(subset)).count() > 1;
  }
}
