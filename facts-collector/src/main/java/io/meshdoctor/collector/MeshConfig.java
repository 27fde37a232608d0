package io.meshdoctor.collector;

import io.meshdoctor.facts.MeshSettings;
import io.meshdoctor.facts.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A mesh configuration, as the ConfigMap {@code istio} has it or as istiod reports it.
 *
 * @param extraRoots SHA-256 of each certificate in {@code caCertificates}
 * @param serviceExportTo {@code defaultServiceExportTo}
 * @param destinationRuleExportTo {@code defaultDestinationRuleExportTo}
 * @param virtualServiceExportTo {@code defaultVirtualServiceExportTo}
 * @param rootNamespace {@code rootNamespace}; empty where it is that of Istio
 * @param autoMtls {@code enableAutoMtls}, on where nothing is said
 * @param locality {@code localityLbSetting}
 */
record MeshConfig(
    String trustDomain,
    List<String> trustDomainAliases,
    List<String> extraRoots,
    boolean bridged,
    List<LabelSelector> discoverySelectors,
    List<String> clusterLocalHosts,
    String discoveryAddress,
    ClusterLocalHosts clusterLocal,
    List<String> serviceExportTo,
    ServiceScopes serviceScopes,
    List<String> destinationRuleExportTo,
    List<String> virtualServiceExportTo,
    String rootNamespace,
    boolean autoMtls,
    MeshLocality locality) {

  /** Istiod's own default, which a ConfigMap need not name. */
  private static final String DEFAULT_TRUST_DOMAIN = "cluster.local";

  static MeshConfig of(JsonNode config) {
    List<String> roots = new ArrayList<>();
    boolean bridged = false;
    for (var authority : Fields.elements(config, "caCertificates")) {
      var own = Certificates.of(Fields.text(authority, "pem")).fingerprints();
      roots.addAll(own);
      bridged |= !own.isEmpty() || !Fields.text(authority, "spiffeBundleUrl").isEmpty();
    }
    List<String> localHosts = new ArrayList<>();
    for (var setting : Fields.elements(config, "serviceSettings")) {
      if (Fields.truth(setting, false, "settings", "clusterLocal")) {
        localHosts.addAll(Fields.texts(setting.path("hosts")));
      }
    }
    var trustDomain = Fields.text(config, "trustDomain");
    return new MeshConfig(
        trustDomain.isEmpty() ? DEFAULT_TRUST_DOMAIN : trustDomain,
        Fields.texts(config.path("trustDomainAliases")),
        roots,
        bridged,
        Fields.elements(config, "discoverySelectors").stream().map(LabelSelector::of).toList(),
        localHosts,
        Fields.text(config, "defaultConfig", "discoveryAddress"),
        ClusterLocalHosts.of(config),
        Fields.texts(config.path("defaultServiceExportTo")),
        ServiceScopes.of(config),
        Fields.texts(config.path("defaultDestinationRuleExportTo")),
        Fields.texts(config.path("defaultVirtualServiceExportTo")),
        Fields.text(config, "rootNamespace"),
        Fields.truth(config, true, "enableAutoMtls"),
        MeshLocality.of(config.path("localityLbSetting")));
  }

  /**
   * Whether istiod looks into a namespace with such labels: one selector must match. With none, or
   * with one that it cannot read, it looks into all.
   */
  boolean isDiscovering(Map<String, String> labels) {
    return discoverySelectors.isEmpty()
        || !discoverySelectors.stream().allMatch(LabelSelector::isValid)
        || discoverySelectors.stream().anyMatch(selector -> selector.matches(labels));
  }

  MeshSettings fact(String cluster, String revision, Origin origin) {
    return new MeshSettings(
        cluster,
        revision,
        trustDomain,
        trustDomainAliases,
        extraRoots,
        bridged,
        discoverySelectors.size(),
        clusterLocalHosts,
        discoveryAddress,
        !autoMtls,
        origin);
  }
}
