package io.meshdoctor.facts;

import java.util.List;
import java.util.Map;

/**
 * What a DestinationRule says about the way to a host; one for the host and one for each subset,
 * and for each port that it names in them. Of a subset it is what holds in the end, with what is
 * said of the host.
 *
 * @param cluster operator's name of the cluster
 * @param namespace its namespace
 * @param name its name
 * @param host full host name that it is about, wildcards kept
 * @param subset subset; empty for the host itself
 * @param repeated the rule has more than one subset of this name
 * @param subsetLabels labels of the subset
 * @param port port of the service; 0 for all that nothing is said of by themselves
 * @param services host names of services whose clients do follow it, of those that clusters share;
 *     without those that the rule sets TLS of each port of by itself
 * @param clients namespaces of these clients; {@code *} for all that have no rules of their own
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
    int port,
    List<String> services,
    List<String> clients,
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
    services = Normal.list(services);
    clients = Normal.list(clients);
    tlsMode = Normal.text(tlsMode);
    localityLb = Normal.text(localityLb);
    exportTo = Normal.list(exportTo);
    origin = Normal.origin(origin);
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
