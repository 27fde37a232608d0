package io.meshdoctor.collector;

import java.util.Map;

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
    String error) {}
