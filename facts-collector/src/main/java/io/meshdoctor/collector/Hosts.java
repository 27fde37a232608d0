package io.meshdoctor.collector;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * How Istio reads the hosts of its configuration: short names are those of services of the own
 * namespace, and of several patterns that match, the most specific counts.
 *
 * <p>As {@code ResolveShortnameToFQDN} and {@code MostSpecificHostMatch} of istiod do ({@code
 * pilot/pkg/model}), and as the reference of VirtualService and DestinationRule says of {@code
 * host}.
 */
final class Hosts {

  private Hosts() {}

  /** The full form of a host as it is written in an object of a namespace. */
  static String full(String host, String namespace, String domain) {
    return host.isEmpty() || host.equals("*") || host.contains(".")
        ? host
        : host + "." + namespace + ".svc." + domain;
  }

  /** Whether a pattern, which may begin with a wildcard, matches a host. */
  static boolean matches(String pattern, String host) {
    return pattern.startsWith("*") ? host.endsWith(pattern.substring(1)) : pattern.equals(host);
  }

  /** The pattern that counts for a host: the host itself, else the longest that matches. */
  static Optional<String> mostSpecific(Collection<String> patterns, String host) {
    return patterns.contains(host)
        ? Optional.of(host)
        : patterns.stream()
            .filter(pattern -> matches(pattern, host))
            .max(Comparator.comparingInt(String::length).thenComparing(pattern -> pattern));
  }
}
