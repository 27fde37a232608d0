package io.meshdoctor.collector;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What {@code kubectl cluster-info dump --output-directory} writes of one cluster: its nodes, and
 * of some namespaces the workloads, Services and logs. Which namespaces there are it does not say.
 */
final class DumpLayout implements Layout {

  private static final Pattern NODES = Pattern.compile("([^/]+/)?nodes[.](?:json|yaml)");
  private static final Pattern OF_NAMESPACE =
      Pattern.compile("([^/]+/)?[^/]+/(?:pods|services)[.](?:json|yaml)");
  private static final Pattern RESOURCES = Pattern.compile("[a-z-]+[.](?:json|yaml)");

  private final String root;
  private final String cluster;

  /**
   * The layout of one dump.
   *
   * @param root the directory in its source that holds everything, with a slash; empty where there
   *     is none
   * @param cluster what to call its cluster
   */
  DumpLayout(String root, String cluster) {
    this.root = root;
    this.cluster = cluster;
  }

  /** The directory that holds everything, if a path may be that of the nodes. */
  static Optional<String> rootOf(String path) {
    var nodes = NODES.matcher(path);
    return nodes.matches()
        ? Optional.of(nodes.group(1) == null ? "" : nodes.group(1))
        : Optional.empty();
  }

  /** The same, if a path may be one of a namespace. */
  static Optional<String> rootOfNamespace(String path) {
    var file = OF_NAMESPACE.matcher(path);
    return file.matches()
        ? Optional.of(file.group(1) == null ? "" : file.group(1))
        : Optional.empty();
  }

  @Override
  public Optional<Place> place(String path) {
    if (!path.startsWith(root)) {
      return Optional.empty();
    }
    var inside = inside(path);
    var parts = List.of(inside.split("/", -1));
    var file = parts.get(parts.size() - 1);
    if (parts.size() == 1) {
      return rootOf(file).map(nodes -> new Place(InputKind.RESOURCES, inside, cluster, "", "", ""));
    }
    if (!NAME.matcher(parts.get(0)).matches()) {
      return Optional.empty();
    }
    if (parts.size() == 2) {
      return RESOURCES.matcher(file).matches() && !file.startsWith("events.")
          ? Optional.of(new Place(InputKind.SOME_RESOURCES, inside, cluster, "", "", ""))
          : Optional.empty();
    }
    return parts.size() == 3 && file.equals("logs.txt") && NAME.matcher(parts.get(1)).matches()
        ? Optional.of(new Place(InputKind.POD_LOG, inside, cluster, parts.get(0), parts.get(1), ""))
        : Optional.empty();
  }

  @Override
  public boolean covers(String path) {
    return path.startsWith(root) || root.startsWith(path + "/");
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
    return path.endsWith("/logs.txt")
        ? Set.of()
        : Kinds.ofFile(path.substring(path.lastIndexOf('/') + 1));
  }

  @Override
  public Set<String> complete(String path) {
    return Set.of();
  }
}
