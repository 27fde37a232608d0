package io.meshdoctor.collector;

import io.meshdoctor.facts.Listed;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Kubernetes kinds that facts are made of: their names in {@link
 * io.meshdoctor.facts.Listed#KINDS}, and kubectl's names for them.
 */
final class Kinds {

  private static final Map<String, Kind> BY_KIND =
      Stream.of(
              new Kind("AuthorizationPolicy", "authorizationpolicies", "security.istio.io"),
              new Kind("ConfigMap", "configmaps", ""),
              new Kind("Deployment", "deployments", "apps"),
              new Kind("DestinationRule", "destinationrules", "networking.istio.io"),
              new Kind("EndpointSlice", "endpointslices", "discovery.k8s.io"),
              new Kind("EnvoyFilter", "envoyfilters", "networking.istio.io"),
              new Kind("Gateway", "gateways", "networking.istio.io"),
              new Kind("KubernetesGateway", "Gateway", "gateways", "gateway.networking.k8s.io"),
              new Kind(
                  "MutatingWebhookConfiguration",
                  "mutatingwebhookconfigurations",
                  "admissionregistration.k8s.io"),
              new Kind("Namespace", "namespaces", ""),
              new Kind("NetworkPolicy", "networkpolicies", "networking.k8s.io"),
              new Kind("Node", "nodes", ""),
              new Kind("PeerAuthentication", "peerauthentications", "security.istio.io"),
              new Kind("Pod", "pods", ""),
              new Kind("Secret", "secrets", ""),
              new Kind("Service", "services", ""),
              new Kind("ServiceEntry", "serviceentries", "networking.istio.io"),
              new Kind("ServiceExport", "serviceexports", "multicluster.x-k8s.io"),
              new Kind("ServiceImport", "serviceimports", "multicluster.x-k8s.io"),
              new Kind("Sidecar", "sidecars", "networking.istio.io"),
              new Kind("VirtualService", "virtualservices", "networking.istio.io"),
              new Kind("WorkloadEntry", "workloadentries", "networking.istio.io"))
          .collect(Collectors.toUnmodifiableMap(Kind::name, Function.identity()));

  /** Looked up for each object that is read. */
  private static final Map<String, Map<String, String>> BY_GROUP =
      BY_KIND.values().stream()
          .collect(
              Collectors.groupingBy(
                  Kind::group, Collectors.toUnmodifiableMap(Kind::kind, Kind::name)));

  private static final Pattern EXTENSION = Pattern.compile("[.](json|yaml|yml)$");

  private Kinds() {}

  /**
   * One kind.
   *
   * @param name its own name here; other than Kubernetes' where two groups have the kind
   * @param kind its name in Kubernetes
   * @param resource its plural, in lower case
   * @param group its API group; empty for the core group
   */
  private record Kind(String name, String kind, String resource, String group) {

    Kind(String name, String resource, String group) {
      this(name, name, resource, group);
    }

    boolean isCalled(String plain) {
      return plain.equals(resource) || plain.equals(kind.toLowerCase(Locale.ROOT));
    }

    /** Whether it is of this group, which may have its version before it, or be left out. */
    boolean isOf(String other) {
      return other.isEmpty() ? !isAmbiguous() : ("." + other).endsWith("." + group);
    }

    boolean isAmbiguous() {
      return kind.equals("Gateway");
    }

    String full() {
      return resource + (group.isEmpty() ? "" : "." + group);
    }
  }

  /**
   * The kind of an object. Other groups have kinds of the same name; those are others.
   *
   * @param apiVersion group and version, as in an object: {@code v1}, {@code apps/v1}
   */
  static Optional<String> of(String apiVersion, String kind) {
    var slash = apiVersion.indexOf('/');
    var group = slash < 0 ? "" : apiVersion.substring(0, slash);
    return Optional.ofNullable(BY_GROUP.getOrDefault(group, Map.of()).get(kind));
  }

  /** The resource of a kind, with its group, as {@link #ofResource} takes it. */
  static String resource(String name) {
    var kind = BY_KIND.get(name);
    return kind == null ? name : kind.full();
  }

  /** Name of a file of objects of a kind, as {@link #ofFile} understands it. */
  static String file(String name) {
    var kind = BY_KIND.get(name);
    return (kind == null ? name : kind.isAmbiguous() ? kind.full() : kind.resource) + ".json";
  }

  /** What {@code kubectl get} takes for one kind, with its group only where it is needed. */
  static String object(String name) {
    var kind = BY_KIND.get(name);
    return kind == null
        ? name.toLowerCase(Locale.ROOT)
        : kind.kind.toLowerCase(Locale.ROOT) + (kind.isAmbiguous() ? "." + kind.group : "");
  }

  /** All of them. */
  static Set<String> all() {
    return BY_KIND.keySet();
  }

  /**
   * The kind of a resource as kubectl takes it: {@code pods}, {@code pod}, {@code
   * deployments.apps}, {@code gateways.networking.istio.io}, or the kind itself; also {@link
   * Listed#SECRET_METADATA}, which kubectl does not know.
   *
   * <p>A bare {@code gateways} is nothing: which of two groups kubectl takes depends on what is
   * installed.
   */
  static Optional<String> ofResource(String resource) {
    var name = resource.strip().toLowerCase(Locale.ROOT);
    if (name.equals(Listed.SECRET_METADATA.toLowerCase(Locale.ROOT))) {
      return Optional.of(Listed.SECRET_METADATA);
    }
    var dot = name.indexOf('.');
    var group = dot < 0 ? "" : name.substring(dot + 1);
    var plain = dot < 0 ? name : name.substring(0, dot);
    return BY_KIND.values().stream()
        .filter(kind -> kind.isCalled(plain) && kind.isOf(group))
        .map(Kind::name)
        .findFirst();
  }

  /**
   * The kinds that a file may hold parts of, by its name: {@code pods.json} holds Pods, {@code
   * gateways.json} holds Gateways of either group, and any other name may mean all kinds.
   *
   * @param file name of the file, without directories
   */
  static Set<String> ofFile(String file) {
    var name = EXTENSION.matcher(file.toLowerCase(Locale.ROOT)).replaceFirst("");
    var dot = name.indexOf('.');
    var plain = dot < 0 ? name : name.substring(0, dot);
    var named =
        BY_KIND.values().stream()
            .filter(kind -> kind.isCalled(plain))
            .collect(Collectors.toUnmodifiableSet());
    var exact = named.stream().filter(kind -> dot >= 0 && kind.isOf(name.substring(dot + 1)));
    var kinds = exact.map(Kind::name).collect(Collectors.toUnmodifiableSet());
    if (kinds.isEmpty()) {
      kinds = named.stream().map(Kind::name).collect(Collectors.toUnmodifiableSet());
    }
    return kinds.isEmpty() ? BY_KIND.keySet() : kinds;
  }

  /** Whether a file is named after what it holds. */
  static boolean isNamed(Set<String> ofFile) {
    return ofFile.size() < BY_KIND.size();
  }
}
