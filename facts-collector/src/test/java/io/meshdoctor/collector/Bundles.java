package io.meshdoctor.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes bundles for tests. */
final class Bundles {

  private Bundles() {}

  /** Files by their paths: {@code files("a", "text of a", "b", "text of b")}. */
  static Map<String, String> files(String... pathsAndTexts) {
    var files = new LinkedHashMap<String, String>();
    for (var i = 0; i < pathsAndTexts.length; i += 2) {
      files.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
    }
    return files;
  }

  static Path directory(Path directory, Map<String, String> files) throws IOException {
    Files.createDirectories(directory);
    for (var file : files.entrySet()) {
      var path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return directory;
  }

  static Path archive(Path archive, Map<String, String> files) throws IOException {
    return archive(
        archive,
        tar -> {
          for (var file : files.entrySet()) {
            put(tar, file.getKey(), file.getValue());
          }
        });
  }

  static Path archive(Path archive, TarWriter writer) throws IOException {
    var isGzip = archive.toString().endsWith("gz");
    try (var file = Files.newOutputStream(archive);
        var tar = new TarArchiveOutputStream(isGzip ? new GZIPOutputStream(file) : file, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      writer.write(tar);
    }
    return archive;
  }

  static void put(TarArchiveOutputStream tar, String name, String text) throws IOException {
    var bytes = text.getBytes(UTF_8);
    var entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  static void putSpecial(TarArchiveOutputStream tar, String name, byte type) throws IOException {
    var entry = new TarArchiveEntry(name, type, true);
    if (type == TarConstants.LF_SYMLINK || type == TarConstants.LF_LINK) {
      entry.setLinkName("/etc/passwd");
    }
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  /** Cuts the end of a file off. */
  static Path cut(Path file, int bytes) throws IOException {
    var content = Files.readAllBytes(file);
    return Files.write(file, Arrays.copyOf(content, content.length - bytes));
  }

  @FunctionalInterface
  interface TarWriter {
    void write(TarArchiveOutputStream tar) throws IOException;
  }
}
