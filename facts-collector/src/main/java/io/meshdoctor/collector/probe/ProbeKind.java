package io.meshdoctor.collector.probe;

import java.util.Arrays;
import java.util.Optional;

/** What a probe tests. */
public enum ProbeKind {
  /** A request by name, from a pod of the mesh through its proxy. */
  MESH_REQUEST("mesh-request"),
  /** A connection from pod to pod past all proxies, on one network. */
  POD_CONNECTIVITY("pod-connectivity"),
  /** A connection to a port of a gateway or of an API server. */
  TCP("tcp");

  private final String word;

  ProbeKind(String word) {
    this.word = word;
  }

  /** Its name in results, and as in {@link io.meshdoctor.facts.Listed#KINDS}. */
  public String word() {
    return word;
  }

  /** The kind of a name. */
  public static Optional<ProbeKind> named(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }
}
