package io.meshdoctor.facts;

/** Something that was seen in a cluster. */
public interface Fact extends Evidence {

  /**
   * Where it was seen.
   *
   * @return the place, {@link Origin#UNKNOWN} in hand-written facts
   */
  Origin origin();
}
