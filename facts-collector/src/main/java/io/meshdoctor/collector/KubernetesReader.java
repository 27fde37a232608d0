package io.meshdoctor.collector;

import tools.jackson.databind.JsonNode;

/**
 * Reads Kubernetes objects, one at a time and in any order, into the state of their cluster. What
 * is needed of an object is copied; the object itself is not kept.
 */
final class KubernetesReader {

  /** Reads an object; one of a kind that tells nothing of Istio is passed over. */
  void object(ClusterState cluster, String apiVersion, String kind, JsonNode item) {
    var state = cluster.kubernetes;
    var slash = apiVersion.indexOf('/');
    // other groups have kinds of the same names, Knative a Service and the Gateway API a Gateway
    switch (slash < 0 ? kind : kind + "." + apiVersion.substring(0, slash)) {
      case "Namespace" -> {
        var namespace = NamespaceObject.of(item);
        state.namespaces.put(namespace.key(), namespace);
      }
      case "Node" -> {
        var node = NodeObject.of(item);
        state.nodes.put(node.name(), node);
      }
      case "Pod" -> state.pods.read(item);
      case "Deployment.apps" -> {
        var template = WorkloadTemplate.of(item);
        state.addTemplate(template.key().namespace(), template.labels());
        if (template.isOfIstio()) {
          state.templates.put(template.key(), template);
        }
        var refused = RefusedPodsObject.of(item);
        if (refused != null) {
          state.refusedPods.put(refused.key(), refused);
        }
      }
      case "Service" -> {
        var service = ServiceObject.of(item);
        state.services.put(service.key(), service);
      }
      case "EndpointSlice.discovery.k8s.io" -> {
        var service = Fields.labels(item).getOrDefault("kubernetes.io/service-name", "");
        if (!service.isEmpty()) {
          state.slicesOf(sibling(item, service)).slice(item);
        }
      }
      case "Endpoints" ->
          state.legacyOf(sibling(item, Fields.text(item, "metadata", "name"))).legacy(item);
      case "ConfigMap" -> ConfigMapConverter.read(cluster, item);
      case "Secret" -> SecretConverter.read(cluster, item);
      case "MutatingWebhookConfiguration.admissionregistration.k8s.io" -> {
        var webhook = WebhookObject.of(item);
        if (webhook != null) {
          state.webhooks.put(webhook.key(), webhook);
        }
      }
      case "Gateway.networking.istio.io" -> {
        var gateway = GatewayObject.of(item);
        state.gateways.put(gateway.key(), gateway);
      }
      case "Gateway.gateway.networking.k8s.io" -> {
        var gateway = KubernetesGatewayObject.of(item);
        state.kubernetesGateways.put(gateway.key(), gateway);
      }
      case "DestinationRule.networking.istio.io" -> {
        var rule = DestinationRuleObject.of(item);
        state.destinationRules.put(rule.key(), rule);
        var balancing = BalancingObject.of(item);
        state.balancing.put(balancing.key(), balancing);
      }
      case "VirtualService.networking.istio.io" -> {
        var service = VirtualServiceObject.of(item);
        state.virtualServices.put(service.key(), service);
      }
      case "Sidecar.networking.istio.io" -> {
        var sidecar = SidecarObject.of(item);
        state.sidecars.put(sidecar.key(), sidecar);
      }
      case "ServiceEntry.networking.istio.io" -> {
        var entry = ServiceEntryObject.of(item);
        state.serviceEntries.put(entry.key(), entry);
      }
      case "ServiceExport.multicluster.x-k8s.io" ->
          state.exports.add(ObjectKey.of("serviceexport", item));
      case "NetworkPolicy.networking.k8s.io" -> {
        var policy = NetworkPolicyObject.of(item);
        if (policy.ingress()) {
          state.networkPolicies.put(policy.key(), policy);
        }
      }
      case "AuthorizationPolicy.security.istio.io" -> {
        var policy = AuthorizationPolicyObject.of(item);
        state.authorizationPolicies.put(policy.key(), policy);
      }
      case "PeerAuthentication.security.istio.io" -> {
        var policy = PeerAuthenticationObject.of(item);
        state.peerAuthentications.put(policy.key(), policy);
      }
      default -> {
        // tells nothing of Istio
      }
    }
  }

  private static ObjectKey sibling(JsonNode item, String service) {
    return ObjectKey.service(Fields.text(item, "metadata", "namespace"), service);
  }
}
