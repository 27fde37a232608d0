package io.meshdoctor.facts;

import java.util.List;
import java.util.Map;

/**
 * What a DestinationRule says about the way to a host; one for the host and one for each subset.
 *
 * @param cluster operator's name of the cluster
 * @param namespace its namespace
 * @param name its name
 * @param host full host name that it is about, wildcards kept
 * @param subset subset; empty for the host itself
 * @param repeated the rule has more than one subset of this name
 * @param subsetLabels labels of the subset
 * @param tlsMode {@code trafficPolicy.tls.mode}; empty where absent
 * @param outlierDetection it has {@code outlierDetection}
 * @param localityLb {@code failover}, {@code distribute}, {@code disabled} where {@code
 *     localityLbSetting} says so; empty where absent
 * @param exportTo {@code exportTo}
 * @param origin where it was seen
 */
public record DestinationPolicy(
    String cluster,
    String namespace,
    String name,
    String host,
    String subset,
    boolean repeated,
    Map<String, String> subsetLabels,
    String tlsMode,
    boolean outlierDetection,
    String localityLb,
    List<String> exportTo,
    Origin origin)
    implements Fact {

  public DestinationPolicy {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    host = Normal.text(host);
    subset = Normal.text(subset);
    subsetLabels = Normal.sorted(subsetLabels);
    tlsMode = Normal.text(tlsMode);
    localityLb = Normal.text(localityLb);
    exportTo = Normal.list(exportTo);
    origin = Normal.origin(origin);
  }

  /** Whether it is about a service: of its host name, or of a wildcard that covers it. */
  public boolean isAbout(String service) {
    return host.equals(service) || (isWildcard() && service.endsWith(host.substring(1)));
  }

  /** Whether it is about more than one host. */
  public boolean isWildcard() {
    return host.startsWith("*");
  }

  /** Whether other namespaces than its own follow it. */
  public boolean isExported() {
    return exportTo.isEmpty() || exportTo.contains("*");
  }

  @Override
  public String describe() {
    return "destination rule %s/%s of %s is about %s%s"
        .formatted(
            namespace, name, cluster, host, outlierDetection ? " and has outlier detection" : "");
  }
}
