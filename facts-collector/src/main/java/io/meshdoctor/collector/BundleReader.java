package io.meshdoctor.collector;

import io.meshdoctor.collector.Layout.Place;
import io.meshdoctor.collector.Recognition.OfCluster;
import io.meshdoctor.collector.Source.Body;
import io.meshdoctor.collector.Source.Bounds;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Unread;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads bundles: directories, or archives of them; also archives of {@code istioctl bug-report} and
 * directories of {@code kubectl cluster-info dump}, each of which is one cluster. What cannot be
 * read becomes an {@link io.meshdoctor.facts.Unread}, and the rest is read on.
 */
public final class BundleReader {

  private final MeshState mesh;
  private final Bounds bounds;
  private final Intake intake;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Path, Layout> layouts = new LinkedHashMap<>();

  /** Clusters of which a part is missing, nobody knows which. */
  private final Set<ClusterState> cutShort = new HashSet<>();

  /** What to call the mesh, for want of a better name: its first bundle, or its clusters. */
  private final Set<String> fallbackNames = new LinkedHashSet<>();

  BundleReader(MeshState mesh, Map<InputKind, InputReader> readers, Bounds bounds) {
    this.mesh = mesh;
    this.bounds = bounds;
    this.intake = new Intake(mesh, readers);
  }

  /**
   * Something that could not be read.
   *
   * @param path in the bundle
   * @param kinds Kubernetes kinds of which it may hold a part
   * @param place what it would have been, if it is known
   */
  private record Problem(
      String cluster, String path, String reason, Set<String> kinds, Optional<Place> place) {

    /** Where the same is on the live cluster. */
    Origin origin(String context) {
      if (place.isEmpty()) {
        return Origin.UNKNOWN;
      }
      var namespace = place.get().namespace();
      var pod = place.get().pod();
      return switch (place.get().kind()) {
        case DEBUG -> Origin.istiod(cluster, context, namespace, pod, place.get().name());
        case DISCOVERY_LOG, POD_LOG -> Origin.log(cluster, context, namespace, pod, "");
        case ENVOY_CLUSTERS, ENVOY_CLUSTERS_TEXT, ENDPOINT_TABLE, ENDPOINT_JSON ->
            Origin.envoy(cluster, context, namespace, pod, "/clusters");
        case ENVOY_CERTS -> Origin.envoy(cluster, context, namespace, pod, "/certs");
        case ENVOY_CONFIG_DUMP -> Origin.envoy(cluster, context, namespace, pod, "/config_dump");
        case MESH, CLUSTER, RESOURCES, SOME_RESOURCES, SECRET_TABLE, PROBE -> Origin.UNKNOWN;
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
    reader.add(paths);
    reader.finish();
    return Resolver.resolve(mesh);
  }

  /**
   * Reads one bundle into the state of its mesh.
   *
   * @throws UnreadableInputException if it is none, or contradicts one that was read before
   */
  void add(Path path) {
    add(List.of(path));
  }

  /**
   * Reads bundles into the state of their mesh.
   *
   * @throws UnreadableInputException if one of them is none, or contradicts another
   */
  void add(List<Path> paths) {
    Map<Path, OfCluster> foreign = new LinkedHashMap<>();
    for (var path : paths) {
      Recognition.of(path, Source.of(path, bounds)).ifPresent(one -> foreign.put(path, one));
    }
    var names = ClusterNames.of(foreign.values());
    for (var path : paths) {
      var one = foreign.get(path);
      if (one == null) {
        walk(path, new BundleLayout(path.toString()));
        if (fallbackNames.isEmpty()) {
          fallbackNames.add(Recognition.nameOf(path));
        }
      } else {
        var name = Objects.requireNonNull(names.get(path));
        introduce(one, name);
        walk(path, one.layout(name));
        fallbackNames.add(name);
      }
    }
  }

  /** What was read, and how things are in it. */
  Map<Path, Layout> layouts() {
    return layouts;
  }

  /** The parts of a cluster that could not be read. */
  List<Unread> problems(String cluster) {
    return problems.stream()
        .filter(problem -> problem.cluster.equals(cluster))
        .map(problem -> new Unread(cluster, problem.path, problem.reason, Origin.UNKNOWN))
        .toList();
  }

  private void walk(Path path, Layout layout) {
    layouts.put(path, layout);
    var visit = new Visit(path, layout);
    Source.of(path, bounds).walk(visit);
    if (!visit.hasFound) {
      throw visit.nothing();
    }
  }

  /** Notes what a recording says of its cluster before anything of it is read. */
  private void introduce(OfCluster one, String name) {
    var known = mesh.clusters().get(name);
    if (known != null) {
      throw new UnreadableInputException(
          "two clusters are called %s, one of them in %s; rename it, or leave one out"
              .formatted(name, one.source()));
    }
    var cluster = mesh.cluster(name);
    cluster.context = ClusterNames.isOf(name, one.context()) ? one.context() : name;
    cluster.server = one.server();
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
        cluster.lacksSomeOf(problem.kinds);
      }
    }
    cutShort.forEach(ClusterState::dropClaims);
    mesh.clusters().values().forEach(ClusterState::settleSecretNames);
    mesh.clusters().values().forEach(ClusterState::settleClaims);
    if (mesh.name.isEmpty()) {
      mesh.name = String.join("+", fallbackNames);
    }
  }

  /** One way through one bundle. */
  private final class Visit implements Source.Visitor {

    private final Path source;
    private final Layout layout;
    private final Set<ClusterState> clusters = new HashSet<>();
    private boolean hasFound;
    private String refusal = "";
    private String broken = "";

    Visit(Path source, Layout layout) {
      this.source = source;
      this.layout = layout;
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
      var reason = intake.take(place.get(), body, source.toString());
      if (reason.isPresent()) {
        problem(path, reason.get(), place);
      } else {
        for (var kind : layout.complete(layout.inside(path))) {
          mesh.cluster(cluster).claimListed(kind);
          // the file that would have them is here
          mesh.cluster(cluster).sawSomeOf(kind);
        }
      }
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
      mesh.unread(Recognition.fileName(source), reason);
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
      var inside = layout.inside(path);
      problems.add(new Problem(layout.cluster(path), inside, reason, layout.kinds(inside), place));
    }
  }
}
