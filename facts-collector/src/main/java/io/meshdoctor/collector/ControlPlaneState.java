package io.meshdoctor.collector;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the istiods of a cluster told: debug endpoints and logs. */
final class ControlPlaneState {

  private final SortedMap<String, IstiodState> istiods = new TreeMap<>();

  /** The state of an istiod, empty at first. */
  IstiodState istiod(String namespace, String pod) {
    return istiods.computeIfAbsent(
        namespace + "/" + pod, ignored -> new IstiodState(namespace, pod));
  }

  /** All istiods that told something, sorted by namespace and pod. */
  Collection<IstiodState> istiods() {
    return istiods.values();
  }
}
