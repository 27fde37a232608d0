package io.meshdoctor.collector;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the Kubernetes objects of a cluster told. */
final class KubernetesState {

  final SortedMap<ObjectKey, NamespaceObject> namespaces = new TreeMap<>();
  final SortedMap<String, NodeObject> nodes = new TreeMap<>();
  final Pods pods = new Pods();
  final SortedMap<ObjectKey, WorkloadTemplate> templates = new TreeMap<>();
  final SortedMap<ObjectKey, ServiceObject> services = new TreeMap<>();
  final SortedMap<ObjectKey, WebhookObject> webhooks = new TreeMap<>();
  final SortedMap<ObjectKey, GatewayObject> gateways = new TreeMap<>();
  final SortedMap<ObjectKey, KubernetesGatewayObject> kubernetesGateways = new TreeMap<>();

  /** WorkloadEntries of proxies outside of Kubernetes. */
  final SortedMap<ObjectKey, WorkloadEntryObject> virtualMachines = new TreeMap<>();

  final SortedMap<ObjectKey, DestinationRuleObject> destinationRules = new TreeMap<>();
  final SortedMap<ObjectKey, BalancingObject> balancing = new TreeMap<>();
  final SortedMap<ObjectKey, VirtualServiceObject> virtualServices = new TreeMap<>();
  final SortedMap<ObjectKey, SidecarObject> sidecars = new TreeMap<>();
  final SortedMap<ObjectKey, ServiceEntryObject> serviceEntries = new TreeMap<>();

  /** ServiceExports; they have the namespace and the name of their Service. */
  final SortedSet<ObjectKey> exports = new TreeSet<>();

  final SortedMap<ObjectKey, NetworkPolicyObject> networkPolicies = new TreeMap<>();
  final SortedMap<ObjectKey, AuthorizationPolicyObject> authorizationPolicies = new TreeMap<>();
  final SortedMap<ObjectKey, PeerAuthenticationObject> peerAuthentications = new TreeMap<>();
  final SortedMap<ObjectKey, RefusedPodsObject> refusedPods = new TreeMap<>();
  final SortedMap<ObjectKey, RemoteSecretObject> remoteSecrets = new TreeMap<>();

  /** Kubeconfigs for the clusters that istiods have their configuration from. */
  final SortedMap<ObjectKey, Kubeconfig> configSecrets = new TreeMap<>();

  /** Secrets of which nothing was seen but a name that istioctl gives to remote secrets. */
  final SortedSet<ObjectKey> namedSecrets = new TreeSet<>();

  final SortedMap<ObjectKey, CaObject> authorities = new TreeMap<>();
  final SortedMap<ObjectKey, InjectorObject> injectors = new TreeMap<>();

  /** Mesh configurations by their ConfigMap. */
  final SortedMap<ObjectKey, MeshConfig> meshConfigs = new TreeMap<>();

  /** What the old way of naming networks says, by its ConfigMap. */
  final SortedMap<ObjectKey, List<MeshNetworks>> meshNetworks = new TreeMap<>();

  /** Namespaces with the control plane of another cluster, and the names of those clusters. */
  final SortedMap<String, String> hosted = new TreeMap<>();

  /** SHA-256 of the certificates that clients of this cluster's API server trust. */
  final Set<String> apiAuthorities = new TreeSet<>();

  /** What {@code istio-ca-root-cert} holds, and in which namespaces. */
  final Map<SeenCertificate, SortedSet<String>> roots = new HashMap<>();

  private final Map<String, Set<Map<String, String>>> templateLabels = new HashMap<>();
  private final Map<ObjectKey, Backing> slices = new HashMap<>();
  private final Map<ObjectKey, Backing> legacy = new HashMap<>();

  void addRoot(SeenCertificate root, String namespace) {
    roots.computeIfAbsent(root, certificate -> new TreeSet<>()).add(namespace);
  }

  Backing slicesOf(ObjectKey service) {
    return slices.computeIfAbsent(service, key -> new Backing());
  }

  Backing legacyOf(ObjectKey service) {
    return legacy.computeIfAbsent(service, key -> new Backing());
  }

  /** What stands behind a Service; null where nothing was read of it. */
  @Nullable Backing backing(ObjectKey service) {
    return slices.containsKey(service) ? slices.get(service) : legacy.get(service);
  }

  @Nullable NamespaceObject namespace(String name) {
    return namespaces.get(new ObjectKey("namespace", "", name));
  }

  /** Notes what pods of a Deployment are labelled with. */
  void addTemplate(String namespace, Map<String, String> labels) {
    templateLabels.computeIfAbsent(namespace, name -> new HashSet<>()).add(Map.copyOf(labels));
  }

  /** Whether a selector means pods that some Deployment makes. */
  boolean hasTemplate(String namespace, Map<String, String> selector) {
    return templateLabels.getOrDefault(namespace, Set.of()).stream()
        .anyMatch(labels -> Fields.selects(selector, labels));
  }

  /** Deployments of gateways and istiods that make pods which a selector means. */
  List<WorkloadTemplate> templates(String namespace, Map<String, String> selector) {
    return templates.values().stream()
        .filter(template -> template.key().namespace().equals(namespace))
        .filter(template -> Fields.selects(selector, template.labels()))
        .toList();
  }

  /**
   * The namespace that Istio is installed in: the usual one; if that one is not there, or has the
   * control plane of another cluster, where all istiods are; in a cluster without any, where
   * webhooks look for one.
   */
  String systemNamespace(String usual) {
    SortedSet<String> ofIstiods = new TreeSet<>();
    pods.istiods().forEach(istiod -> ofIstiods.add(istiod.key().namespace()));
    templates.values().stream()
        .filter(template -> template.template().istiod())
        .forEach(template -> ofIstiods.add(template.key().namespace()));
    ofIstiods.removeAll(hosted.keySet());
    var likely = ofIstiods;
    if (ofIstiods.isEmpty()) {
      likely = new TreeSet<>();
      for (var webhook : webhooks.values()) {
        likely.add(webhook.service().split("/", 2)[0]);
      }
    }
    boolean there = namespace(usual) != null && !hosted.containsKey(usual);
    return !there && likely.size() == 1 && !likely.first().isEmpty() ? likely.first() : usual;
  }

  /** The pods of istiod in a namespace, ready ones first. */
  List<IstiodPod> istiods(String namespace) {
    return pods.istiods().stream()
        .filter(istiod -> istiod.key().namespace().equals(namespace))
        .sorted(Comparator.comparing(istiod -> !istiod.ready()))
        .toList();
  }

  /** Revision of a pod of istiod; empty for the default one and where unknown. */
  String revisionOf(String namespace, String istiod) {
    return pods.istiods().stream()
        .filter(pod -> pod.key().namespace().equals(namespace) && pod.key().name().equals(istiod))
        .map(IstiodPod::revision)
        .filter(revision -> !revision.equals("default"))
        .findFirst()
        .orElse("");
  }

  /** The Deployments of istiod in a namespace. */
  List<WorkloadTemplate> istiodTemplates(String namespace) {
    return templates.values().stream()
        .filter(template -> template.key().namespace().equals(namespace))
        .filter(template -> template.template().istiod())
        .toList();
  }

  /** Values of the injector that one of its ConfigMaps in a namespace has. */
  Told injector(ClusterState cluster, String namespace, Function<InjectorObject, String> value) {
    return injectors.values().stream()
        .filter(injector -> injector.key().namespace().equals(namespace))
        .map(
            injector -> new Told(value.apply(injector), injector.key().at(cluster, ".data.values")))
        .filter(Told::isKnown)
        .findFirst()
        .orElse(Told.NOTHING);
  }

  /** A part of the path of the first webhook that has it. */
  Told webhook(ClusterState cluster, Function<WebhookObject, String> part) {
    return webhooks.values().stream()
        .map(webhook -> new Told(part.apply(webhook), webhook.key().at(cluster, ".webhooks")))
        .filter(Told::isKnown)
        .findFirst()
        .orElse(Told.NOTHING);
  }
}
