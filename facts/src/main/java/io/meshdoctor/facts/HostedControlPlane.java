package io.meshdoctor.facts;

/**
 * A namespace with the external control plane of another cluster: its istiods have their
 * configuration from there, and count as that cluster's.
 *
 * @param cluster operator's name of the cluster that it runs in
 * @param of operator's name of the cluster that it is for
 * @param namespace the namespace
 * @param apart neither of the two clusters is told to read the other: they are no mesh
 * @param origin where it was seen
 */
public record HostedControlPlane(
    String cluster, String of, String namespace, boolean apart, Origin origin) implements Fact {

  public HostedControlPlane {
    cluster = Normal.text(cluster);
    of = Normal.text(of);
    namespace = Normal.text(namespace);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "namespace %s of %s has the control plane of %s".formatted(namespace, cluster, of);
  }
}
