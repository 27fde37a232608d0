package io.meshdoctor.facts;

import java.util.List;

/**
 * Endpoints of a service that a proxy has in one cluster, reached in one way.
 *
 * @param cluster operator's name of the cluster
 * @param namespace namespace of the pod
 * @param pod name of the pod
 * @param gateway the proxy is a gateway
 * @param host host name of the service
 * @param port port of the service
 * @param subset subset; empty for none
 * @param towards operator's name of the cluster they are in; empty where unknown
 * @param via at the address of a pod or of a gateway
 * @param address address and port of one of them
 * @param addresses address and port of some of them, sorted
 * @param unreachable address and port of some of those to which connections were tried and not one
 *     ever stood, sorted
 * @param endpoints how many they are
 * @param healthy how many Envoy would use
 * @param ejected how many outlier detection has ejected
 * @param priority lowest priority among them, 0 is used first
 * @param connects connections tried since the endpoint came
 * @param connectFailures how many of them failed
 * @param activeConnections connections open now
 * @param requests requests sent
 * @param requestErrors how many of them failed
 * @param requestSuccesses how many of them did not
 * @param counted whether what was read has counters
 * @param system the service belongs to Kubernetes or to Istio itself
 * @param origin where it was seen
 */
public record ClientEndpoints(
    String cluster,
    String namespace,
    String pod,
    boolean gateway,
    String host,
    int port,
    String subset,
    String towards,
    Via via,
    String address,
    List<String> addresses,
    List<String> unreachable,
    int endpoints,
    int healthy,
    int ejected,
    int priority,
    long connects,
    long connectFailures,
    long activeConnections,
    long requests,
    long requestErrors,
    long requestSuccesses,
    boolean counted,
    boolean system,
    Origin origin)
    implements Fact {

  public ClientEndpoints {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    pod = Normal.text(pod);
    host = Normal.text(host);
    subset = Normal.text(subset);
    towards = Normal.text(towards);
    via = via == null ? Via.OTHER : via;
    address = Normal.text(address);
    addresses = Normal.list(addresses);
    unreachable = Normal.list(unreachable);
    origin = Normal.origin(origin);
  }

  /** Whether connections were tried and not one ever stood. */
  public boolean isNeverConnected() {
    return counted
        && connects > 0
        && connectFailures == connects
        && requestSuccesses == 0
        && activeConnections == 0;
  }

  /** Whether connections to one of them never stood, and those to another do, or did. */
  public boolean isPartlyUnreachable() {
    return !unreachable.isEmpty() && !isNeverConnected();
  }

  /** Kind of the probe that would test the way to them. */
  public String probeKind() {
    return via == Via.GATEWAY ? "tcp" : "pod-connectivity";
  }

  /** Whether connections stand now, and none was refused or lost on the way. */
  public boolean isOpen() {
    return counted && activeConnections > 0 && connectFailures == 0;
  }

  @Override
  public String describe() {
    return "proxy %s/%s of %s reaches %s:%d in %s at %s%s%s"
        .formatted(
            namespace,
            pod,
            cluster,
            host,
            port,
            towards.isEmpty() ? "an unknown cluster" : towards,
            via == Via.GATEWAY ? "gateway " : via == Via.POD ? "pod " : "",
            address,
            !counted
                ? ""
                : connects == 0
                    ? ", never tried"
                    : connectFailures == connects
                        ? ", every connection failed, of %d".formatted(connects)
                        : ", %d of %s failed"
                            .formatted(connectFailures, Normal.count(connects, "connection")));
  }
}
