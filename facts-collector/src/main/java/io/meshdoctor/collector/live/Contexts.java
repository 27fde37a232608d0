package io.meshdoctor.collector.live;

import io.meshdoctor.collector.UnreadableInputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The contexts of the operator's kubeconfig: one file, or the list of {@code KUBECONFIG}, of which
 * the first file that has something counts, as for kubectl.
 */
final class Contexts {

  private static final YAMLMapper YAML = new YAMLMapper();

  private final String source;
  private final Map<String, Entry> contexts = new LinkedHashMap<>();
  private final Map<String, Entry> clusters = new LinkedHashMap<>();
  private final Map<String, Entry> users = new LinkedHashMap<>();
  private String current = "";

  private Contexts(String source) {
    this.source = source;
  }

  /**
   * A named part of a kubeconfig.
   *
   * @param directory where its file is, which its paths are relative to
   */
  record Entry(JsonNode value, Path directory) {

    static final Entry NONE = new Entry(MissingNode.getInstance(), Path.of(""));

    String text(String name) {
      var text = value.path(name);
      return text.isValueNode() && !text.isNull() ? text.asString("") : "";
    }

    /** The path of a file that it names. */
    Path file(String name) {
      return directory.resolve(text(name));
    }

    /** Its values are left out: they hold tokens. */
    @Override
    public String toString() {
      return "entry of a kubeconfig in " + directory;
    }
  }

  /** A context with the cluster and the user that it names. */
  record Target(String context, Entry cluster, Entry user) {}

  /**
   * Reads the kubeconfig.
   *
   * @param explicit file that the operator gave; null for that of the environment
   * @throws UnreadableInputException if there is none, or one of its files is no kubeconfig
   */
  static Contexts load(@Nullable Path explicit, Map<String, String> environment) {
    var files = files(explicit, environment);
    var contexts =
        new Contexts(files.stream().map(Path::toString).collect(Collectors.joining(", ")));
    var isAny = false;
    for (var file : files) {
      // of a list, some may be missing; the one that was asked for may not
      if (Files.exists(file)) {
        contexts.add(file);
        isAny = true;
      }
    }
    if (!isAny) {
      throw new UnreadableInputException(
          "there is no kubeconfig at %s; give one with --kubeconfig".formatted(contexts.source));
    }
    return contexts;
  }

  private static List<Path> files(@Nullable Path explicit, Map<String, String> environment) {
    if (explicit != null) {
      return List.of(explicit);
    }
    List<Path> files = new ArrayList<>();
    for (var name : environment.getOrDefault("KUBECONFIG", "").split(File.pathSeparator, -1)) {
      if (!name.isBlank()) {
        files.add(Path.of(name));
      }
    }
    if (files.isEmpty()) {
      var home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
      files.add(Path.of(home, ".kube", "config"));
    }
    return files;
  }

  private void add(Path file) {
    JsonNode root;
    try {
      root = YAML.readTree(Files.readAllBytes(file));
    } catch (JacksonException e) {
      // the message of the parser quotes what it read
      throw new UnreadableInputException("%s is no kubeconfig: it is not YAML".formatted(file));
    } catch (IOException e) {
      throw new UnreadableInputException("%s cannot be read".formatted(file));
    }
    if (root.isMissingNode() || root.isNull()) {
      return;
    }
    if (!root.isObject()) {
      throw new UnreadableInputException("%s is no kubeconfig".formatted(file));
    }
    var parent = file.toAbsolutePath().normalize().getParent();
    var directory = parent == null ? Path.of("/") : parent;
    add(root.path("contexts"), "context", directory, contexts);
    add(root.path("clusters"), "cluster", directory, clusters);
    add(root.path("users"), "user", directory, users);
    if (current.isEmpty()) {
      current = root.path("current-context").asString("");
    }
  }

  private static void add(JsonNode list, String part, Path directory, Map<String, Entry> entries) {
    for (var entry : list) {
      entries.putIfAbsent(entry.path("name").asString(""), new Entry(entry.path(part), directory));
    }
  }

  /** All names, the current context first. */
  List<String> names() {
    List<String> names = new ArrayList<>(contexts.keySet());
    names.remove("");
    if (names.remove(current)) {
      names.add(0, current);
    }
    return names;
  }

  /**
   * Checks that there are contexts of some names.
   *
   * @throws UnreadableInputException if there is none of a name; says which is near to it
   */
  void require(List<String> wanted) {
    for (var name : wanted) {
      if (!contexts.containsKey(name)) {
        var near = near(name);
        throw new UnreadableInputException(
            near.isEmpty()
                ? "%s has no context %s; `kubectl config get-contexts` lists them"
                    .formatted(source, name)
                : "%s has no context %s; did you mean %s?".formatted(source, name, near));
      }
    }
  }

  /**
   * A context by its name.
   *
   * @throws UnusableContextException if it names no cluster or user that there is
   */
  Target target(String name) throws UnusableContextException {
    var context = contexts.getOrDefault(name, Entry.NONE);
    var cluster = clusters.get(context.text("cluster"));
    if (cluster == null) {
      throw new UnusableContextException("its context names a cluster that the kubeconfig lacks");
    }
    var userName = context.text("user");
    var user = users.get(userName);
    if (user == null && !userName.isEmpty()) {
      throw new UnusableContextException("its context names a user that the kubeconfig lacks");
    }
    return new Target(name, cluster, user == null ? Entry.NONE : user);
  }

  /** The name that differs least, if it does not differ much. */
  private String near(String name) {
    var best = "";
    var least = Math.max(2, name.length() / 3) + 1;
    for (var other : contexts.keySet()) {
      var distance = distance(name.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        best = other;
      }
    }
    return best;
  }

  /** How many letters have to be put in, taken out or changed. */
  private static int distance(String one, String other) {
    var row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        var change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
