package io.meshdoctor.facts;

/**
 * A way of balancing, asked for by a DestinationRule, that does not spread requests evenly.
 *
 * @param cluster operator's name of the cluster that has the DestinationRule
 * @param namespace its namespace
 * @param name its name
 * @param host host name of a service that it is about
 * @param kind {@code consistent hash} or {@code slow start}
 * @param origin where it was seen
 */
public record LoadBalancing(
    String cluster, String namespace, String name, String host, String kind, Origin origin)
    implements Fact {

  public LoadBalancing {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    host = Normal.text(host);
    kind = Normal.text(kind);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "destination rule %s/%s of %s asks for %s for %s"
        .formatted(namespace, name, cluster, kind, host);
  }
}
