package io.meshdoctor.cli;

import io.meshdoctor.collector.BundleReader;
import io.meshdoctor.collector.MeshFacts;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Diagnostician;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files of a recorded mesh, by their paths in the bundle. What changes it gives another one, so
 * that one recording serves many tests.
 */
final class MeshFiles {

  private static final JsonMapper JSON = new JsonMapper();

  private final String name;
  private final SortedMap<String, byte[]> files;

  private MeshFiles(String name, SortedMap<String, byte[]> files) {
    this.name = name;
    this.files = Collections.unmodifiableSortedMap(files);
  }

  /** Reads an archive into memory. */
  static MeshFiles of(Path archive) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (var tar =
        new TarArchiveInputStream(
            new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(archive))))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          // all is in one directory, named as the mesh
          files.put(
              entry.getName().substring(entry.getName().indexOf('/') + 1), tar.readAllBytes());
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new MeshFiles(archive.getFileName().toString().replace(".tar.gz", ""), files);
  }

  /** Reads a directory into memory. */
  static MeshFiles ofDirectory(Path directory) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (var all = Files.walk(directory)) {
      for (var path : all.filter(Files::isRegularFile).toList()) {
        files.put(directory.relativize(path).toString(), Files.readAllBytes(path));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new MeshFiles(directory.getFileName().toString(), files);
  }

  String name() {
    return name;
  }

  /** Paths of all files. */
  SortedSet<String> paths() {
    return new TreeSet<>(files.keySet());
  }

  /** Paths of the files that a glob matches. */
  List<String> paths(String glob) {
    var matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    return files.keySet().stream().filter(path -> matcher.matches(Path.of(path))).toList();
  }

  /** Names of the clusters, as the operator calls them. */
  SortedSet<String> clusters() {
    SortedSet<String> clusters = new TreeSet<>();
    for (var path : files.keySet()) {
      if (path.startsWith("clusters/")) {
        clusters.add(path.split("/", -1)[1]);
      }
    }
    return clusters;
  }

  String text(String path) {
    return new String(files.get(path), StandardCharsets.UTF_8);
  }

  MeshFiles without(Predicate<String> paths) {
    SortedMap<String, byte[]> rest = new TreeMap<>(files);
    rest.keySet().removeIf(paths);
    return new MeshFiles(name, rest);
  }

  MeshFiles with(String path, String text) {
    SortedMap<String, byte[]> more = new TreeMap<>(files);
    more.put(path, text.getBytes(StandardCharsets.UTF_8));
    return new MeshFiles(name, more);
  }

  MeshFiles edited(String path, UnaryOperator<String> edit) {
    return with(path, edit.apply(text(path)));
  }

  /** With each document of JSON that a glob matches changed in place. */
  MeshFiles editedJson(String glob, Consumer<JsonNode> edit) {
    var mesh = this;
    for (var path : paths(glob)) {
      mesh =
          mesh.edited(
              path,
              text -> {
                var body = JSON.readTree(text);
                edit.accept(body);
                return body.toString();
              });
    }
    return mesh;
  }

  /** With all paths and texts as an operator makes them. */
  MeshFiles renamed(UnaryOperator<String> edit) {
    SortedMap<String, byte[]> all = new TreeMap<>();
    files.forEach(
        (path, bytes) ->
            all.put(
                edit.apply(path),
                edit.apply(new String(bytes, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8)));
    return new MeshFiles(name, all);
  }

  /**
   * With one object changed in place.
   *
   * @param resource in the plural, as its file is called
   * @param object {@code namespace/name}; the name alone where it has no namespace
   */
  MeshFiles edited(String cluster, String resource, String object, Consumer<ObjectNode> edit) {
    return editedList(
        cluster, resource, items -> edit.accept((ObjectNode) items.get(indexOf(items, object))));
  }

  /** Without one object of a list that is complete all the same. */
  MeshFiles without(String cluster, String resource, String object) {
    return editedList(cluster, resource, items -> items.remove(indexOf(items, object)));
  }

  /** With the list of objects of a cluster changed in place. */
  MeshFiles editedList(String cluster, String resource, Consumer<ArrayNode> edit) {
    return editedJson(
        "clusters/%s/resources/%s.json".formatted(cluster, resource),
        list -> edit.accept((ArrayNode) list.get("items")));
  }

  private static int indexOf(ArrayNode items, String object) {
    for (int i = 0; i < items.size(); i++) {
      if (nameOf(items.get(i)).equals(object)) {
        return i;
      }
    }
    throw new IllegalArgumentException("there is no %s".formatted(object));
  }

  private static String nameOf(JsonNode item) {
    var metadata = item.get("metadata");
    var namespace = metadata.path("namespace").asString("");
    var own = metadata.path("name").asString("");
    return namespace.isEmpty() ? own : namespace + "/" + own;
  }

  /** What the readers make of it. */
  MeshFacts facts() {
    try {
      var directory = Files.createTempDirectory("mesh");
      try {
        for (var file : files.entrySet()) {
          var path = directory.resolve(file.getKey());
          Files.createDirectories(path.getParent());
          Files.write(path, file.getValue());
        }
        return BundleReader.read(List.of(directory));
      } finally {
        delete(directory);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  Diagnosis diagnose(Diagnostician doctor) {
    var facts = facts();
    return doctor.diagnose(facts.mesh(), facts.facts());
  }

  private static void delete(Path directory) throws IOException {
    try (var all = Files.walk(directory)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
