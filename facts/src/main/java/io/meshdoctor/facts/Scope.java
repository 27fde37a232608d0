package io.meshdoctor.facts;

/**
 * What part of the path something is about.
 *
 * @param from cluster looked from: where the clients are, or whose control plane looks; {@link
 *     #ANY} for every cluster
 * @param to cluster looked at: where the servers are; {@link #ANY} for every cluster
 * @param host service it is about; {@link #ANY} for every service
 * @param bothWays whether the opposite direction is meant as well
 */
public record Scope(String from, String to, String host, boolean bothWays) {

  /** Every cluster, or every service. */
  public static final String ANY = "*";

  /** Whether something of this scope can show as something of the other. */
  public boolean covers(Scope other) {
    boolean along = meets(from, other.from) && meets(to, other.to);
    boolean back = bothWays && meets(from, other.to) && meets(to, other.from);
    return meets(host, other.host) && (along || back);
  }

  private static boolean meets(String own, String others) {
    return own.equals(others) || own.equals(ANY) || others.equals(ANY);
  }
}
