package io.meshdoctor.facts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A Secret that gives, or was meant to give, istiod access to a cluster: one for each key.
 *
 * @param heldBy cluster that the Secret is in
 * @param namespace its namespace
 * @param name its name
 * @param key key in {@code data}: the cluster ID under which istiod registers the cluster; empty
 *     where the data was not read
 * @param pointsTo operator's name of the cluster its kubeconfig leads to, from the key, else the
 *     server, else the CA of the API server, else the annotation; empty where unknown
 * @param leadsTo operator's name of another cluster, whose API server the kubeconfig names; empty
 *     where it leads to {@link #pointsTo}, or where that is not known
 * @param keyMatches the key is the cluster ID of {@link #pointsTo}, or one of the two was not read
 * @param label value of the label {@code istio/multiCluster}; empty where absent
 * @param inSystemNamespace it is in the namespace that istiod watches
 * @param server URL of the API server
 * @param loopback the host of the server is a loopback address, which inside a pod is the pod
 * @param credential kind of credential
 * @param problem why the kubeconfig cannot be used ({@code default cluster has no server defined});
 *     empty where it can
 * @param refused what istiod does not allow in it ({@code exec}); empty where nothing
 * @param caFingerprint SHA-256 of the CA certificate that it trusts, lower-case hex; empty where
 *     none
 * @param expiresAt expiry of its token, from the claim {@code exp}
 * @param createdAt {@code metadata.creationTimestamp}
 * @param origin where it was seen
 */
public record RemoteSecret(
    String heldBy,
    String namespace,
    String name,
    String key,
    String pointsTo,
    String leadsTo,
    boolean keyMatches,
    String label,
    boolean inSystemNamespace,
    String server,
    boolean loopback,
    Credential credential,
    String problem,
    String refused,
    String caFingerprint,
    @Nullable Instant expiresAt,
    @Nullable Instant createdAt,
    Origin origin)
    implements Fact {

  public RemoteSecret {
    heldBy = Normal.text(heldBy);
    namespace = Normal.text(namespace);
    name = Normal.text(name);
    key = Normal.text(key);
    pointsTo = Normal.text(pointsTo);
    leadsTo = Normal.text(leadsTo);
    label = Normal.text(label);
    server = Normal.text(server);
    credential = credential == null ? Credential.UNKNOWN : credential;
    problem = Normal.text(problem);
    refused = Normal.text(refused);
    caFingerprint = Normal.text(caFingerprint);
    origin = Normal.origin(origin);
  }

  /**
   * The one that {@code istioctl create-remote-secret} makes.
   *
   * @param here cluster that it is for
   * @param there cluster that it leads to
   */
  public static RemoteSecret of(Cluster here, Cluster there) {
    return new RemoteSecret(
        here.name(),
        here.systemNamespace(),
        "istio-remote-secret-" + there.id(),
        there.id(),
        there.name(),
        "",
        true,
        "true",
        true,
        there.server(),
        false,
        Credential.TOKEN,
        "",
        "",
        "",
        null,
        null,
        Origin.UNKNOWN);
  }

  /** Its {@code namespace/name}, as istiod writes it. */
  public String path() {
    return namespace + "/" + name;
  }

  /** Whether istiod looks at it: it carries the label and is in the right namespace. */
  public boolean isWatched() {
    return label.equals("true") && inSystemNamespace;
  }

  /** Whether istiod registers a cluster from it. */
  public boolean isEffective() {
    return isWatched() && problem.isEmpty() && refused.isEmpty();
  }

  @Override
  public String describe() {
    if (key.isEmpty()) {
      return "secret %s/%s of %s is, by its metadata, a remote secret%s"
          .formatted(namespace, name, heldBy, pointsTo.isEmpty() ? "" : " for " + pointsTo);
    }
    var reached = leadsTo.isEmpty() ? pointsTo : leadsTo;
    return "secret %s/%s of %s holds a kubeconfig under the key %s%s"
        .formatted(
            namespace, name, heldBy, key, reached.isEmpty() ? "" : " that leads to " + reached);
  }
}
