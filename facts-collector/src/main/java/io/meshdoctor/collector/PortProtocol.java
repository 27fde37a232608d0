package io.meshdoctor.collector;

import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Which protocol a port of a Service is declared to speak: its {@code appProtocol}, else the part
 * of its name before the first hyphen. Of one that is not declared, the proxies find out.
 *
 * <p>As {@code ConvertProtocol} of {@code pkg/config/kube/conversion.go} does, and as Istio's page
 * on protocol selection says.
 */
final class PortProtocol {

  /** Declared protocols of which Envoy balances connections, not requests. */
  private static final Set<String> BY_CONNECTION =
      Set.of("tcp", "tls", "https", "mongo", "mysql", "redis");

  private PortProtocol() {}

  static boolean isBalancedByConnection(JsonNode port) {
    var declared = Fields.text(port, "appProtocol");
    var protocol = declared.isEmpty() ? Fields.text(port, "name").split("-", 2)[0] : declared;
    return BY_CONNECTION.contains(protocol.toLowerCase(Locale.ROOT));
  }
}
