package io.meshdoctor.facts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy trusts and presents, from the page {@code /certs} of its Envoy.
 *
 * @param cluster operator's name of the cluster
 * @param namespace namespace of the pod
 * @param pod name of the pod
 * @param gateway it is a gateway
 * @param rootSerials serial numbers of its roots, lower-case hex without leading zeros
 * @param identity SPIFFE ID of its certificate; empty where it has none
 * @param trustDomain trust domain of that ID
 * @param notAfter end of validity of its certificate
 * @param startedAt start of the pod
 * @param origin where it was seen
 */
public record ProxyCertificates(
    String cluster,
    String namespace,
    String pod,
    boolean gateway,
    List<String> rootSerials,
    String identity,
    String trustDomain,
    @Nullable Instant notAfter,
    @Nullable Instant startedAt,
    Origin origin)
    implements Fact {

  public ProxyCertificates {
    cluster = Normal.text(cluster);
    namespace = Normal.text(namespace);
    pod = Normal.text(pod);
    rootSerials = Normal.list(rootSerials);
    identity = Normal.text(identity);
    trustDomain = Normal.text(trustDomain);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "proxy %s/%s of %s %s"
        .formatted(
            namespace,
            pod,
            cluster,
            rootSerials.isEmpty()
                ? "never got a certificate"
                : "trusts the root of serial " + String.join(", ", rootSerials));
  }
}
