package io.meshdoctor.facts;

/**
 * Pods that the Service of another cluster would select, in a cluster that has no such Service, or
 * whose own selects nothing.
 *
 * @param cluster operator's name of the cluster
 * @param namespace their namespace
 * @param service name of the Service
 * @param host host name of the Service
 * @param definedIn cluster that has the Service
 * @param pods how many they are
 * @param pod name of one of them
 * @param served a Service of their own cluster selects them
 * @param origin where it was seen
 */
public record MatchingPods(
    String cluster,
    String namespace,
    String service,
    String host,
    String definedIn,
    int pods,
    String pod,
    boolean served,
    Origin origin)
    implements Fact {

  public MatchingPods {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    service = Normal.text(service);
    host = Normal.text(host);
    definedIn = Normal.text(definedIn);
    pod = Normal.text(pod);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "%d %s of %s in namespace %s would stand behind service %s"
        .formatted(pods, pods == 1 ? "pod" : "pods", cluster, namespace, service);
  }
}
