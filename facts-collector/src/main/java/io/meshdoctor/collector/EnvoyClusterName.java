package io.meshdoctor.collector;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name that Istio gives to an Envoy cluster that leads to a service.
 *
 * @param host host name of the service
 * @param port port of the service
 * @param subset subset; empty for none
 * @param sni it is of the form that is also the SNI of connections through a gateway
 */
record EnvoyClusterName(String host, int port, String subset, boolean sni) {

  private static final Pattern OUTBOUND =
      Pattern.compile("outbound\\|(\\d{1,5})\\|([^|]*)\\|([^|]+)");
  private static final Pattern SNI = Pattern.compile("outbound_\\.(\\d{1,5})_\\.(.*?)_\\.(.+)");

  /** Parses a name; null if it is of a cluster that leads to no service. */
  static @Nullable EnvoyClusterName of(String name) {
    Matcher outbound = OUTBOUND.matcher(name);
    if (outbound.matches()) {
      return of(outbound, false);
    }
    Matcher sni = SNI.matcher(name);
    return sni.matches() ? of(sni, true) : null;
  }

  private static EnvoyClusterName of(Matcher name, boolean sni) {
    return new EnvoyClusterName(
        name.group(3).intern(), Integer.parseInt(name.group(1)), name.group(2).intern(), sni);
  }
}
