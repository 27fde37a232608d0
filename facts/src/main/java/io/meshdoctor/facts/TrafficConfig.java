package io.meshdoctor.facts;

import java.util.List;

/**
 * A DestinationRule or a VirtualService that is about the host of a Service.
 *
 * @param cluster operator's name of the cluster that has it
 * @param kind {@code DestinationRule} or {@code VirtualService}
 * @param namespace its namespace
 * @param name its name
 * @param host full host name that it is about
 * @param subsetsIn operator's names of the clusters that have ready pods of subsets which it
 *     defines and which VirtualServices beside it send requests to, sorted
 * @param origin where it was seen
 */
public record TrafficConfig(
    String cluster,
    String kind,
    String namespace,
    String name,
    String host,
    List<String> subsetsIn,
    Origin origin)
    implements Fact {

  public TrafficConfig {
    cluster = Normal.text(cluster);
    kind = Normal.text(kind);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    host = Normal.text(host);
    subsetsIn = Normal.list(subsetsIn);
    origin = Normal.origin(origin);
  }

  /** Whether requests are sent to pods of a cluster by the name of a subset that this defines. */
  public boolean isLeadingTo(String servers) {
    return subsetsIn.contains(servers);
  }

  /** Its name where it is a DestinationRule; empty where it is a VirtualService. */
  public String destinationRule() {
    return kind.equals("DestinationRule") ? name : "";
  }

  /** Its name where it is a VirtualService; empty where it is a DestinationRule. */
  public String virtualService() {
    return kind.equals("VirtualService") ? name : "";
  }

  @Override
  public String describe() {
    return "%s %s/%s of %s is about %s".formatted(kind, namespace, name, cluster, host);
  }
}
