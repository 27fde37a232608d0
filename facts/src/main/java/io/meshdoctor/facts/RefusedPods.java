package io.meshdoctor.facts;

/**
 * A Deployment whose pods cannot be created, because the webhook that injects proxies fails.
 *
 * @param cluster operator's name of the cluster
 * @param namespace its namespace
 * @param name its name
 * @param reason in which way the webhook fails
 * @param text what the API server says of it
 * @param origin where it was seen
 */
public record RefusedPods(
    String cluster, String namespace, String name, Reason reason, String text, Origin origin)
    implements Fact {

  /** How the webhook fails. */
  public enum Reason {
    /** It cannot be connected to, or does not answer. */
    UNREACHABLE,
    /** Its certificate is not signed by the CA that its configuration names. */
    CERTIFICATE,
    /** Anything else. */
    OTHER
  }

  public RefusedPods {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    reason = reason == null ? Reason.OTHER : reason;
    text = Normal.text(text);
    origin = Normal.origin(origin);
  }

  /** The {@code namespace/name} of the Deployment. */
  public String path() {
    return namespace + "/" + name;
  }

  @Override
  public String describe() {
    return "pods of deployment %s/%s of %s cannot be created: %s"
        .formatted(namespace, name, cluster, text);
  }
}
