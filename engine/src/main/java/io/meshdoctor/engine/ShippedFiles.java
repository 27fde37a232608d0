package io.meshdoctor.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The files that a class is shipped with: the entries of its jar, or of its directory while
 * developing.
 *
 * @param home the jar or the directory
 */
record ShippedFiles(Path home) {

  /** Those that were shipped with a class. */
  static ShippedFiles with(Class<?> type) {
    try {
      return new ShippedFiles(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
    } catch (URISyntaxException notAPath) {
      throw new IllegalStateException(
          "The class (%s) is not shipped in a file.".formatted(type.getName()), notAPath);
    }
  }

  /**
   * Their names, with slashes, sorted.
   *
   * @param ending of those that are asked for
   */
  List<String> names(String ending) {
    try {
      if (Files.isDirectory(home)) {
        try (var files = Files.walk(home)) {
          return files
              .filter(file -> file.toString().endsWith(ending))
              .map(file -> home.relativize(file).toString().replace('\\', '/'))
              .sorted()
              .toList();
        }
      }
      try (var jar = new ZipFile(home.toFile())) {
        return jar.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.endsWith(ending))
            .sorted()
            .toList();
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Changes whenever they do: of a jar its size and time, of a directory those of all files. */
  String stamp() {
    try (var files = Files.walk(home)) {
      long newest = 0;
      long size = 0;
      for (var file : files.filter(Files::isRegularFile).toList()) {
        newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
        size += Files.size(file);
      }
      return size + "/" + newest;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What stands in one of them. */
  String read(String name) {
    try {
      if (Files.isDirectory(home)) {
        return Files.readString(home.resolve(name));
      }
      try (var jar = new ZipFile(home.toFile());
          var body = jar.getInputStream(jar.getEntry(name))) {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
