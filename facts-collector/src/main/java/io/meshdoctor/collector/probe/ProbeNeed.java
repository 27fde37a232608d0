package io.meshdoctor.collector.probe;

/**
 * A probe that is wanted, before it is known what can run it.
 *
 * @param kind what it tests
 * @param from operator's name of the cluster that it runs in
 * @param to operator's name of the cluster that it goes to; empty for a request by name
 */
public record ProbeNeed(ProbeKind kind, String from, String to) {

  /** One of this kind; a request by name goes to no one cluster. */
  public static ProbeNeed of(ProbeKind kind, String from, String to) {
    return new ProbeNeed(kind, from, kind == ProbeKind.MESH_REQUEST ? "" : to);
  }

  /** What it is, in a few words. */
  public String title() {
    return "%s from %s%s".formatted(kind.word(), from, to.isEmpty() ? "" : " to " + to);
  }
}
