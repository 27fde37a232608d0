package io.meshdoctor.collector;

import io.meshdoctor.collector.Source.Bounds;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Makes facts of one mesh, whose clusters are live, or recorded in bundles, or of both kinds. */
public final class MeshIntake implements MeshSink {

  /** What to call a mesh whose clusters are live, for want of a name. */
  static final String LIVE = "live";

  private final MeshState mesh = new MeshState();
  private final Map<InputKind, InputReader> readers = Readers.all();
  private final KubernetesReader objects = new KubernetesReader();
  private @Nullable Instant startedAt;
  private final Set<String> live = new TreeSet<>();
  private volatile boolean closed;

  /**
   * Takes all that bundles hold.
   *
   * @throws UnreadableInputException as {@link BundleReader#read}
   */
  public void bundles(List<Path> paths) {
    var reader = new BundleReader(mesh, readers, Bounds.DEFAULT);
    reader.add(paths);
    reader.finish();
  }

  @Override
  public synchronized void cluster(String cluster, String context, String server) {
    if (mesh.clusters().containsKey(cluster)) {
      throw new UnreadableInputException(
          "two clusters are called %s: one is live, the other in a bundle; leave one out"
              .formatted(cluster));
    }
    if (startedAt == null) {
      startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
    live.add(cluster);
    var state = mesh.cluster(cluster);
    state.context = context;
    state.server = Kubeconfig.server(server);
  }

  @Override
  public boolean wantsWholeObjects() {
    return false;
  }

  @Override
  public void object(String cluster, String apiVersion, String kind, JsonNode object)
      throws IOException {
    var state = mesh.cluster(cluster);
    synchronized (state.kubernetes) {
      if (closed) {
        throw new IOException("came too late");
      }
      objects.object(state, apiVersion, kind, object);
    }
  }

  @Override
  public void listed(String cluster, String kind) {
    mesh.cluster(cluster).listed(kind);
  }

  @Override
  public void page(PodPage page, InputStream body) throws IOException {
    var reader = readers.get(page.kind());
    if (reader == null) {
      throw new IllegalArgumentException("No reader takes pages of kind (%s).".formatted(page));
    }
    var path = "%s/%s %s".formatted(page.namespace(), page.pod(), page.name()).strip();
    try {
      reader.read(
          new Input(
              page.kind(), path, page.cluster(), page.namespace(), page.pod(), page.name(), body),
          mesh);
    } catch (JacksonException e) {
      throw new IOException(Json.reason(e), e);
    }
  }

  /** {@inheritDoc} What is a kind of {@link Listed#KINDS} was then not read completely. */
  @Override
  public void unread(String cluster, String what, String reason) {
    var line = Printable.line(reason);
    if (cluster.isEmpty()) {
      mesh.unread(what, line);
    } else {
      mesh.cluster(cluster).unread(what, line, Origin.UNKNOWN);
    }
  }

  /** Operator's names of those of the clusters that are live. */
  public synchronized Set<String> live() {
    return Set.copyOf(live);
  }

  /** All facts of what was taken; no objects are taken afterwards, but results of probes are. */
  public MeshFacts facts() {
    closed = true;
    for (var state : mesh.clusters().values()) {
      synchronized (state.kubernetes) {
        state.settleClaims();
      }
    }
    if (startedAt != null) {
      mesh.collectedAt = mesh.collectedAt == null ? startedAt : latest(mesh.collectedAt, startedAt);
    }
    if (mesh.name.isEmpty()) {
      mesh.name = LIVE;
    }
    return Resolver.resolve(mesh);
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
