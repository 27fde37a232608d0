package io.meshdoctor.collector;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint in an Envoy cluster.
 *
 * @param address IP address, or whatever else Envoy prints
 * @param state all else that is known of it
 */
record EnvoyHost(String address, State state) {

  /** Health in EDS of endpoints that Envoy sends requests to; empty is the default. */
  private static final Set<String> USABLE = Set.of("", "HEALTHY", "UNKNOWN", "DEGRADED");

  private static final Pattern INTERNAL = Pattern.compile("envoy://[^/]*/(.+:\\d+)");

  EnvoyHost {
    address = address.intern();
  }

  /**
   * What many endpoints have in common.
   *
   * @param port port; 0 where it has none
   * @param usable Envoy would send requests there
   * @param ejected outlier detection has ejected it
   * @param priority 0 is used first
   * @param counters null where what was read has none
   */
  record State(
      int port, boolean usable, boolean ejected, int priority, @Nullable Counters counters) {}

  /** Counters of an endpoint since it came. */
  record Counters(
      long connects,
      long connectFailures,
      long activeConnections,
      long requests,
      long requestErrors,
      long requestSuccesses) {

    /** Whether connections were tried and not one ever stood. */
    boolean isNeverConnected() {
      return connects > 0
          && connectFailures == connects
          && requestSuccesses == 0
          && activeConnections == 0;
    }
  }

  /** An address and a port. */
  record Place(String address, int port) {

    /**
     * Splits what Envoy and istioctl print. An IPv6 address may lack its brackets. Of an internal
     * address, which stands for a tunnel, that of the endpoint behind it is taken.
     */
    static Place of(String text) {
      Matcher internal = INTERNAL.matcher(text);
      String place = internal.matches() ? internal.group(1) : text;
      int colon = place.lastIndexOf(':');
      String port = place.substring(colon + 1);
      if (colon <= 0 || !port.matches("\\d{1,5}")) {
        return new Place(place, 0);
      }
      String address = place.substring(0, colon);
      return new Place(
          address.startsWith("[") && address.endsWith("]")
              ? address.substring(1, address.length() - 1)
              : address,
          Integer.parseInt(port));
    }

    /** As Envoy prints it. */
    @Override
    public String toString() {
      if (port == 0) {
        return address;
      }
      return address.indexOf(':') >= 0 ? "[" + address + "]:" + port : address + ":" + port;
    }
  }

  Place place() {
    return new Place(address, state.port);
  }

  /** Whether Envoy uses endpoints that EDS gives this health. */
  static boolean isUsable(String edsHealth) {
    return USABLE.contains(edsHealth);
  }
}
