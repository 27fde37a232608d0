package io.meshdoctor.collector;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Trust domains that a control plane takes for one: its own and its aliases. A policy that names a
 * principal of one of them means the same of all.
 *
 * <p>As {@code ReplaceTrustDomainAliases} of {@code pilot/pkg/security/trustdomain/bundle.go} does,
 * and "Trust Domain Migration" of Istio's documentation says.
 *
 * @param names none where they are not known
 */
record TrustDomains(List<String> names) {

  private static final String PRINCIPAL = "principal ";

  static TrustDomains of(MeshConfigs configs) {
    var config = configs.main();
    List<String> names = new ArrayList<>();
    if (config != null) {
      names.add(config.trustDomain());
      names.addAll(config.trustDomainAliases());
    }
    return new TrustDomains(names);
  }

  /**
   * The sources that a policy names, and the same of the other trust domains.
   *
   * @param sources as {@link io.meshdoctor.facts.AccessPolicy#admits}
   */
  List<String> joined(List<String> sources) {
    SortedSet<String> all = new TreeSet<>(sources);
    for (var source : sources) {
      int slash = source.indexOf('/');
      if (source.startsWith(PRINCIPAL)
          && slash > 0
          && names.contains(source.substring(PRINCIPAL.length(), slash))) {
        names.forEach(name -> all.add(PRINCIPAL + name + source.substring(slash)));
      }
    }
    return List.copyOf(all);
  }
}
