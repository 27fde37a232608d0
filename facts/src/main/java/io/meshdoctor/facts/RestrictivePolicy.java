package io.meshdoctor.facts;

import java.util.List;

/**
 * A NetworkPolicy that restricts what reaches pods.
 *
 * @param cluster operator's name of the cluster
 * @param namespace its namespace
 * @param name its name
 * @param services names of the Services whose pods it selects
 * @param shutsHbone their pods are in ambient mode, and it lets nothing in at port 15008, where
 *     ztunnel takes their connections
 * @param origin where it was seen
 */
public record RestrictivePolicy(
    String cluster,
    String namespace,
    String name,
    List<String> services,
    boolean shutsHbone,
    Origin origin)
    implements Fact {

  public RestrictivePolicy {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    services = Normal.list(services);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "network policy %s/%s of %s restricts what reaches %s"
        .formatted(namespace, name, cluster, services);
  }
}
