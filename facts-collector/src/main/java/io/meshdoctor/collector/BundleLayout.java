package io.meshdoctor.collector;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where things are in a bundle. A bundle may lie at the top of its source, or in one directory
 * there, as in an archive of a directory; the first thing that is found decides.
 */
final class BundleLayout implements Layout {

  private static final Set<String> TOP = Set.of("mesh.yaml", "clusters", "probes");

  private static final String SLASH = "%2F";
  private static final String DOT = "%2E";

  private final String source;
  private @Nullable String root;

  /**
   * The layout of one source.
   *
   * @param source its path, for messages
   */
  BundleLayout(String source) {
    this.source = source;
  }

  @Override
  public Optional<Place> place(String path) {
    var inBundle = inside(path);
    var place = place(inBundle, List.of(inBundle.split("/", -1)));
    if (place.isEmpty()) {
      return place;
    }
    var itsRoot = path.substring(0, path.length() - inBundle.length());
    if (root == null) {
      root = itsRoot;
    }
    if (root.equals(itsRoot)) {
      return place;
    }
    if (place.get().cluster().isEmpty()) {
      return Optional.empty();
    }
    throw new UnreadableInputException(
        "%s holds two bundles, in %s and %s; give one of them"
            .formatted(source, name(root), name(itsRoot)));
  }

  @Override
  public String inside(String path) {
    var slash = path.indexOf('/');
    if (slash < 0 || TOP.contains(path.substring(0, slash))) {
      return path;
    }
    var rest = path.substring(slash + 1);
    return TOP.contains(head(rest)) ? rest : path;
  }

  @Override
  public String cluster(String path) {
    var parts = inside(path).split("/", -1);
    return parts.length > 1 && parts[0].equals("clusters") ? clusterOf(parts[1]) : "";
  }

  @Override
  public boolean covers(String path) {
    return TOP.contains(head(inside(path)));
  }

  @Override
  public Set<String> kinds(String path) {
    var parts = List.of(path.split("/", -1));
    var isResources = parts.size() < 3 || parts.get(2).equals("resources");
    return isResources ? Kinds.ofFile(parts.get(parts.size() - 1)) : Set.of();
  }

  @Override
  public Set<String> complete(String path) {
    return Set.of();
  }

  /**
   * Directory of a cluster, with a slash at its end. Names of contexts may hold slashes and begin
   * with dots, those of directories may not.
   */
  static String directoryOf(String cluster) {
    var name = cluster.replace("/", SLASH);
    return "clusters/%s/".formatted(name.startsWith(".") ? DOT + name.substring(1) : name);
  }

  private static String clusterOf(String directory) {
    var name = directory.startsWith(DOT) ? "." + directory.substring(DOT.length()) : directory;
    return name.replace(SLASH, "/");
  }

  /**
   * Where a part of a cluster is to be in the directory of the cluster.
   *
   * @param place what it is; its path may be one of another layout
   */
  static String pathOf(Place place) {
    var directory = directoryOf(place.cluster());
    if (place.path().startsWith(directory)) {
      return place.path().substring(directory.length());
    }
    var proxy = "proxies/%s/%s/".formatted(place.namespace(), place.pod());
    var istiod = "istiod/%s/%s/".formatted(place.namespace(), place.pod());
    return switch (place.kind()) {
      case RESOURCES, SOME_RESOURCES ->
          "resources/" + place.path().replaceFirst("([.](json|yaml))?$", ".json");
      case SECRET_TABLE -> "resources/secrets.txt";
      case DEBUG -> istiod + "debug/" + place.name() + ".json";
      case DISCOVERY_LOG, POD_LOG -> istiod + "discovery.log";
      case ENVOY_CLUSTERS -> proxy + "clusters.json";
      case ENVOY_CLUSTERS_TEXT -> proxy + "clusters";
      case ENDPOINT_TABLE -> proxy + "endpoints.txt";
      case ENDPOINT_JSON -> proxy + "endpoints.json";
      case ENVOY_CERTS -> proxy + "certs.json";
      case ENVOY_CONFIG_DUMP -> proxy + "config_dump.json";
      case MESH, CLUSTER, PROBE -> place.path();
    };
  }

  /** Whether a bundle has something of this name at its top. */
  static boolean isTop(String name) {
    return TOP.contains(name);
  }

  private static String head(String path) {
    var slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash);
  }

  private static String name(String root) {
    return root.isEmpty() ? "its top" : root;
  }

  private static Optional<Place> place(String path, List<String> parts) {
    // the hidden files that editors and macOS leave everywhere
    if (parts.stream().anyMatch(part -> part.startsWith("."))) {
      return Optional.empty();
    }
    var size = parts.size();
    if (path.equals("mesh.yaml")) {
      return Optional.of(new Place(InputKind.MESH, path, "", "", "", ""));
    }
    if (parts.get(0).equals("probes") && size == 2 && path.endsWith(".json")) {
      return Optional.of(new Place(InputKind.PROBE, path, "", "", "", ""));
    }
    if (!parts.get(0).equals("clusters") || size < 3) {
      return Optional.empty();
    }
    var cluster = clusterOf(parts.get(1));
    if (parts.get(2).equals("cluster.yaml") && size == 3) {
      return Optional.of(new Place(InputKind.CLUSTER, path, cluster, "", "", ""));
    }
    if (size == 4 && parts.get(2).equals("resources") && parts.get(3).equals("secrets.txt")) {
      return Optional.of(new Place(InputKind.SECRET_TABLE, path, cluster, "", "", ""));
    }
    if (parts.get(2).equals("resources") && size > 3 && isResources(path)) {
      return Optional.of(new Place(InputKind.RESOURCES, path, cluster, "", "", ""));
    }
    return size > 5 ? ofPod(path, cluster, parts.subList(2, size)) : Optional.empty();
  }

  private static boolean isResources(String path) {
    return path.endsWith(".json") || path.endsWith(".yaml") || path.endsWith(".yml");
  }

  /** Such as {@code istiod/NAMESPACE/POD/discovery.log}. */
  private static Optional<Place> ofPod(String path, String cluster, List<String> parts) {
    var namespace = parts.get(1);
    var pod = parts.get(2);
    if (!NAME.matcher(namespace).matches() || !NAME.matcher(pod).matches()) {
      return Optional.empty();
    }
    var file = String.join("/", parts.subList(3, parts.size()));
    var kind =
        switch (parts.get(0)) {
          case "istiod" -> ofIstiod(file);
          case "proxies" -> ofProxy(file);
          default -> Optional.<InputKind>empty();
        };
    return kind.map(
        of ->
            new Place(
                of, path, cluster, namespace, pod, of == InputKind.DEBUG ? endpoint(file) : ""));
  }

  private static Optional<InputKind> ofIstiod(String file) {
    if (file.equals("discovery.log")) {
      return Optional.of(InputKind.DISCOVERY_LOG);
    }
    return file.startsWith("debug/") && NAME.matcher(endpoint(file)).matches()
        ? Optional.of(InputKind.DEBUG)
        : Optional.empty();
  }

  private static String endpoint(String file) {
    var name = file.substring("debug/".length());
    return name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name;
  }

  private static Optional<InputKind> ofProxy(String file) {
    return switch (file) {
      case "clusters.json" -> Optional.of(InputKind.ENVOY_CLUSTERS);
      case "clusters" -> Optional.of(InputKind.ENVOY_CLUSTERS_TEXT);
      case "endpoints.txt" -> Optional.of(InputKind.ENDPOINT_TABLE);
      case "endpoints.json" -> Optional.of(InputKind.ENDPOINT_JSON);
      case "certs.json", "certs" -> Optional.of(InputKind.ENVOY_CERTS);
      case "config_dump.json", "config_dump" -> Optional.of(InputKind.ENVOY_CONFIG_DUMP);
      default -> Optional.empty();
    };
  }
}
