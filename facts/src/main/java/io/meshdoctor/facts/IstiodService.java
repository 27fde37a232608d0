package io.meshdoctor.facts;

import java.util.List;

/**
 * The Service through which proxies and the API server of a cluster find istiod.
 *
 * @param cluster operator's name of the cluster
 * @param namespace its namespace
 * @param name its name
 * @param local it selects istiod pods of its own cluster
 * @param addresses addresses in its EndpointSlices
 * @param externalName {@code spec.externalName}
 * @param pointsTo operator's name of the cluster whose gateway or istiod has such an address; empty
 *     where none has
 * @param origin where it was seen
 */
public record IstiodService(
    String cluster,
    String namespace,
    String name,
    boolean local,
    List<String> addresses,
    String externalName,
    String pointsTo,
    Origin origin)
    implements Fact {

  public IstiodService {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    addresses = Normal.list(addresses);
    externalName = Normal.text(externalName);
    pointsTo = Normal.text(pointsTo);
    origin = Normal.origin(origin);
  }

  /** The revision that it is named after; empty for the default one. */
  public String revision() {
    return name.startsWith("istiod-") && !name.equals("istiod-remote")
        ? name.substring("istiod-".length())
        : "";
  }

  /** Whether it leads out of its cluster: to addresses or to a host name that is no own istiod. */
  public boolean isLeadingElsewhere() {
    return !local && (!addresses.isEmpty() || !externalName.isEmpty());
  }

  @Override
  public String describe() {
    return "service %s/%s of %s leads to %s"
        .formatted(
            namespace,
            name,
            cluster,
            local
                ? "its own istiod"
                : addresses.isEmpty()
                    ? externalName.isEmpty() ? "nothing" : externalName
                    : String.join(", ", addresses) + (pointsTo.isEmpty() ? "" : " of " + pointsTo));
  }
}
