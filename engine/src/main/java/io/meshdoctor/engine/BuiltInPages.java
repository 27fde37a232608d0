package io.meshdoctor.engine;

import io.meshdoctor.rules.Header;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/** Finds the pages of the built-in rules beside the classes they are shipped with. */
final class BuiltInPages {

  private static final Pattern PAGE = Pattern.compile("io/meshdoctor/rules/.*/(MD\\d{3})-[^/]*/[^/]+\\.md");

  /** Pages that were not looked for yet. */
  static final BuiltInPages NONE = new BuiltInPages(Path.of(""), Map.of());

  private final Path home;
  private final Map<String, String> entries;

  private BuiltInPages(Path home, Map<String, String> entries) {
    this.home = home;
    this.entries = entries;
  }

  /** Lists the pages; none is read before it is asked for. */
  static BuiltInPages find() {
    try {
      var home = Path.of(Header.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Map<String, String> entries = new HashMap<>();
      if (Files.isDirectory(home)) {
        try (var files = Files.walk(home)) {
          files.forEach(file -> add(home.relativize(file).toString().replace('\\', '/'), entries));
        }
      } else {
        try (var jar = new ZipFile(home.toFile())) {
          jar.stream().forEach(entry -> add(entry.getName(), entries));
        }
      }
      return new BuiltInPages(home, entries);
    } catch (URISyntaxException notAPath) {
      throw new IllegalStateException("The rules are not shipped in a file.", notAPath);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void add(String name, Map<String, String> entries) {
    var matcher = PAGE.matcher(name);
    if (matcher.matches()) {
      entries.put(matcher.group(1), name);
    }
  }

  /** The page of a rule. */
  Optional<Page> of(String id) {
    var entry = entries.get(id);
    if (entry == null) {
      return Optional.empty();
    }
    try {
      if (Files.isDirectory(home)) {
        return Optional.of(new Page(Files.readString(home.resolve(entry))));
      }
      try (var jar = new ZipFile(home.toFile());
          var body = jar.getInputStream(jar.getEntry(entry))) {
        return Optional.of(new Page(new String(body.readAllBytes(), StandardCharsets.UTF_8)));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
