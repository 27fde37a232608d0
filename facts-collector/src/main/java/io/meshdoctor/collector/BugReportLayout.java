package io.meshdoctor.collector;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code istioctl bug-report} writes of one cluster.
 *
 * <p>It writes a file of Kubernetes objects only if kubectl could read all it was asked for, so
 * that a kind of which there is no object was read as well.
 */
final class BugReportLayout implements Layout {

  /** Where the name of the context and the URL of the API server stand. */
  static final String CONTEXT = "cluster/cluster-context";

  private static final Set<String> TOP = Set.of("cluster", "istio", "proxies");

  /**
   * Of {@code kubectl get -A all,configmaps,...}; what more it is asked for depends on the version.
   */
  private static final Set<String> RESOURCES = Set.of("ConfigMap", "Deployment", "Pod", "Service");

  /** Of the definitions that there are, it is asked for all of Istio's. */
  private static final Set<String> CUSTOM =
      Set.of(
          "AuthorizationPolicy",
          "DestinationRule",
          "EnvoyFilter",
          "Gateway",
          "PeerAuthentication",
          "ServiceEntry",
          "Sidecar",
          "VirtualService",
          "WorkloadEntry");

  /** Later releases ask for those of others as well. */
  private static final Set<String> SOME_CUSTOM =
      Stream.concat(CUSTOM.stream(), Stream.of("KubernetesGateway"))
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> CLUSTER_WIDE =
      Set.of("MutatingWebhookConfiguration", "Namespace", "Node");

  private final String root;
  private final String cluster;

  /**
   * The layout of one archive.
   *
   * @param root the directory in it that holds everything, with a slash; empty where there is none
   * @param cluster what to call its cluster
   */
  BugReportLayout(String root, String cluster) {
    this.root = root;
    this.cluster = cluster;
  }

  /**
   * The directory that holds everything, if a path is one that no other recording has.
   *
   * @return with a slash at its end, or empty
   */
  static Optional<String> rootOf(String path) {
    return List.of(CONTEXT, "cluster/k8s-resources", "cluster/secrets", "cluster/crs").stream()
        .filter(file -> path.equals(file) || path.endsWith("/" + file))
        .map(file -> path.substring(0, path.length() - file.length()))
        .filter(root -> root.indexOf('/') == root.length() - 1)
        .findFirst();
  }

  @Override
  public Optional<Place> place(String path) {
    if (!path.startsWith(root)) {
      return Optional.empty();
    }
    var parts = List.of(inside(path).split("/", -1));
    return switch (parts.get(0)) {
      case "cluster" -> parts.size() == 2 ? ofCluster(path, parts.get(1)) : Optional.empty();
      case "istio" -> parts.size() > 3 ? ofIstiod(path, parts) : Optional.empty();
      case "proxies" -> parts.size() == 4 ? ofProxy(path, parts) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<Place> ofCluster(String path, String file) {
    return switch (file) {
      case "k8s-resources", "k8s-cluster-resources", "crs", "nodes" ->
          Optional.of(of(InputKind.RESOURCES, path, "", "", ""));
      case "pods" -> Optional.of(of(InputKind.SOME_RESOURCES, path, "", "", ""));
      case "secrets" -> Optional.of(of(InputKind.SECRET_TABLE, path, "", "", ""));
      default -> Optional.empty();
    };
  }

  private Optional<Place> ofIstiod(String path, List<String> parts) {
    if (!isPod(parts)) {
      return Optional.empty();
    }
    var name = parts.get(parts.size() - 1);
    if (parts.size() == 4 && name.equals("discovery.log")) {
      return Optional.of(of(InputKind.DISCOVERY_LOG, path, parts.get(1), parts.get(2), ""));
    }
    return parts.size() == 5 && parts.get(3).equals("debug") && NAME.matcher(name).matches()
        ? Optional.of(of(InputKind.DEBUG, path, parts.get(1), parts.get(2), name))
        : Optional.empty();
  }

  private Optional<Place> ofProxy(String path, List<String> parts) {
    var kind =
        switch (parts.get(3)) {
          case "clusters" -> InputKind.ENVOY_CLUSTERS_TEXT;
          case "certs" -> InputKind.ENVOY_CERTS;
          case "config_dump", "config_dump?include_eds" -> InputKind.ENVOY_CONFIG_DUMP;
          default -> null;
        };
    return kind == null || !isPod(parts)
        ? Optional.empty()
        : Optional.of(of(kind, path, parts.get(1), parts.get(2), ""));
  }

  private static boolean isPod(List<String> parts) {
    return NAME.matcher(parts.get(1)).matches() && NAME.matcher(parts.get(2)).matches();
  }

  private Place of(InputKind kind, String path, String namespace, String pod, String name) {
    return new Place(kind, inside(path), cluster, namespace, pod, name);
  }

  @Override
  public boolean covers(String path) {
    var start = path + "/";
    if (root.startsWith(start)) {
      return true;
    }
    var inside = inside(start);
    return start.startsWith(root) && TOP.contains(inside.substring(0, inside.indexOf('/')));
  }

  @Override
  public String inside(String path) {
    return path.startsWith(root) ? path.substring(root.length()) : path;
  }

  @Override
  public String cluster(String path) {
    return cluster;
  }

  @Override
  public Set<String> kinds(String path) {
    return switch (path) {
      case "cluster/secrets" -> Set.of("Secret");
      case "cluster/nodes" -> Set.of("Node");
      case "cluster/pods" -> Set.of("Pod");
      case "cluster/crs" -> SOME_CUSTOM;
      case "cluster/k8s-cluster-resources" -> CLUSTER_WIDE;
      default -> path.startsWith("cluster/") ? Kinds.all() : Set.of();
    };
  }

  @Override
  public Set<String> complete(String path) {
    return switch (path) {
      case "cluster/k8s-resources" -> RESOURCES;
      case "cluster/k8s-cluster-resources" -> CLUSTER_WIDE;
      case "cluster/crs" -> CUSTOM;
      default -> Set.of();
    };
  }
}
