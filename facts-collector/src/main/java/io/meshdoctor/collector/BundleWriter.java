package io.meshdoctor.collector;

import io.meshdoctor.collector.Layout.Place;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a bundle as a {@code .tar.gz}, redacted: Secrets lose their secrets, other parts whatever
 * looks like a credential. {@link BundleReader} makes of it the same facts as of its source.
 *
 * <p>The bundle is written under another name in the directory of its target, and renamed by {@link
 * #commit}; until then there is nothing, or what was there before. One content gives one archive,
 * byte for byte. Not for several threads at once.
 */
public final class BundleWriter implements AutoCloseable {

  /** The pages of istiod that facts are made of. Others may print credentials. */
  private static final Set<String> PAGES =
      Set.of(
          "adsz",
          "clusterz",
          "configz",
          "endpointShardz",
          "endpointz",
          "mcsz",
          "mesh",
          "networkz",
          "registryz",
          "syncz");

  private static final JsonMapper JSON = new JsonMapper();

  private final Path target;
  private final Path unfinished;
  private final Path scratch;
  private final TarArchiveOutputStream tar;
  private final BundleRedactor redactor;
  private final BundleHeaders headers;
  private final BundleLayout layout;
  private final Set<String> written = new HashSet<>();

  /**
   * By the directory of their cluster, the kinds that were read completely and have no object yet.
   */
  private final SortedMap<String, SortedSet<String>> withoutObjects = new TreeMap<>();

  private boolean closed;

  private BundleWriter(Path target, Pseudonyms pseudonyms) throws IOException {
    var path = target.toAbsolutePath();
    var name = "." + path.getFileName();
    this.target = path;
    this.redactor = new BundleRedactor(pseudonyms);
    this.headers = new BundleHeaders(redactor);
    this.layout = new BundleLayout(target.toString());
    this.unfinished = Files.createTempFile(path.getParent(), name, ".part");
    this.scratch = Files.createTempFile(path.getParent(), name, ".entry");
    // of a run that is stopped, nothing is left either
    unfinished.toFile().deleteOnExit();
    scratch.toFile().deleteOnExit();
    var gzip = new GzipParameters();
    // the time would make each archive another one
    gzip.setModificationTime(0);
    this.tar =
        new TarArchiveOutputStream(
            new GzipCompressorOutputStream(
                new BufferedOutputStream(Files.newOutputStream(unfinished)), gzip),
            StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  /**
   * A part that could not be read.
   *
   * @param what a Kubernetes kind ({@code Secret}), or a path in the bundle
   * @param reason why, in a few words
   */
  public record Gap(String what, String reason) {}

  /**
   * Begins a bundle.
   *
   * @param target where it is to be
   * @throws IOException if nothing can be written in its directory
   */
  public static BundleWriter create(Path target) throws IOException {
    return create(target, Pseudonyms.NONE);
  }

  static BundleWriter create(Path target, Pseudonyms pseudonyms) throws IOException {
    return new BundleWriter(target, pseudonyms);
  }

  /**
   * Writes {@code mesh.yaml}.
   *
   * @param name name of the mesh; empty where it has none
   * @param systemNamespace the namespace that Istio is installed in
   * @param collectedAt when the clusters were read; null where that is not known
   */
  public void mesh(String name, String systemNamespace, @Nullable Instant collectedAt)
      throws IOException {
    document("mesh.yaml", headers.mesh(name, systemNamespace, collectedAt));
  }

  /**
   * Writes {@code cluster.yaml}; the first that is to be written of a cluster.
   *
   * @param name the operator's name of the cluster
   * @param context the kubectl context that leads to it; empty where unknown
   * @param server URL of its API server; empty likewise
   * @param listed kinds of which everything was read, as in {@link
   *     io.meshdoctor.facts.Listed#KINDS}
   * @param gaps what could not be read
   */
  public void cluster(
      String name, String context, String server, SortedSet<String> listed, List<Gap> gaps)
      throws IOException {
    document(path(name, "cluster.yaml"), headers.cluster(context, server, listed, gaps));
    withoutObjects.put(path(name, "resources/"), new TreeSet<>(listed));
  }

  /**
   * Writes a part of a cluster. What no fact is made of is left out.
   *
   * @param cluster the operator's name of the cluster
   * @param path where it is in the directory of the cluster: {@code resources/pods.json}, {@code
   *     istiod/NAMESPACE/POD/debug/clusterz}; not twice the same
   * @param body its bytes, in any form that {@link BundleReader} takes there; left open
   * @return why not all of it could be read, in a few words; what could be is written
   * @throws IOException if the bundle cannot be written
   */
  public Optional<String> add(String cluster, String path, InputStream body) throws IOException {
    return part(path(cluster, path), body);
  }

  /**
   * Writes the result of a probe.
   *
   * @param name name of its file below {@code probes/}, which ends with {@code .json}
   * @param body its bytes; left open
   * @return why not all of it could be read, in a few words
   * @throws IOException if the bundle cannot be written
   */
  public Optional<String> probe(String name, InputStream body) throws IOException {
    return part("probes/" + redactor.text(name), body);
  }

  private Optional<String> part(String path, InputStream body) throws IOException {
    var place = layout.place(path);
    if (place.isEmpty() || !isOfUse(place.get())) {
      return Optional.empty();
    }
    Optional<String> problem;
    try (var out = new CheckedOutput(new BufferedOutputStream(Files.newOutputStream(scratch)))) {
      problem = redact(place.get(), body, out);
    }
    if (Files.size(scratch) > 0) {
      entry(path, scratch);
    }
    return problem;
  }

  /** Tells its own failures from those of what is written to it. */
  private static final class CheckedOutput extends FilterOutputStream {

    private @Nullable IOException failure;

    CheckedOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }

  private static boolean isOfUse(Place place) {
    return place.kind() != InputKind.DEBUG || PAGES.contains(place.name());
  }

  /** What could be read of a part that breaks is written, as facts are made of it too. */
  private Optional<String> redact(Place place, InputStream in, CheckedOutput out)
      throws IOException {
    try {
      Set<String> kinds = new HashSet<>();
      redactor.part(place.kind(), in, out, kinds);
      withoutObjects
          .getOrDefault(BundleLayout.directoryOf(place.cluster()) + "resources/", new TreeSet<>())
          .removeAll(kinds);
      return Optional.empty();
    } catch (UnreadableInputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (out.failure != null) {
        throw out.failure;
      }
      return Optional.of(Intake.reason(e));
    }
  }

  private String path(String cluster, String path) {
    var parts = path.split("/", -1);
    // of what is below an istiod or a proxy, its namespace and its name
    var last = parts[0].equals("resources") ? parts.length : Math.min(parts.length, 3);
    for (var part = 1; part < last; part++) {
      parts[part] = redactor.text(parts[part]);
    }
    return BundleLayout.directoryOf(redactor.text(cluster)) + String.join("/", parts);
  }

  /**
   * Writes an empty list for each kind that was read and has no object, so that it can be told from
   * one whose file was taken away.
   */
  private void emptyLists() throws IOException {
    var empty = JsonNodeFactory.instance.objectNode();
    empty.put("apiVersion", "v1").put("kind", "List").putArray("items");
    for (var cluster : withoutObjects.entrySet()) {
      for (var kind : cluster.getValue()) {
        document(cluster.getKey() + "empty/" + Kinds.file(kind), empty);
      }
    }
  }

  private void document(String path, ObjectNode document) throws IOException {
    Files.write(scratch, JSON.writeValueAsBytes(document));
    entry(path, scratch);
  }

  private void entry(String path, Path content) throws IOException {
    if (!written.add(path)) {
      throw new IOException("has " + Printable.line(path) + " already");
    }
    var entry = new TarArchiveEntry(path, true);
    entry.setSize(Files.size(content));
    entry.setMode(TarArchiveEntry.DEFAULT_FILE_MODE);
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    Files.copy(content, tar);
    tar.closeArchiveEntry();
  }

  /**
   * Ends the bundle and puts it in its place, once it is on the disk.
   *
   * @throws IOException if it cannot be written; then there is no bundle, or the one before
   */
  public void commit() throws IOException {
    emptyLists();
    tar.close();
    try (var file = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      file.force(true);
    }
    try {
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    }
    close();
  }

  /** Takes back a bundle that was not ended. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        tar.close();
      } finally {
        Files.deleteIfExists(scratch);
        Files.deleteIfExists(unfinished);
      }
    }
  }
}
