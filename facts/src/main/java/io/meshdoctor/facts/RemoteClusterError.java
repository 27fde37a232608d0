package io.meshdoctor.facts;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What istiod's log says of a remote cluster or its Secret, and nothing later has settled: no later
 * registration, deletion or sync of that cluster.
 *
 * @param cluster operator's name of the cluster that the istiod runs in
 * @param istiod pod of the istiod
 * @param id cluster ID that the line is about; empty where it names only a Secret
 * @param of operator's name of that cluster; empty where unknown
 * @param secret Secret that the line is about, {@code namespace/name}; empty where it names none
 * @param kind what kind of error it is
 * @param text message of the newest such line, without time and labels
 * @param at time of that line
 * @param origin where it was seen
 */
public record RemoteClusterError(
    String cluster,
    String istiod,
    String id,
    String of,
    String secret,
    Kind kind,
    String text,
    @Nullable Instant at,
    Origin origin)
    implements Fact {

  /** The kinds of error that istiod reports of a remote cluster. */
  public enum Kind {
    /** The API server answered 401. */
    UNAUTHORIZED,
    /** The API server answered 403. */
    FORBIDDEN,
    /** The API server's certificate is not signed by the CA of the kubeconfig. */
    UNKNOWN_AUTHORITY,
    /** The API server could not be connected to. */
    UNREACHABLE,
    /** The first sync did not end in time; says nothing of the cause. */
    TIMEOUT,
    /** The kubeconfig cannot be used. */
    MALFORMED,
    /** The kubeconfig asks for something that istiod does not allow, such as exec. */
    NOT_ALLOWED,
    /** The key of the Secret is the ID of istiod's own cluster. */
    OWN_CLUSTER,
    /** Another Secret has registered the same cluster ID before. */
    DUPLICATE,
    /** Anything else. */
    OTHER
  }

  private static final Pattern FORBIDDEN_RESOURCE =
      Pattern.compile("cannot \\w+ resource \"([^\"]+)\" in API group \"([^\"]*)\"");

  public RemoteClusterError {
    cluster = Normal.text(cluster);
    istiod = Normal.text(istiod);
    id = Normal.text(id);
    of = Normal.text(of);
    secret = Normal.text(secret);
    kind = kind == null ? Kind.OTHER : kind;
    text = Normal.text(text);
    origin = Normal.origin(origin);
  }

  /**
   * What the API server forbids to read, as kubectl calls it: {@code
   * endpointslices.discovery.k8s.io}; namespaces, which istiod reads first, where the line does not
   * say.
   */
  public String forbidden() {
    var resource = FORBIDDEN_RESOURCE.matcher(text);
    if (!resource.find()) {
      return "namespaces";
    }
    return resource.group(2).isEmpty()
        ? resource.group(1)
        : resource.group(1) + "." + resource.group(2);
  }

  @Override
  public String describe() {
    return "istiod of %s logs: %s".formatted(cluster, text);
  }
}
