package io.meshdoctor.facts;

/**
 * One leg of a path that somebody asks about: from a client to the endpoints of a service in one
 * cluster. It is a question, and nothing that was seen.
 *
 * @param from operator's name of the cluster of the client
 * @param namespace namespace of the client
 * @param workload name of the workload that the client belongs to
 * @param pod name of the client's pod
 * @param host host name of the service
 * @param port port of the service
 * @param to operator's name of the cluster of the endpoints
 */
public record Leg(
    String from, String namespace, String workload, String pod, String host, int port, String to) {

  public Leg {
    from = Normal.text(from);
    namespace = Normal.text(namespace);
    workload = Normal.text(workload);
    pod = Normal.text(pod);
    host = Normal.text(host);
    to = Normal.text(to);
  }

  /** Whether it stays in one cluster. */
  public boolean isLocal() {
    return from.equals(to);
  }
}
