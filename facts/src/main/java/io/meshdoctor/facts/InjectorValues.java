package io.meshdoctor.facts;

/**
 * The values that the injector of a cluster was installed with.
 *
 * @param cluster operator's name of the cluster
 * @param revision label {@code istio.io/rev}
 * @param clusterName {@code global.multiCluster.clusterName}
 * @param network {@code global.network}
 * @param remotePilotAddress {@code global.remotePilotAddress}
 * @param origin where it was seen
 */
public record InjectorValues(
    String cluster,
    String revision,
    String clusterName,
    String network,
    String remotePilotAddress,
    Origin origin)
    implements Fact {

  public InjectorValues {
    cluster = Normal.text(cluster);
    revision = Normal.text(revision);
    clusterName = Normal.text(clusterName);
    network = Normal.text(network);
    remotePilotAddress = Normal.text(remotePilotAddress);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "the injector of %s gives %s to proxies"
        .formatted(cluster, network.isEmpty() ? "no network" : "network " + network);
  }
}
