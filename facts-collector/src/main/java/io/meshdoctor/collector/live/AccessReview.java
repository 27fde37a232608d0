package io.meshdoctor.collector.live;

/**
 * Whether a user may do something in a cluster.
 *
 * @param cluster name of the context
 * @param group API group; empty for the core group
 * @param resource plural of the kind, with a subresource behind a slash: {@code pods/log}
 * @param verb as in a ClusterRole
 * @param needed what is not known without it
 * @param answer what the API server says
 * @param reason why, as far as it says so; why it could not be asked
 */
public record AccessReview(
    String cluster,
    String group,
    String resource,
    String verb,
    String needed,
    Answer answer,
    String reason) {

  /** What the API server says. */
  public enum Answer {
    /** The user may do it. */
    ALLOWED,
    /** The user may not do it. */
    DENIED,
    /** It could not be asked. */
    UNKNOWN
  }
}
