package io.meshdoctor.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files so that nobody ever reads half of one. */
final class WholeFile {

  private WholeFile() {}

  /** What goes into a file. */
  @FunctionalInterface
  interface Content {

    void write(Writer out) throws IOException;
  }

  /**
   * Writes under another name in the same directory, then renames. What is no plain file, such as a
   * pipe, is written to as it is.
   *
   * @throws IOException if that cannot be done; what was there before is still there then
   */
  static void write(Path file, Content content) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      try (var out = Files.newBufferedWriter(file, StandardOpenOption.WRITE)) {
        content.write(out);
      }
      return;
    }
    // where a link leads to a file, the link stays
    var target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    var unfinished =
        target.resolveSibling(".%s.%s.tmp".formatted(target.getFileName(), UUID.randomUUID()));
    try {
      try (var out = Files.newBufferedWriter(unfinished, StandardOpenOption.CREATE_NEW)) {
        content.write(out);
      }
      Files.move(
          unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
