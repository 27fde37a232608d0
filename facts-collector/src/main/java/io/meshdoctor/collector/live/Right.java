package io.meshdoctor.collector.live;

import java.util.ArrayList;
import java.util.List;

/**
 * A right that reading makes use of. The manifest of the least ClusterRole has these and no others.
 *
 * @param resource plural of the kind, with a subresource behind a slash
 * @param needed what is not known without it
 */
record Right(String group, String resource, String verb, String needed) {

  /** All that is made use of, by what is read first. */
  static List<Right> all() {
    List<Right> rights = new ArrayList<>();
    for (var kind : ListedKind.ALL) {
      rights.add(new Right(kind.group(), kind.resource(), "list", kind.kind()));
    }
    rights.add(new Right("", "namespaces", "get", "contexts of the same cluster"));
    rights.add(new Right("", "secrets", "list", "names of remote secrets"));
    rights.add(new Right("", "secrets", "get", "content of remote secrets (--read-secrets)"));
    rights.add(new Right("", "pods/log", "get", "log of istiod"));
    for (var subresource : List.of("pods/portforward", "pods/exec")) {
      // both: servers before 1.35 ask for the one, later ones also for the other
      rights.add(new Right("", subresource, "get", "pages of istiod and Envoy"));
      rights.add(new Right("", subresource, "create", "pages of istiod and Envoy"));
    }
    return rights;
  }
}
