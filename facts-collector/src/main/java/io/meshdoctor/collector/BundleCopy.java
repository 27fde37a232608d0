package io.meshdoctor.collector;

import io.meshdoctor.collector.Layout.Place;
import io.meshdoctor.collector.Source.Body;
import io.meshdoctor.collector.Source.Bounds;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Unread;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes recordings of a mesh, of whatever form, anew as one redacted bundle, which is diagnosed as
 * they are.
 */
public final class BundleCopy {

  private final MeshState mesh;
  private final BundleReader reader;
  private final BundleWriter writer;
  private final Set<String> written = new HashSet<>();

  private BundleCopy(MeshState mesh, BundleReader reader, BundleWriter writer) {
    this.mesh = mesh;
    this.reader = reader;
    this.writer = writer;
  }

  /**
   * Copies one mesh.
   *
   * @param sources bundles and archives that {@link BundleReader#read} takes
   * @param target the bundle to be written
   * @param redactNames whether clusters, namespaces, workloads, services and nodes get other names,
   *     in this bundle always the same
   * @return what was read of the sources, under its own names
   * @throws UnreadableInputException if a source is none, or they contradict each other
   * @throws IOException if the bundle cannot be written
   */
  public static MeshFacts copy(List<Path> sources, Path target, boolean redactNames)
      throws IOException {
    var mesh = new MeshState();
    var reader = new BundleReader(mesh, Readers.all(), Bounds.DEFAULT);
    reader.add(sources);
    reader.finish();
    var read = Resolver.resolve(mesh);
    var pseudonyms = redactNames ? Pseudonyms.of(names(mesh, read)) : Pseudonyms.NONE;
    try (var writer = BundleWriter.create(target, pseudonyms)) {
      var copy = new BundleCopy(mesh, reader, writer);
      copy.headers();
      for (var part : reader.layouts().entrySet()) {
        Source.of(part.getKey(), Bounds.DEFAULT).walk(copy.new Visit(part.getValue()));
      }
      writer.commit();
      return read;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The names that are those of an operator, and not Istio's. */
  private static Set<String> names(MeshState mesh, MeshFacts read) {
    Set<String> names = new LinkedHashSet<>();
    for (var cluster : mesh.clusters().values()) {
      var state = cluster.kubernetes;
      names.add(cluster.name);
      names.add(cluster.context);
      names.addAll(state.nodes.keySet());
      state.namespaces.keySet().forEach(key -> names.add(key.name()));
      state.services.keySet().forEach(key -> names.addAll(List.of(key.name(), key.namespace())));
      state.templates.keySet().forEach(key -> names.add(key.name()));
      for (var group : state.pods.groups()) {
        names.add(group.alike.namespace());
        names.add(group.alike.workload());
      }
    }
    for (var fact : read.facts()) {
      if (fact instanceof Cluster cluster) {
        names.add(cluster.id());
      } else if (fact instanceof Unread unread && unread.what().startsWith(MeshSink.CONTEXT)) {
        names.add(unread.what().substring(MeshSink.CONTEXT.length()));
      }
    }
    names.remove(mesh.systemNamespace);
    return names;
  }

  private void headers() throws IOException {
    writer.mesh(
        mesh.name,
        mesh.systemNamespace,
        mesh.collectedAt,
        mesh.unread().stream()
            .map(unread -> new BundleWriter.Gap(unread.what(), unread.reason()))
            .toList());
    for (var cluster : mesh.clusters().values()) {
      var listed =
          cluster.listed().stream()
              .filter(all -> all.subject().isEmpty())
              .map(Listed::kind)
              .filter(kind -> Kinds.ofResource(Kinds.resource(kind)).isPresent())
              .collect(Collectors.toCollection(TreeSet::new));
      if (cluster.secretNamesRead) {
        // the table is copied, and believed again as far as it was
        listed.remove("Secret");
      }
      writer.cluster(cluster.name, cluster.context, cluster.server, listed, gaps(cluster));
    }
  }

  /** What a reader of the copy cannot find out anew. */
  private List<BundleWriter.Gap> gaps(ClusterState cluster) {
    Set<BundleWriter.Gap> gaps = new LinkedHashSet<>();
    reader
        .problems(cluster.name)
        .forEach(problem -> gaps.add(new BundleWriter.Gap(problem.what(), problem.reason())));
    for (var unread : cluster.unread()) {
      if (unread.origin().equals(Origin.UNKNOWN)) {
        gaps.add(new BundleWriter.Gap(unread.what(), unread.reason()));
      }
    }
    return new ArrayList<>(gaps);
  }

  /** One way through one source. */
  private final class Visit implements Source.Visitor {

    private final Layout layout;

    Visit(Layout layout) {
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
      try (var in = opened(body)) {
        write(place.get(), in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** What cannot even be opened is a gap already. */
    private InputStream opened(Body body) {
      try {
        return body.open();
      } catch (IOException e) {
        return InputStream.nullInputStream();
      }
    }

    @Override
    public void refused(String path, String reason) {}

    @Override
    public void broken(String reason) {}
  }

  private void write(Place place, InputStream in) throws IOException {
    if (place.kind() == InputKind.PROBE) {
      probe(place, in.readAllBytes());
    } else if (place.kind() == InputKind.POD_LOG) {
      var log = DiscoveryLogReader.ofDiscovery(in);
      add(place, new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));
    } else if (place.kind() != InputKind.MESH && place.kind() != InputKind.CLUSTER) {
      add(place, in);
    }
  }

  /**
   * A part that two bundles have is the same in both, or they would have contradicted each other.
   */
  private void add(Place place, InputStream in) throws IOException {
    var path = BundleLayout.pathOf(place);
    if (written.add(place.cluster() + " " + path)) {
      // why it could not be read to its end is a gap already
      writer.add(place.cluster(), path, in);
    }
  }

  /** Two bundles may have different probes of one name; the same probe counts once. */
  private void probe(Place place, byte[] content) throws IOException {
    if (written.add(place.path() + " " + Arrays.hashCode(content))) {
      var name = place.path().substring(place.path().indexOf('/') + 1);
      for (var number = 2; !written.add(name); number++) {
        name = name.replaceFirst("(-[0-9]+)?[.]json$", "-" + number + ".json");
      }
      writer.probe(name, new ByteArrayInputStream(content));
    }
  }
}
