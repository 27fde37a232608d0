package io.meshdoctor.collector.probe;

/**
 * How probes are to be made.
 *
 * @param attempts how often each request is made; connections, which are no matter of chance, are
 *     tried less often
 * @param client pod that runs them, as {@code namespace/name}, in the cluster that they start from;
 *     empty for any that can
 * @param service host, port and path to ask for, such as {@code name.namespace:80/path}; empty for
 *     a service that clusters share
 */
public record ProbeOptions(int attempts, String client, String service) {

  /** Enough to tell a service that is answered by one cluster only from chance. */
  public static final int ATTEMPTS = 12;

  /** More is load, and tells nothing. */
  public static final int MOST_ATTEMPTS = 100;

  private static final int CONNECTIONS = 3;

  /** Options of which nothing else is said. */
  public static final ProbeOptions DEFAULTS = new ProbeOptions(ATTEMPTS, "", "");

  public ProbeOptions {
    attempts = Math.max(1, Math.min(attempts, MOST_ATTEMPTS));
  }

  int attempts(ProbeKind kind) {
    return kind == ProbeKind.MESH_REQUEST ? attempts : Math.min(attempts, CONNECTIONS);
  }
}
