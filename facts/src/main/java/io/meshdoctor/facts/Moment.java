package io.meshdoctor.facts;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * When a fault begins to show that traffic does not show yet, because it still flows over what is
 * left of the old state.
 */
public enum Moment {
  /** Open connections outlive the configuration that let them be opened. */
  NEXT_CONNECTION("the next connection that is opened"),
  /** Running proxies keep what they have; a new one gets nothing, or the wrong thing. */
  NEXT_POD("the next pod that starts"),
  /** Certificates of workloads last a day by default, and are renewed before that. */
  NEXT_CERTIFICATE("the next certificate that a proxy asks for, within a day"),
  /** Istiod keeps in memory what it could not read or would not take again. */
  NEXT_ISTIOD("the next restart of istiod"),
  /** What istiod knows is right until something changes. */
  NEXT_CHANGE("the next change of pods in the other cluster"),
  /** Only what is made anew lacks something. */
  NEXT_NAMESPACE("the next namespace that is made"),
  /** The certificate named in the finding. */
  EXPIRY("the end of that certificate");

  private final String phrase;

  Moment(String phrase) {
    this.phrase = phrase;
  }

  /**
   * All of some, for a sentence: {@code the next pod that starts, or the next restart of istiod}.
   */
  public static String sentence(Collection<Moment> moments) {
    return moments.stream().map(moment -> moment.phrase).collect(Collectors.joining(", or "));
  }
}
