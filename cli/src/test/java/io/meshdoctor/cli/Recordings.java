package io.meshdoctor.cli;

import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Diagnostician;
import io.meshdoctor.engine.RuleBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The recordings of real meshes that the tests have. What is expensive is done once. */
final class Recordings {

  static final RuleBase RULES = RuleBase.builtIn();

  static final Diagnostician DOCTOR = new Diagnostician(RULES);

  private static final JsonMapper JSON = new JsonMapper();
  private static final Map<String, MeshFiles> MESHES = new ConcurrentHashMap<>();
  private static final Map<String, Diagnosis> DIAGNOSES = new ConcurrentHashMap<>();

  private Recordings() {}

  /**
   * A recording.
   *
   * @param mesh its files
   * @param expectation what is right to say of it
   */
  record Recording(MeshFiles mesh, JsonNode expectation) {

    String name() {
      return mesh.name();
    }

    Diagnosis diagnosis() {
      return DIAGNOSES.computeIfAbsent(name(), one -> mesh.diagnose(DOCTOR));
    }

    /** For each cause the findings that name it. */
    List<Set<String>> causes() {
      return expectation.get("rootCauses").values().stream()
          .map(cause -> texts(cause.get("codes")))
          .toList();
    }

    /** Findings that are right, or may stand beside those. */
    Set<String> right() {
      var right = texts(expectation.get("also"));
      causes().forEach(right::addAll);
      return right;
    }

    private static Set<String> texts(JsonNode list) {
      return list.values().stream()
          .map(JsonNode::asString)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Some recordings; all those of the directory {@code -Drecordings}, where it is given. */
  static Stream<Recording> chosen(List<String> names) {
    var directory = System.getProperty("recordings", "");
    return directory.isEmpty()
        ? names.stream().map(Recordings::recording)
        : names(Path.of(directory)).stream()
            .map(
                name ->
                    new Recording(
                        MeshFiles.of(Path.of(directory, name + ".tar.gz")),
                        expectation(Path.of(directory), name)));
  }

  static Recording recording(String name) {
    return new Recording(mesh(name), expectation(home(), name));
  }

  /** Names of all of them. */
  static List<String> names() {
    return names(home());
  }

  private static List<String> names(Path directory) {
    try (var files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".tar.gz"))
          .map(name -> name.replace(".tar.gz", ""))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The files of a recording, which is read once. */
  static MeshFiles mesh(String name) {
    return MESHES.computeIfAbsent(name, one -> MeshFiles.of(home().resolve(one + ".tar.gz")));
  }

  private static JsonNode expectation(Path directory, String name) {
    try {
      return JSON.readTree(Files.readString(directory.resolve(name + ".expect.json")));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A healthy mesh that nobody recorded, but that was written from what the documentation says. */
  static MeshFiles written(String name) {
    return MESHES.computeIfAbsent(
        name, one -> MeshFiles.ofDirectory(resource("/meshes").resolve(one)));
  }

  private static Path home() {
    return resource("/recordings");
  }

  private static Path resource(String path) {
    try {
      return Path.of(Recordings.class.getResource(path).toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
