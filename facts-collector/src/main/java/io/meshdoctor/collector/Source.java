package io.meshdoctor.collector;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Something that holds files: a directory, or an archive that is read without unpacking it. */
sealed interface Source permits DirectorySource, ArchiveSource {

  /** Opens a file; at most once, and only while it is visited. */
  @FunctionalInterface
  interface Body {
    InputStream open() throws IOException;
  }

  /** Sees what a source holds. Paths are relative to the source, with {@code /}, without dots. */
  interface Visitor {

    /** Whether the walk goes on. */
    default boolean wantsMore() {
      return true;
    }

    /** Whether to look into a directory. */
    boolean enters(String directory);

    void file(String path, Body body);

    /** Sees something that is not read because it may lead elsewhere, or may not be read. */
    void refused(String path, String reason);

    /** Sees that the source ends before all was read; the last thing it sees. */
    void broken(String reason);
  }

  /**
   * The source at a path.
   *
   * @throws UnreadableInputException if there is nothing
   */
  static Source of(Path path, Bounds bounds) {
    if (!Files.exists(path)) {
      throw new UnreadableInputException(
          "%s does not exist; give the path of a bundle, a directory or a .tar.gz".formatted(path));
    }
    return Files.isDirectory(path)
        ? new DirectorySource(path, bounds)
        : new ArchiveSource(path, bounds);
  }

  /**
   * Shows everything that the source holds to the visitor.
   *
   * @throws UnreadableInputException if it is nothing that can be read, or larger than its bounds
   */
  void walk(Visitor visitor);

  /**
   * How much a source may hold.
   *
   * @param entries number of files and directories
   * @param bytes size of what an archive unpacks to
   */
  record Bounds(int entries, long bytes) {
    static final Bounds DEFAULT = new Bounds(200_000, 8L << 30);
  }
}
