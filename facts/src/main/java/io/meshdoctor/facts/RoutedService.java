package io.meshdoctor.facts;

import java.util.List;

/**
 * Where a VirtualService sends requests that proxies of the mesh send to a host, as far as they
 * meet no special condition.
 *
 * @param cluster operator's name of the cluster that has the VirtualService
 * @param namespace its namespace
 * @param name its name
 * @param host full host name that is asked for, wildcards kept
 * @param destination full host name that requests go to
 * @param clients namespaces of the proxies that follow it; {@code *} for all that no VirtualService
 *     for this host is exported to by name
 * @param subsets subsets of the destination that they go to, sorted; an empty one for all of it
 * @param origin where it was seen
 */
public record RoutedService(
    String cluster,
    String namespace,
    String name,
    String host,
    String destination,
    List<String> clients,
    List<String> subsets,
    Origin origin)
    implements Fact {

  public RoutedService {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    host = Normal.text(host);
    destination = Normal.text(destination);
    clients = Normal.list(clients);
    subsets = Normal.list(subsets);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "virtual service %s/%s of %s sends requests for %s to %s%s"
        .formatted(
            namespace,
            name,
            cluster,
            host,
            destination,
            subsets.contains("") ? "" : ", subset " + String.join(", ", subsets));
  }
}
