package io.meshdoctor.cli;

import io.meshdoctor.engine.Diagnosis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A fault that somebody had with a real mesh, and what is known of that mesh: a healthy one of the
 * same topology, changed to what was reported.
 *
 * @param name its directory
 * @param url the thread
 * @param title what it was called
 * @param codes findings that name what it turned out to be, any of which is right
 * @param also what may be said beside it
 * @param mesh the mesh
 */
record Incident(
    String name, String url, String title, List<String> codes, List<String> also, MeshFiles mesh) {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Map<String, Diagnosis> DIAGNOSES = new ConcurrentHashMap<>();

  /** Whether it was written down before the rule that would find it. */
  boolean isAwaitingItsRule() {
    return codes.stream().noneMatch(code -> Recordings.RULES.rule(code).isPresent());
  }

  /** What is said of it, which is found out once. */
  Diagnosis diagnosis() {
    return DIAGNOSES.computeIfAbsent(name, one -> mesh.diagnose(Recordings.DOCTOR));
  }

  /** All that can be put into a bundle, by name. */
  static List<Incident> all() {
    try (var directories = Files.list(home())) {
      return directories.filter(Files::isDirectory).sorted().map(Incident::of).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The others, each with the reason why. */
  static List<JsonNode> inexpressible() {
    return read(home().resolve("inexpressible.yaml")).values().stream().toList();
  }

  private static Path home() {
    try {
      return Path.of(Incident.class.getResource("/incidents").toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static JsonNode read(Path file) {
    return YAML.readTree(file.toFile());
  }

  private static Incident of(Path directory) {
    var scenario = read(directory.resolve("scenario.yaml"));
    var base = scenario.get("base").asString();
    var mesh = Recordings.names().contains(base) ? Recordings.mesh(base) : Recordings.written(base);
    for (var change : scenario.get("changes")) {
      mesh = changed(mesh, change);
    }
    return new Incident(
        directory.getFileName().toString(),
        scenario.get("url").asString(),
        scenario.get("title").asString(),
        texts(scenario.get("expect")),
        texts(scenario.path("also")),
        mesh);
  }

  private static List<String> texts(JsonNode list) {
    return list.values().stream().map(JsonNode::asString).toList();
  }

  /** What a change does that is missing in the base is a mistake, and said so. */
  private static MeshFiles changed(MeshFiles mesh, JsonNode change) {
    if (change.has("object")) {
      return changedObject(mesh, change);
    }
    if (change.has("without")) {
      var gone = found(mesh, change.get("without").asString());
      return mesh.without(gone::contains);
    }
    var file = change.get("file").asString();
    if (change.has("content")) {
      var files = mesh.paths(file);
      return mesh.with(
          files.isEmpty() ? plain(file) : files.get(0), change.get("content").asString());
    }
    for (var path : found(mesh, file)) {
      mesh = mesh.edited(path, text -> changed(text, change));
    }
    return mesh;
  }

  private static String changed(String text, JsonNode change) {
    for (var replaced : change.path("replace").properties()) {
      if (!text.contains(replaced.getKey())) {
        throw new IllegalArgumentException(
            "there is no %s in %s".formatted(replaced.getKey(), change.get("file")));
      }
      text = text.replace(replaced.getKey(), replaced.getValue().asString());
    }
    return text + change.path("append").asString("");
  }

  private static MeshFiles changedObject(MeshFiles mesh, JsonNode change) {
    var resource = change.get("object").asString().split(" ", 2);
    var cluster = change.get("in").asString();
    return change.has("merge")
        ? mesh.edited(
            cluster, resource[0], resource[1], object -> merge(object, change.get("merge")))
        : mesh.without(cluster, resource[0], resource[1]);
  }

  /** As a JSON merge patch does: what is null goes, a list is put in the place of the other. */
  private static void merge(ObjectNode object, JsonNode patch) {
    for (var member : patch.properties()) {
      var value = member.getValue();
      if (value.isNull()) {
        object.remove(member.getKey());
      } else if (value.isObject() && object.path(member.getKey()).isObject()) {
        merge((ObjectNode) object.get(member.getKey()), value);
      } else {
        object.set(member.getKey(), value);
      }
    }
  }

  private static List<String> found(MeshFiles mesh, String glob) {
    var files = mesh.paths(glob);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no file is like %s".formatted(glob));
    }
    return files;
  }

  private static String plain(String path) {
    if (path.contains("*")) {
      throw new IllegalArgumentException("no file is like %s".formatted(path));
    }
    return path;
  }
}
