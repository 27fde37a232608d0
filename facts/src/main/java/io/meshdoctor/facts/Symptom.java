package io.meshdoctor.facts;

/**
 * Something observed on the path that should not be.
 *
 * @param kind what it is
 * @param scope clusters and service that it was observed for; {@code from} is the cluster of the
 *     client
 * @param message what was observed, in one clause
 */
public record Symptom(SymptomKind kind, Scope scope, String message) implements Evidence {

  /**
   * Observed by clients of one cluster.
   *
   * @param from cluster of the client
   * @param to cluster of the servers, {@link Scope#ANY} where it is not known which
   * @param host service, {@link Scope#ANY} for all
   */
  public static Symptom of(SymptomKind kind, String from, String to, String host, String message) {
    return new Symptom(kind, new Scope(from, to, host, false), message);
  }

  /** Stage at which it was observed. */
  public Stage stage() {
    return kind.stage();
  }

  @Override
  public String describe() {
    return message;
  }
}
