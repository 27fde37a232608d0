package io.meshdoctor.collector;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the proxies of a cluster told: pages of their Envoys. */
final class ProxyState {

  private final SortedMap<String, ProxyPages> proxies = new TreeMap<>();

  /** The pages of a proxy, empty at first. */
  synchronized ProxyPages proxy(String namespace, String pod) {
    return proxies.computeIfAbsent(
        namespace + "/" + pod, ignored -> new ProxyPages(namespace, pod));
  }

  /** All proxies that told something, sorted by namespace and pod. */
  Collection<ProxyPages> proxies() {
    return proxies.values();
  }
}
