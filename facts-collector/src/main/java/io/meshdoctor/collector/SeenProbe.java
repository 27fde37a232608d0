package io.meshdoctor.collector;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * The result of a probe as it was recorded, in the form of the bundle's contract.
 *
 * @param answers how often each answer was given
 */
record SeenProbe(
    String path,
    String kind,
    String fromCluster,
    String fromNamespace,
    String fromPod,
    String toCluster,
    String toAddress,
    String toHost,
    int attempts,
    int ok,
    Map<String, Integer> answers,
    String error) {

  /** The host of a URL, or of {@code host:port}. */
  private static final Pattern HOST_OF = Pattern.compile("^(?:\\w+://)?([^:/]*).*$");

  /** Full host name of the service that it asked for; empty where it can be none. */
  String service(Names names) {
    return names.serviceHost(fromCluster, fromNamespace, HOST_OF.matcher(toHost).replaceAll("$1"));
  }
}
