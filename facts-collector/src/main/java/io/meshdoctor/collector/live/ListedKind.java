package io.meshdoctor.collector.live;

import java.util.List;
import java.util.stream.Stream;

/**
 * A kind of objects that is read completely.
 *
 * @param kind its name, as in {@link io.meshdoctor.facts.Listed#KINDS}
 * @param resource its plural
 * @param group its API group; empty for the core group
 * @param versions versions that it may have, the best first
 */
record ListedKind(String kind, String resource, String group, List<String> versions) {

  static final String POD = "Pod";
  static final String SECRET = "Secret";
  static final String SERVICE = "Service";

  private static final List<String> STABLE = List.of("v1");
  private static final List<String> NETWORKING = List.of("v1", "v1beta1", "v1alpha3");
  private static final List<String> SECURITY = List.of("v1", "v1beta1");
  private static final List<String> MULTICLUSTER = List.of("v1alpha1", "v1beta1", "v1");

  /** All but Secrets, of which less is read. */
  static final List<ListedKind> ALL =
      List.of(
          new ListedKind(POD, "pods", "", STABLE),
          new ListedKind(SERVICE, "services", "", STABLE),
          new ListedKind("Namespace", "namespaces", "", STABLE),
          new ListedKind("ConfigMap", "configmaps", "", STABLE),
          new ListedKind("Node", "nodes", "", STABLE),
          new ListedKind("Deployment", "deployments", "apps", STABLE),
          new ListedKind("EndpointSlice", "endpointslices", "discovery.k8s.io", STABLE),
          new ListedKind(
              "MutatingWebhookConfiguration",
              "mutatingwebhookconfigurations",
              "admissionregistration.k8s.io",
              STABLE),
          new ListedKind("NetworkPolicy", "networkpolicies", "networking.k8s.io", STABLE),
          new ListedKind("Gateway", "gateways", "networking.istio.io", NETWORKING),
          new ListedKind(
              "KubernetesGateway",
              "gateways",
              "gateway.networking.k8s.io",
              List.of("v1", "v1beta1", "v1alpha2")),
          new ListedKind("VirtualService", "virtualservices", "networking.istio.io", NETWORKING),
          new ListedKind("DestinationRule", "destinationrules", "networking.istio.io", NETWORKING),
          new ListedKind("ServiceEntry", "serviceentries", "networking.istio.io", NETWORKING),
          new ListedKind("WorkloadEntry", "workloadentries", "networking.istio.io", NETWORKING),
          new ListedKind("Sidecar", "sidecars", "networking.istio.io", NETWORKING),
          new ListedKind("EnvoyFilter", "envoyfilters", "networking.istio.io", List.of("v1alpha3")),
          new ListedKind(
              "AuthorizationPolicy", "authorizationpolicies", "security.istio.io", SECURITY),
          new ListedKind(
              "PeerAuthentication", "peerauthentications", "security.istio.io", SECURITY),
          new ListedKind("ServiceExport", "serviceexports", "multicluster.x-k8s.io", MULTICLUSTER),
          new ListedKind("ServiceImport", "serviceimports", "multicluster.x-k8s.io", MULTICLUSTER));

  /** The paths that may list it, the best first. */
  Stream<String> paths() {
    return versions.stream()
        .map(
            version ->
                group.isEmpty()
                    ? "/api/%s/%s".formatted(version, resource)
                    : "/apis/%s/%s/%s".formatted(group, version, resource));
  }

  /** Whether a cluster may lack it: then there are no objects of it. */
  boolean isOptional() {
    return group.endsWith(".istio.io")
        || group.endsWith(".x-k8s.io")
        || group.startsWith("gateway.");
  }
}
