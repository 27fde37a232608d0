package io.meshdoctor.facts;

import java.util.List;
import java.util.stream.Stream;

/**
 * Mesh configuration of a control plane, as its istiod reports it or as its ConfigMap has it.
 *
 * @param cluster operator's name of the cluster
 * @param revision revision; empty for the default one
 * @param trustDomain {@code trustDomain}
 * @param trustDomainAliases {@code trustDomainAliases}
 * @param extraRoots SHA-256 of each certificate in {@code caCertificates}
 * @param bridged {@code caCertificates} has roots, or a SPIFFE bundle that was not read
 * @param discoverySelectors number of {@code discoverySelectors}
 * @param clusterLocalHosts hosts of {@code serviceSettings} that are {@code clusterLocal}
 * @param discoveryAddress {@code defaultConfig.discoveryAddress}
 * @param autoMtlsDisabled {@code enableAutoMtls} is false
 * @param origin where it was seen
 */
public record MeshSettings(
    String cluster,
    String revision,
    String trustDomain,
    List<String> trustDomainAliases,
    List<String> extraRoots,
    boolean bridged,
    int discoverySelectors,
    List<String> clusterLocalHosts,
    String discoveryAddress,
    boolean autoMtlsDisabled,
    Origin origin)
    implements Fact {

  public MeshSettings {
    cluster = Normal.text(cluster);
    revision = Normal.text(revision);
    trustDomain = Normal.text(trustDomain);
    trustDomainAliases = Normal.list(trustDomainAliases);
    extraRoots = Normal.list(extraRoots);
    clusterLocalHosts = Normal.list(clusterLocalHosts);
    discoveryAddress = Normal.text(discoveryAddress);
    origin = Normal.origin(origin);
  }

  /** Name of the ConfigMap that it is in. */
  public String configMap() {
    return configMapOf(revision);
  }

  /** Name of the ConfigMap of a revision; empty for the default one. */
  public static String configMapOf(String revision) {
    return revision.isEmpty() ? "istio" : "istio-" + revision;
  }

  /** Name of the Service that proxies look for istiod at; empty where they are given no Service. */
  public String discoveryService() {
    var host = discoveryAddress.split(":", 2)[0].split("\\.", -1);
    return host.length > 2 && host[2].equals("svc") ? host[0] : "";
  }

  /**
   * Whether servers of one of the two control planes refuse identities of the other's trust domain:
   * it is not their own, and none of their aliases.
   */
  public boolean isAtOddsWith(MeshSettings other) {
    return !isAccepting(other.trustDomain) || !other.isAccepting(trustDomain);
  }

  /** The aliases of its trust domain, and one more. */
  public List<String> aliasesWith(String other) {
    return Stream.concat(trustDomainAliases.stream(), Stream.of(other)).distinct().toList();
  }

  private boolean isAccepting(String domain) {
    return domain.isEmpty()
        || trustDomain.isEmpty()
        || trustDomain.equals(domain)
        || trustDomainAliases.contains(domain);
  }

  @Override
  public String describe() {
    return "mesh configuration of %s has trust domain %s%s"
        .formatted(cluster, trustDomain, autoMtlsDisabled ? ", and no automatic mutual TLS" : "");
  }
}
