package io.meshdoctor.collector;

import io.meshdoctor.collector.BundleWriter.Gap;
import io.meshdoctor.collector.Layout.Place;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps what is read of live clusters in a directory of its own, until all is there and can be
 * written as a bundle. What it keeps is redacted already. Nothing is left of the directory, also
 * where the run is stopped.
 */
public final class BundleSpool implements MeshSink, AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final Path target;
  private final Path directory;
  private final BundleRedactor redactor = new BundleRedactor(Pseudonyms.NONE);
  private final BundleHeaders headers = new BundleHeaders(redactor);
  private final SortedMap<String, Part> parts = new TreeMap<>();
  private final Set<Gap> gapsOfMesh = new LinkedHashSet<>();
  private final Thread cleaning = new Thread(this::delete, "clean up");
  private @Nullable Instant startedAt;
  private volatile boolean closed;

  /**
   * Begins a bundle.
   *
   * @param target where it is to be; the directory is beside it for the time
   * @throws IOException if nothing can be written there
   */
  public BundleSpool(Path target) throws IOException {
    this.target = target.toAbsolutePath();
    this.directory =
        Files.createTempDirectory(
            this.target.getParent(), "." + this.target.getFileName() + ".read");
    Runtime.getRuntime().addShutdownHook(cleaning);
  }

  /** What is known of one cluster; its objects lie in one file. */
  private static final class Part {

    private final String context;
    private final String server;
    private final Path directory;
    private final BufferedWriter objects;
    private final SortedSet<String> listed = new TreeSet<>();
    private final Set<Gap> gaps = new LinkedHashSet<>();

    Part(String context, String server, Path directory) throws IOException {
      this.context = context;
      this.server = server;
      this.directory = directory;
      // no name of a kind, for it holds all kinds
      var file = Files.createDirectories(directory.resolve("resources")).resolve("all.json");
      this.objects = Files.newBufferedWriter(file);
    }
  }

  @Override
  public synchronized void cluster(String cluster, String context, String server) {
    if (startedAt == null) {
      startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
    try {
      var of = directory.resolve(BundleLayout.directoryOf(cluster));
      parts.put(cluster, new Part(context, Kubeconfig.server(server), of));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized Part part(String cluster) {
    var part = parts.get(cluster);
    if (part == null) {
      throw new IllegalStateException("No cluster has begun that is called so.");
    }
    return part;
  }

  @Override
  public boolean wantsWholeObjects() {
    return true;
  }

  @Override
  public void object(String cluster, String apiVersion, String kind, JsonNode object)
      throws IOException {
    var part = part(cluster);
    synchronized (part) {
      if (closed) {
        throw new IOException("came too late");
      }
      redactor.object(apiVersion, kind, object, part.objects);
    }
  }

  @Override
  public void listed(String cluster, String kind) {
    var part = part(cluster);
    synchronized (part) {
      part.listed.add(kind);
    }
  }

  @Override
  public void page(PodPage page, InputStream body) throws IOException {
    var part = part(page.cluster());
    if (!Layout.NAME.matcher(page.namespace()).matches()
        || !Layout.NAME.matcher(page.pod()).matches()) {
      throw new IOException("is of a pod whose name cannot be one");
    }
    var path =
        BundleLayout.pathOf(
            new Place(page.kind(), "", page.cluster(), page.namespace(), page.pod(), page.name()));
    var file = part.directory.resolve(path);
    Files.createDirectories(file.getParent());
    var unfinished = Files.createTempFile(file.getParent(), ".", ".part");
    try (var out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
      redactor.part(page.kind(), body, out, new HashSet<>());
    } finally {
      // what came of a page that breaks is of use too, as it is where it is read live
      synchronized (part) {
        if (!closed) {
          Files.move(unfinished, file);
        }
      }
    }
  }

  @Override
  public void unread(String cluster, String what, String reason) {
    var gap = new Gap(what, Printable.line(reason));
    if (cluster.isEmpty()) {
      synchronized (gapsOfMesh) {
        gapsOfMesh.add(gap);
      }
    } else {
      var part = part(cluster);
      synchronized (part) {
        part.gaps.add(gap);
      }
    }
  }

  /**
   * Writes the bundle; nothing is taken afterwards.
   *
   * @param redactNames whether names are replaced, as by {@link BundleCopy#copy}
   * @return what was read, under its own names
   * @throws IOException if it cannot be written
   */
  public synchronized MeshFacts write(boolean redactNames) throws IOException {
    closed = true;
    for (var part : List.copyOf(parts.values())) {
      synchronized (part) {
        part.objects.close();
        document(
            part.directory.resolve("cluster.yaml"),
            headers.cluster(part.context, part.server, part.listed, part.gaps));
      }
      var objects = part.directory.resolve("resources/all.json");
      if (Files.size(objects) == 0) {
        Files.delete(objects);
      }
    }
    document(
        directory.resolve("mesh.yaml"),
        headers.mesh(MeshIntake.LIVE, MeshState.DEFAULT_NAMESPACE, startedAt, gapsOfMesh));
    return BundleCopy.copy(List.of(directory), target, redactNames);
  }

  private static void document(Path file, ObjectNode document) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(document), StandardCharsets.UTF_8);
  }

  /** Takes away the directory, whatever became of the bundle. */
  @Override
  public void close() {
    closed = true;
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(cleaning);
    } catch (IllegalStateException e) {
      // the program ends already, and the hook finds nothing
    }
  }

  private void delete() {
    try (var files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(BundleSpool::delete);
    } catch (IOException | UncheckedIOException e) {
      // what is left of it is redacted
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
