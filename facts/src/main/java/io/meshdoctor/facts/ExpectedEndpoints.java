package io.meshdoctor.facts;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Endpoints of another cluster that a proxy should have for a service, by the configuration of all
 * clusters and by nothing that a proxy or an istiod says.
 *
 * @param cluster operator's name of the cluster of the proxy
 * @param namespace namespace of its pod
 * @param pod name of its pod
 * @param host host name of the service
 * @param port port of the service
 * @param towards operator's name of the cluster that the endpoints are in; of a gateway, that it is
 *     in
 * @param pods IP addresses of pods, sorted
 * @param gateways addresses of gateways with their port, sorted; a host name in place of an address
 *     where istiod has to resolve one
 * @param origin where the service was seen
 */
public record ExpectedEndpoints(
    String cluster,
    String namespace,
    String pod,
    String host,
    int port,
    String towards,
    List<String> pods,
    List<String> gateways,
    Origin origin)
    implements Fact {

  /** How many addresses a sentence names. */
  private static final int NAMED = 3;

  public ExpectedEndpoints {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    pod = Normal.text(pod);
    host = Normal.text(host);
    towards = Normal.text(towards);
    pods = Normal.list(pods);
    gateways = Normal.list(gateways);
    origin = Normal.origin(origin);
  }

  /** {@code namespace/name} of the pod of the proxy. */
  public String path() {
    return namespace + "/" + pod;
  }

  /**
   * Whether what the proxy has of that cluster is something else: there is none of a kind that
   * should be there, or one of a kind that should not, or none of its addresses is known. That
   * their number differs is no sign: pods come and go between two readings.
   *
   * @param actual all {@link ClientEndpoints} of the proxy for the service in that cluster
   */
  public boolean isAtOddsWith(Collection<?> actual) {
    return isAtOdds(pods, of(actual, Via.POD)) || isAtOdds(gateways, of(actual, Via.GATEWAY));
  }

  private static boolean isAtOdds(List<String> expected, List<ClientEndpoints> actual) {
    return expected.isEmpty() != actual.isEmpty()
        || (!actual.isEmpty()
            && actual.stream()
                .flatMap(endpoints -> endpoints.addresses().stream())
                .noneMatch(address -> isAmong(address, expected)));
  }

  private static boolean isAmong(String address, List<String> expected) {
    return expected.stream()
        .anyMatch(
            one ->
                address.equals(one)
                    || address.startsWith(one + ":")
                    || address.startsWith("[" + one + "]")
                    // what it resolves to is not known here
                    || one.matches("[^:]*[a-zA-Z].*"));
  }

  private static List<ClientEndpoints> of(Collection<?> actual, Via via) {
    return actual.stream()
        .filter(ClientEndpoints.class::isInstance)
        .map(ClientEndpoints.class::cast)
        .filter(endpoints -> endpoints.via() == via)
        .toList();
  }

  /** What should be there, in a few words: {@code gateway 192.0.2.1:15443}. */
  public String expected() {
    return sentence(pods, gateways);
  }

  /**
   * What is there, in a few words.
   *
   * @param actual as for {@link #isAtOddsWith}
   */
  public String actual(Collection<?> actual) {
    return sentence(addresses(actual, Via.POD), addresses(actual, Via.GATEWAY));
  }

  private static List<String> addresses(Collection<?> actual, Via via) {
    return of(actual, via).stream()
        .flatMap(endpoints -> endpoints.addresses().stream())
        .sorted()
        .distinct()
        .toList();
  }

  private static String sentence(List<String> pods, List<String> gateways) {
    var parts =
        Stream.of(list("pod", pods), list("gateway", gateways))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" and "));
    return parts.isEmpty() ? "none" : parts;
  }

  private static String list(String what, List<String> addresses) {
    if (addresses.isEmpty()) {
      return "";
    }
    var named = String.join(", ", addresses.subList(0, Math.min(NAMED, addresses.size())));
    return what + " " + named + (addresses.size() > NAMED ? " .." : "");
  }

  @Override
  public String describe() {
    return "by the configuration, proxy %s/%s of %s reaches %s:%d in %s at %s"
        .formatted(namespace, pod, cluster, host, port, towards, expected());
  }
}
