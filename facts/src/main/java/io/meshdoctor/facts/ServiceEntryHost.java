package io.meshdoctor.facts;

/**
 * A host of a ServiceEntry.
 *
 * @param cluster operator's name of the cluster that has it
 * @param namespace its namespace
 * @param name its name
 * @param host one of {@code spec.hosts}
 * @param origin where it was seen
 */
public record ServiceEntryHost(
    String cluster, String namespace, String name, String host, Origin origin) implements Fact {

  public ServiceEntryHost {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    host = Normal.text(host);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "service entry %s/%s of %s has host %s".formatted(namespace, name, cluster, host);
  }
}
