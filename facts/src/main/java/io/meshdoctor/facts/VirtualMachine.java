package io.meshdoctor.facts;

/**
 * A virtual machine with a proxy that registered itself in the mesh (a WorkloadEntry that istiod
 * made).
 *
 * @param cluster operator's name of the cluster that it is registered in
 * @param namespace its namespace
 * @param name name of its WorkloadEntry
 * @param network {@code spec.network}; empty where absent
 * @param origin where it was seen
 */
public record VirtualMachine(
    String cluster, String namespace, String name, String network, Origin origin) implements Fact {

  public VirtualMachine {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    network = Normal.text(network);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "virtual machine %s/%s registered in %s, on %s"
        .formatted(namespace, name, cluster, network.isEmpty() ? "no network" : network);
  }
}
