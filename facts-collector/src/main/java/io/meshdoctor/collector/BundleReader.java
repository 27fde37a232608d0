package io.meshdoctor.collector;

import io.meshdoctor.collector.BundleLayout.Place;
import io.meshdoctor.collector.Source.Body;
import io.meshdoctor.collector.Source.Bounds;
import io.meshdoctor.facts.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads bundles: directories, or archives of them. What cannot be read becomes an {@link
 * io.meshdoctor.facts.Unread}, and the rest is read on.
 */
public final class BundleReader {

  private static final Pattern EXTENSION = Pattern.compile("[.](tar[.]gz|tgz|tar)$");

  private final MeshState mesh;
  private final Bounds bounds;
  private final Intake intake;
  private final List<Problem> problems = new ArrayList<>();

  /** Clusters of which a part is missing, nobody knows which. */
  private final Set<ClusterState> cutShort = new HashSet<>();

  private String fallbackName = "";

  BundleReader(MeshState mesh, Map<InputKind, InputReader> readers, Bounds bounds) {
    this.mesh = mesh;
    this.bounds = bounds;
    this.intake = new Intake(mesh, readers);
  }

  /**
   * Something that could not be read.
   *
   * @param path in the bundle
   * @param place what it would have been, if it is known
   */
  private record Problem(String cluster, String path, String reason, Optional<Place> place) {

    /** Kubernetes kinds of which it may hold a part. */
    Set<String> kinds() {
      var parts = List.of(path.split("/", -1));
      var isResources = parts.size() < 3 || parts.get(2).equals("resources");
      return isResources ? Kinds.ofFile(parts.get(parts.size() - 1)) : Set.of();
    }

    /** Where the same is on the live cluster. */
    Origin origin(String context) {
      if (place.isEmpty()) {
        return Origin.UNKNOWN;
      }
      var namespace = place.get().namespace();
      var pod = place.get().pod();
      return switch (place.get().kind()) {
        case DEBUG -> Origin.istiod(cluster, context, namespace, pod, place.get().name());
        case DISCOVERY_LOG -> Origin.log(cluster, context, namespace, pod, "");
        case ENVOY_CLUSTERS, ENVOY_CLUSTERS_TEXT, ENDPOINT_TABLE, ENDPOINT_JSON ->
            Origin.envoy(cluster, context, namespace, pod, "/clusters");
        case ENVOY_CERTS -> Origin.envoy(cluster, context, namespace, pod, "/certs");
        case ENVOY_CONFIG_DUMP -> Origin.envoy(cluster, context, namespace, pod, "/config_dump");
        case MESH, CLUSTER, RESOURCES, PROBE -> Origin.UNKNOWN;
      };
    }
  }

  /**
   * Reads one mesh.
   *
   * @param paths its bundles
   * @throws UnreadableInputException if one of them is no bundle, or they contradict each other
   */
  public static MeshFacts read(List<Path> paths) {
    var mesh = new MeshState();
    var reader = new BundleReader(mesh, Readers.all(), Bounds.DEFAULT);
    paths.forEach(reader::add);
    reader.finish();
    return Resolver.resolve(mesh);
  }

  /**
   * Reads one bundle into the state of its mesh.
   *
   * @throws UnreadableInputException if it is none, or contradicts one that was read before
   */
  void add(Path path) {
    var visit = new Visit(path);
    Source.of(path, bounds).walk(visit);
    if (!visit.hasFound) {
      throw visit.nothing();
    }
    if (fallbackName.isEmpty()) {
      fallbackName = Printable.line(EXTENSION.matcher(fileName(path)).replaceFirst(""));
    }
  }

  /** Settles what can be told only when all bundles are read. */
  void finish() {
    problems.sort(Comparator.comparing(Problem::cluster).thenComparing(Problem::path));
    for (var problem : problems) {
      var cluster = mesh.clusters().get(problem.cluster);
      if (cluster == null) {
        mesh.unread(problem.path, problem.reason);
      } else {
        cluster.unread(problem.path, problem.reason, problem.origin(cluster.context));
        cluster.notListed(problem.kinds());
      }
    }
    cutShort.forEach(ClusterState::dropClaims);
    mesh.clusters().values().forEach(ClusterState::settleClaims);
    if (mesh.name.isEmpty()) {
      mesh.name = fallbackName;
    }
  }

  private static String fileName(Path path) {
    var name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? "" : name.toString();
  }

  /** One way through one bundle. */
  private final class Visit implements Source.Visitor {

    private final Path source;
    private final BundleLayout layout;
    private final Set<ClusterState> clusters = new HashSet<>();
    private boolean hasFound;
    private String refusal = "";
    private String broken = "";

    Visit(Path source) {
      this.source = source;
      this.layout = new BundleLayout(source.toString());
    }

    @Override
    public boolean enters(String directory) {
      return directory.indexOf('/') < 0 || layout.covers(directory);
    }

    @Override
    public void file(String path, Body body) {
      var place = layout.place(path);
      if (place.isEmpty()) {
        return;
      }
      hasFound = true;
      var cluster = place.get().cluster();
      if (!cluster.isEmpty()) {
        clusters.add(mesh.cluster(cluster));
      }
      intake
          .take(place.get(), body, source.toString())
          .ifPresent(reason -> problem(path, reason, place));
    }

    @Override
    public void refused(String path, String reason) {
      if (layout.covers(path)) {
        problem(path, reason, Optional.empty());
      }
      refusal = refusal.isEmpty() ? path + " " + reason : refusal;
    }

    @Override
    public void broken(String reason) {
      broken = reason;
      mesh.unread(Printable.line(fileName(source)), reason);
      cutShort.addAll(clusters);
    }

    UnreadableInputException nothing() {
      if (!broken.isEmpty()) {
        return new UnreadableInputException(
            "%s %s, and nothing in it could be read; copy it again".formatted(source, broken));
      }
      return new UnreadableInputException(
          refusal.isEmpty()
              ? "%s holds no bundle: give what holds clusters/NAME/ with resources, istiod or proxies"
                  .formatted(source)
              : "%s holds no bundle that may be read: %s".formatted(source, refusal));
    }

    private void problem(String path, String reason, Optional<Place> place) {
      problems.add(new Problem(layout.cluster(path), layout.inBundle(path), reason, place));
    }
  }
}
