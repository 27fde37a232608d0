package io.meshdoctor.facts;

/** Which part a cluster has in the mesh. */
public enum Role {
  /** It runs a control plane that its proxies are meant to use. */
  PRIMARY,
  /** Its proxies are meant to use the control plane of another cluster. */
  REMOTE,
  /** What was read does not tell. */
  UNKNOWN
}
