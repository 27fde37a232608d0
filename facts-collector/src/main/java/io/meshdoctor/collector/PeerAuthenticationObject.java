package io.meshdoctor.collector;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A PeerAuthentication.
 *
 * @param labels labels of the pods that it is about; empty for all of its namespace
 * @param mode mode of mutual TLS; empty where it leaves it as it is
 * @param portModes modes of single ports of the pods
 */
record PeerAuthenticationObject(
    ObjectKey key,
    Map<String, String> labels,
    String mode,
    SortedMap<Integer, String> portModes,
    @Nullable Instant createdAt) {

  static PeerAuthenticationObject of(JsonNode item) {
    var spec = item.path("spec");
    SortedMap<Integer, String> portModes = new TreeMap<>();
    for (var port : Fields.map(spec, "portLevelMtls").keySet()) {
      var mode = mode(Fields.at(spec, "portLevelMtls", port));
      if (port.matches("\\d{1,5}") && !mode.isEmpty()) {
        portModes.put(Integer.valueOf(port), mode);
      }
    }
    return new PeerAuthenticationObject(
        ObjectKey.of("peerauthentication", item),
        Fields.map(spec, "selector", "matchLabels"),
        mode(spec.path("mtls")),
        portModes,
        Fields.time(item, "metadata", "creationTimestamp"));
  }

  private static String mode(JsonNode mutualTls) {
    var mode = Fields.text(mutualTls, "mode");
    return mode.equals("UNSET") ? "" : mode;
  }
}
