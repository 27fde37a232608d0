package io.meshdoctor.facts;

import java.util.Set;

/**
 * Everything of one kind was read in one cluster, so what is missing there is not there.
 *
 * @param cluster operator's name of the cluster
 * @param kind Kubernetes kind ({@code Secret}, with what they hold; the {@code Gateway} of the
 *     Gateway API is {@code KubernetesGateway}), {@link #SECRET_METADATA}, {@link #REMOTE_SECRETS},
 *     {@link #CA_SECRETS}, {@link #KNOWN_CLUSTERS}, {@link #GLOBAL_BACKING}, debug endpoint of
 *     istiod ({@code clusterz}), {@code discovery log}, page of Envoy ({@code Envoy clusters}) or
 *     of ztunnel, or kind of probe ({@code pod-connectivity}); one of {@link #KINDS}
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

  /** Names, labels and annotations of Secrets, but perhaps nothing of what they hold. */
  public static final String SECRET_METADATA = "Secret metadata";

  /**
   * Which remote secrets there are and which clusters they are for: from what they hold, or from
   * names and annotations, where these name a cluster for each that was not read.
   */
  public static final String REMOTE_SECRETS = "remote secrets";

  /** Secrets with a CA for istiod: what they hold, or that there are none. */
  public static final String CA_SECRETS = "CA secrets";

  /** Every cluster that an istiod of the mesh is seen to read; derived, and the same for all. */
  public static final String KNOWN_CLUSTERS = "clusters known to istiod";

  /**
   * Whether pods behind global Services are in ambient mode: pods and EndpointSlices, or that no
   * Service is global; derived.
   */
  public static final String GLOBAL_BACKING = "pods of global services";

  /** {@code /certs} of Envoy. */
  public static final String ENVOY_CERTS = "Envoy certs";

  /** {@code /clusters} of Envoy. */
  public static final String ENVOY_CLUSTERS = "Envoy clusters";

  /** Listeners of the {@code /config_dump} of Envoy. */
  public static final String ENVOY_LISTENERS = "Envoy listeners";

  /** All else of the {@code /config_dump} of Envoy. */
  public static final String ENVOY_CONFIG = "Envoy config";

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
          ENVOY_CERTS,
          ENVOY_CLUSTERS,
          ENVOY_LISTENERS,
          ENVOY_CONFIG,
          "ztunnel config",
          "mesh-request",
          "pod-connectivity",
          "tcp",
          SECRET_METADATA,
          REMOTE_SECRETS,
          CA_SECRETS,
          KNOWN_CLUSTERS,
          GLOBAL_BACKING);

  @Override
  public String describe() {
    return "%s of %s%s read completely"
        .formatted(kind, cluster, subject.isEmpty() ? "" : " (" + subject + ")");
  }
}
