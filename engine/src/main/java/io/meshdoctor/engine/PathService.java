package io.meshdoctor.engine;

import io.meshdoctor.facts.ClientService;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.KnownService;
import io.meshdoctor.facts.KubeService;
import io.meshdoctor.facts.ServicePort;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A service that a path leads to.
 *
 * @param host its full host name
 * @param port its port; 0 where none is known
 * @param otherPorts its other ports
 */
public record PathService(String host, int port, List<Integer> otherPorts) {

  private static final int MOST_NEAR = 5;

  public PathService {
    otherPorts = List.copyOf(otherPorts);
  }

  /** Its host name and port. */
  public String target() {
    return port == 0 ? host : host + ":" + port;
  }

  /**
   * Finds the service that a client means.
   *
   * @param target its host name, in full or as the client would write it, and perhaps a colon and
   *     the port; without one, it is the lowest port that the service has
   * @throws UnknownPlaceException if there is no such service or port, or more than one
   */
  public static PathService find(
      String target, PathClient client, Collection<? extends Fact> facts) {
    int colon = target.indexOf(':');
    var name = colon < 0 ? target : target.substring(0, colon);
    var port = colon < 0 ? "" : target.substring(colon + 1);
    if (name.isEmpty() || (colon >= 0 && !port.matches("[1-9]\\d{0,4}"))) {
      throw new UnknownPlaceException("a service is named as host or host:port");
    }
    var services = services(facts);
    var host = host(name, client, services.keySet());
    var ports = services.getOrDefault(host, Set.of());
    if (port.isEmpty()) {
      return new PathService(
          host, ports.isEmpty() ? 0 : ports.iterator().next(), ports.stream().skip(1).toList());
    }
    int number = Integer.parseInt(port);
    if (!ports.isEmpty() && !ports.contains(number)) {
      throw new UnknownPlaceException(
          "%s has no port %d; it has %s"
              .formatted(
                  host,
                  number,
                  ports.stream().map(String::valueOf).collect(Collectors.joining(", "))));
    }
    return new PathService(host, number, ports.stream().filter(other -> other != number).toList());
  }

  /** As names are resolved: the client's own namespace first. */
  private static String host(String name, PathClient client, Set<String> hosts) {
    if (hosts.contains(name)) {
      return name;
    }
    var own = starting(name + "." + client.namespace() + ".svc.", hosts);
    var found = name.contains(".") || own.isEmpty() ? starting(name + ".", hosts) : own;
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.isEmpty()) {
      throw new UnknownPlaceException(
          "no service is called %s; near are %s".formatted(name, near(name, hosts)));
    }
    throw new UnknownPlaceException(
        "%s may mean several services: %s".formatted(name, String.join(", ", found)));
  }

  private static List<String> starting(String start, Set<String> hosts) {
    return hosts.stream().filter(host -> host.startsWith(start)).toList();
  }

  private static String near(String name, Set<String> hosts) {
    int dots = (int) name.chars().filter(letter -> letter == '.').count();
    return hosts.isEmpty()
        ? "none, for no service was seen"
        : hosts.stream()
            .sorted(
                Comparator.comparingInt(
                        (String host) -> Distance.of(name, firstParts(host, dots + 1)))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(MOST_NEAR)
            .collect(Collectors.joining(", "));
  }

  private static String firstParts(String host, int parts) {
    return List.of(host.split("\\.", -1)).stream().limit(parts).collect(Collectors.joining("."));
  }

  /** The ports of all services, by host. */
  private static Map<String, Set<Integer>> services(Collection<? extends Fact> facts) {
    Map<String, Set<Integer>> services = new TreeMap<>();
    for (var fact : facts) {
      if (fact instanceof KubeService one) {
        var ports = services.computeIfAbsent(one.host(), host -> new TreeSet<>());
        one.ports().stream().map(ServicePort::number).forEach(ports::add);
      } else if (fact instanceof KnownService one) {
        var ports = services.computeIfAbsent(one.host(), host -> new TreeSet<>());
        one.ports().stream().map(ServicePort::number).forEach(ports::add);
      } else if (fact instanceof ClientService one) {
        services.computeIfAbsent(one.host(), host -> new TreeSet<>()).add(one.port());
      }
    }
    return services;
  }
}
