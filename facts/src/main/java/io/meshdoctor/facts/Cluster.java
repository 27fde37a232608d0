package io.meshdoctor.facts;

import java.util.regex.Pattern;

/**
 * A Kubernetes cluster of the mesh.
 *
 * @param name operator's name: the directory of a bundle, the context of a live run
 * @param id istiod's cluster ID ({@code CLUSTER_ID}, {@code
 *     values.global.multiCluster.clusterName}); empty where unknown
 * @param role which part it has, from istiod pods and the annotation {@code
 *     topology.istio.io/controlPlaneClusters}
 * @param network network that its installation gives to its endpoints; empty where none is named
 * @param trustDomain {@code trustDomain} of its mesh configuration; empty where unknown
 * @param version version of its control plane, or of its proxies in a remote; empty where unknown
 * @param systemNamespace namespace that Istio is installed in
 * @param context kubectl context that leads to it
 * @param server URL of its API server as the operator reaches it; empty where unknown
 * @param origin where it was seen
 */
public record Cluster(
    String name,
    String id,
    Role role,
    String network,
    String trustDomain,
    String version,
    String systemNamespace,
    String context,
    String server,
    Origin origin)
    implements Fact {

  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

  public Cluster {
    name = Normal.text(name);
    id = Normal.text(id);
    role = role == null ? Role.UNKNOWN : role;
    network = Normal.text(network);
    trustDomain = Normal.text(trustDomain);
    version = Normal.text(version);
    systemNamespace = Normal.text(systemNamespace);
    context = Normal.text(context);
    server = Normal.text(server);
    origin = Normal.origin(origin);
  }

  /** Its name, and istiod's name for it where that is another one: {@code east (cluster1)}. */
  public String title() {
    return id.isEmpty() || id.equals(name) ? name : name + " (" + id + ")";
  }

  /** Whether two control planes are more than one minor version apart. */
  public boolean isSkewedFrom(Cluster other) {
    var own = VERSION.matcher(version);
    var others = VERSION.matcher(other.version);
    return own.lookingAt()
        && others.lookingAt()
        && (!own.group(1).equals(others.group(1))
            || Math.abs(Integer.parseInt(own.group(2)) - Integer.parseInt(others.group(2))) > 1);
  }

  /** The one of the two whose version is the older; this where that cannot be told. */
  public Cluster olderOf(Cluster other) {
    return isNewerThan(other) ? other : this;
  }

  /** The one of the two whose version is the newer; the other where that cannot be told. */
  public Cluster newerOf(Cluster other) {
    return isNewerThan(other) ? this : other;
  }

  private boolean isNewerThan(Cluster other) {
    var own = VERSION.matcher(version);
    var others = VERSION.matcher(other.version);
    if (!own.lookingAt() || !others.lookingAt()) {
      return false;
    }
    int major = Integer.compare(Integer.parseInt(own.group(1)), Integer.parseInt(others.group(1)));
    int minor = Integer.compare(Integer.parseInt(own.group(2)), Integer.parseInt(others.group(2)));
    return major == 0 ? minor > 0 : major > 0;
  }

  @Override
  public String describe() {
    var part = role == Role.UNKNOWN ? "" : role == Role.PRIMARY ? ", a primary" : ", a remote";
    return "%s is cluster %s%s%s"
        .formatted(
            name,
            id.isEmpty() ? "of unknown ID" : id,
            part,
            network.isEmpty() ? "" : ", on " + network);
  }
}
