package io.meshdoctor.facts;

/** How a client reaches an endpoint. */
public enum Via {
  /** At the address of a pod. */
  POD,
  /** Through an east-west gateway. */
  GATEWAY,
  /** At an address that belongs to neither. */
  OTHER
}
