package io.meshdoctor.collector;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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

  private Kinds() {}

  /**
   * One kind.
   *
   * @param name its name here: the kind, where no other group has one of that name
   * @param kind its kind in objects
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

    /** Whether a file of this name, in lower case, is one of its objects alone. */
    boolean isInFile(String file) {
      return !name.equals(kind)
          && Stream.of(resource, kind.toLowerCase(Locale.ROOT))
              .anyMatch(plain -> file.startsWith(plain + "." + group + "."));
    }

    /** Whether it is of this group, which may have its version before it, or be left out. */
    boolean isOf(String other) {
      return other.isEmpty() ? !kind.equals("Gateway") : ("." + other).endsWith("." + group);
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
    return BY_KIND.values().stream()
        .filter(known -> known.kind.equals(kind) && known.group.equals(group))
        .map(Kind::name)
        .findFirst();
  }

  /** One object of a kind, as {@link ObjectKey#kind} has it. */
  static String singular(String name) {
    var kind = BY_KIND.get(name);
    return kind == null || kind.name.equals(kind.kind)
        ? name.toLowerCase(Locale.ROOT)
        : kind.kind.toLowerCase(Locale.ROOT) + "." + kind.group;
  }

  /** What to call a file that holds objects of one kind, so that {@link #ofFile} knows it. */
  static String file(String name) {
    var kind = BY_KIND.get(name);
    return kind == null || kind.name.equals(kind.kind)
        ? resource(name).replaceFirst("[.].*", "") + ".json"
        : resource(name) + ".json";
  }

  /** The resource of a kind, with its group, as {@link #ofResource} takes it. */
  static String resource(String name) {
    var kind = BY_KIND.get(name);
    return kind == null ? name : kind.resource + (kind.group.isEmpty() ? "" : "." + kind.group);
  }

  /** All of them. */
  static Set<String> all() {
    return BY_KIND.keySet();
  }

  /**
   * The kind of a resource as kubectl takes it: {@code pods}, {@code pod}, {@code
   * deployments.apps}, {@code gateways.networking.istio.io}, or the kind itself.
   *
   * <p>A bare {@code gateways} is nothing: which of two groups kubectl takes depends on what is
   * installed.
   */
  static Optional<String> ofResource(String resource) {
    var name = resource.strip().toLowerCase(Locale.ROOT);
    var dot = name.indexOf('.');
    var group = dot < 0 ? "" : name.substring(dot + 1);
    var plain = dot < 0 ? name : name.substring(0, dot);
    return BY_KIND.values().stream()
        .filter(kind -> kind.isCalled(plain) && kind.isOf(group))
        .map(Kind::name)
        .findFirst();
  }

  /**
   * The kinds that a file may hold parts of, by its name: {@code pods.json} holds Pods, and any
   * other name may mean all kinds. Of two groups with one kind, the plain name is Istio's.
   *
   * @param file name of the file, without directories
   */
  static Set<String> ofFile(String file) {
    var name = file.toLowerCase(Locale.ROOT);
    var plain = name.substring(0, name.indexOf('.') < 0 ? name.length() : name.indexOf('.'));
    return BY_KIND.values().stream()
        .filter(kind -> kind.isInFile(name))
        .findFirst()
        .or(
            () ->
                BY_KIND.values().stream()
                    .filter(kind -> kind.name.equals(kind.kind) && kind.isCalled(plain))
                    .findFirst())
        .map(kind -> Set.of(kind.name()))
        .orElse(BY_KIND.keySet());
  }
}
