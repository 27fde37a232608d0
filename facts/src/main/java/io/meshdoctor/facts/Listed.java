package io.meshdoctor.facts;

import java.util.Set;

/**
 * Everything of one kind was read in one cluster, so what is missing there is not there.
 *
 * @param cluster operator's name of the cluster
 * @param kind Kubernetes kind ({@code Secret}), debug endpoint of istiod ({@code clusterz}), {@code
 *     discovery log}, page of Envoy ({@code Envoy clusters}) or kind of probe ({@code pod-
 *     connectivity}); one of {@link #KINDS}
 * @param subject pod that was asked, as {@code namespace/name}; of a probe, the cluster it went to;
 *     empty where all of the cluster was read
 * @param origin where it was seen
 */
public record Listed(String cluster, String kind, String subject, Origin origin) implements Fact {

  public Listed {
    cluster = Normal.text(cluster);
    kind = Normal.text(kind);
    subject = Normal.text(subject);
    origin = Normal.origin(origin);
  }

  /** Every kind that a rule may ask for. */
  public static final Set<String> KINDS =
      Set.of(
          "AuthorizationPolicy",
          "ConfigMap",
          "Deployment",
          "DestinationRule",
          "EndpointSlice",
          "EnvoyFilter",
          "Gateway",
          "KubernetesGateway",
          "MutatingWebhookConfiguration",
          "Namespace",
          "NetworkPolicy",
          "Node",
          "PeerAuthentication",
          "Pod",
          "Secret",
          "Service",
          "ServiceEntry",
          "ServiceExport",
          "ServiceImport",
          "Sidecar",
          "VirtualService",
          "WorkloadEntry",
          "adsz",
          "clusterz",
          "configz",
          "endpointShardz",
          "mcsz",
          "mesh",
          "networkz",
          "registryz",
          "syncz",
          "discovery log",
          "Envoy certs",
          "Envoy clusters",
          "Envoy listeners",
          "Envoy config",
          "mesh-request",
          "pod-connectivity",
          "tcp");

  @Override
  public String describe() {
    return "%s of %s%s read completely"
        .formatted(kind, cluster, subject.isEmpty() ? "" : " (" + subject + ")");
  }
}
