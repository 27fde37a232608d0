package io.meshdoctor.facts;

import java.util.List;

/**
 * An AuthorizationPolicy that can refuse requests to pods of a cluster. One that lets everything
 * in, and one beside such a one, is none.
 *
 * @param cluster operator's name of the cluster of the pods
 * @param heldBy operator's name of the cluster that the policy is in: that of the control plane
 * @param namespace its namespace
 * @param name its name
 * @param action {@code ALLOW}, {@code DENY} or {@code CUSTOM}
 * @param services host names of the Services whose pods it is about
 * @param admits what an {@code ALLOW} lets in: {@code principal}, {@code namespace} or {@code
 *     address} and its value, {@code other} for what is told by anything else; empty where it lets
 *     in nothing
 * @param origin where it was seen
 */
public record AccessPolicy(
    String cluster,
    String heldBy,
    String namespace,
    String name,
    String action,
    List<String> services,
    List<String> admits,
    Origin origin)
    implements Fact {

  private static final String PRINCIPAL = "principal ";

  public AccessPolicy {
    cluster = Normal.text(cluster);
    heldBy = Normal.text(heldBy);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    action = Normal.text(action);
    services = Normal.list(services);
    admits = Normal.list(admits);
    origin = Normal.origin(origin);
  }

  /**
   * Whether no workload of this trust domain can be let in: the policy lets in nothing, or only
   * principals of other trust domains. Where the trust domain is unknown, only nothing counts.
   */
  public boolean isClosedTo(String trustDomain) {
    return action.equals("ALLOW")
        && (admits.isEmpty()
            || (!trustDomain.isEmpty()
                && admits.stream().allMatch(source -> isForeign(source, trustDomain))));
  }

  /** Istiod takes {@code cluster.local} for whichever trust domain is its own. */
  private static boolean isForeign(String source, String trustDomain) {
    return source.startsWith(PRINCIPAL)
        && !source.contains("*")
        && !source.startsWith(PRINCIPAL + "cluster.local/")
        && !source.startsWith(PRINCIPAL + trustDomain + "/");
  }

  /** What it does with requests, in a few words. */
  public String verdict() {
    if (!action.equals("ALLOW")) {
      return "refuses some requests (action %s)".formatted(action);
    }
    return admits.isEmpty()
        ? "lets in nothing"
        : admits.contains("other")
            ? "lets in some requests only"
            : "lets in nothing but " + String.join(", ", admits);
  }

  @Override
  public String describe() {
    return "authorization policy %s/%s of %s, which is about %s, %s"
        .formatted(namespace, name, heldBy, services, verdict());
  }
}
