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
  private static final String NAMESPACE = "namespace ";

  /** Whether a source means a client, as far as that can be told. */
  private enum Meant {
    YES,
    NO,
    PERHAPS
  }

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

  /**
   * Whether it lets in nothing that may be these pods, by their namespace and service account. The
   * trust domain is not looked at, which is another matter.
   */
  public boolean isRefusing(Workload client) {
    return action.equals("ALLOW")
        && admits.stream().allMatch(source -> meant(source, client) == Meant.NO);
  }

  /** Whether it lets these pods in, whatever else they ask for. */
  public boolean isAdmitting(Workload client) {
    return action.equals("ALLOW")
        && admits.stream().anyMatch(source -> meant(source, client) == Meant.YES);
  }

  private static Meant meant(String source, Workload client) {
    if (source.startsWith(NAMESPACE)) {
      return matches(source.substring(NAMESPACE.length()), client.namespace());
    }
    if (!source.startsWith(PRINCIPAL)) {
      return Meant.PERHAPS;
    }
    var principal = source.substring(PRINCIPAL.length());
    int path = principal.indexOf("/ns/");
    if (path < 0) {
      return principal.equals("*") ? Meant.YES : Meant.PERHAPS;
    }
    var namespace = "/ns/" + client.namespace() + "/";
    if (!principal.contains("*") && !principal.startsWith(namespace, path)) {
      return Meant.NO;
    }
    return client.serviceAccount().isEmpty()
        ? Meant.PERHAPS
        : matches(principal.substring(path), namespace + "sa/" + client.serviceAccount());
  }

  /** As Istio does it: a star at one end means anything there. */
  private static Meant matches(String pattern, String value) {
    boolean met =
        pattern.endsWith("*")
            ? value.startsWith(pattern.substring(0, pattern.length() - 1))
            : pattern.startsWith("*")
                ? value.endsWith(pattern.substring(1))
                : value.equals(pattern);
    return met ? Meant.YES : Meant.NO;
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
