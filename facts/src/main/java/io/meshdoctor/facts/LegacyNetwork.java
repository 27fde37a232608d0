package io.meshdoctor.facts;

/**
 * An entry of {@code meshNetworks}, the old way of naming networks: endpoints of a registry are on
 * a network, where no label says otherwise.
 *
 * @param cluster operator's name of the cluster of the control plane
 * @param network name of the network
 * @param registry cluster ID in {@code fromRegistry}
 * @param configMap name of the ConfigMap that has it
 * @param origin where it was seen
 */
public record LegacyNetwork(
    String cluster, String network, String registry, String configMap, Origin origin)
    implements Fact {

  public LegacyNetwork {
    cluster = Normal.text(cluster);
    network = Normal.text(network);
    registry = Normal.text(registry);
    configMap = Normal.text(configMap);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "meshNetworks of %s puts registry %s on %s".formatted(cluster, registry, network);
  }
}
