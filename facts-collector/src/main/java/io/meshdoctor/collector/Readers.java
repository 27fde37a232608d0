package io.meshdoctor.collector;

import java.util.EnumMap;
import java.util.Map;

/** The reader of each kind of input, the same for all sources. */
final class Readers {

  private Readers() {}

  static Map<InputKind, InputReader> all() {
    Map<InputKind, InputReader> readers = new EnumMap<>(InputKind.class);
    for (var kind : InputKind.values()) {
      readers.put(kind, of(kind));
    }
    return readers;
  }

  private static InputReader of(InputKind kind) {
    return switch (kind) {
      case MESH -> new MeshReader();
      case CLUSTER -> new ClusterReader();
      case RESOURCES -> new ResourceReader(true);
      case SOME_RESOURCES -> new ResourceReader(false);
      case SECRET_TABLE -> new SecretTableReader();
      case DEBUG -> new DebugReader();
      case DISCOVERY_LOG -> new DiscoveryLogReader(false);
      case POD_LOG -> new DiscoveryLogReader(true);
      case ENVOY_CLUSTERS, ENDPOINT_JSON -> new EnvoyClustersReader();
      case ENVOY_CLUSTERS_TEXT -> new EnvoyClustersTextReader();
      case ENDPOINT_TABLE -> new EndpointTableReader();
      case ENVOY_CERTS -> new EnvoyCertsReader();
      case ENVOY_CONFIG_DUMP -> new ConfigDumpReader();
      case PROBE -> new ProbeReader();
    };
  }
}
