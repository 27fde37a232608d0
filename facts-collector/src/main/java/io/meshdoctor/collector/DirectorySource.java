package io.meshdoctor.collector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;

/** A directory. Symbolic links in it are not followed: they may lead out of it. */
final class DirectorySource implements Source {

  private static final int MAX_DEPTH = 32;

  private final Path root;
  private final Bounds bounds;
  private int entries;

  DirectorySource(Path root, Bounds bounds) {
    this.root = root;
    this.bounds = bounds;
  }

  @Override
  public void walk(Visitor visitor) {
    entries = 0;
    try {
      walk(children(root), "", 0, visitor);
    } catch (IOException e) {
      throw new UnreadableInputException("%s cannot be read: %s".formatted(root, reason(e)));
    }
  }

  private void walk(List<Path> children, String parent, int depth, Visitor visitor) {
    for (var child : children) {
      if (!visitor.wantsMore()) {
        return;
      }
      if (++entries > bounds.entries()) {
        throw new UnreadableInputException(
            "%s holds more than %d files; give the directory of one bundle"
                .formatted(root, bounds.entries()));
      }
      var path = parent + child.getFileName();
      if (Printable.isPrintable(path)) {
        visit(child, path, depth, visitor);
      } else {
        visitor.refused(Printable.line(path), "has a name with control characters");
      }
    }
  }

  private void visit(Path file, String path, int depth, Visitor visitor) {
    try {
      var attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink()) {
        visitor.refused(path, "is a symbolic link, not followed");
      } else if (attributes.isDirectory()) {
        if (depth == MAX_DEPTH) {
          visitor.refused(path, "lies too deep");
        } else if (visitor.enters(path)) {
          walk(children(file), path + "/", depth + 1, visitor);
        }
      } else if (attributes.isRegularFile()) {
        visitor.file(path, () -> open(file));
      } else {
        visitor.refused(path, "is no regular file");
      }
    } catch (IOException e) {
      visitor.refused(path, reason(e));
    }
  }

  /** Sorted, so that nothing depends on the order of the file system. */
  private static List<Path> children(Path directory) throws IOException {
    try (var children = Files.list(directory)) {
      return children
          .sorted(Comparator.comparing(child -> child.getFileName().toString()))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Opens a file, unless it has become a link since it was looked at. */
  private static InputStream open(Path file) throws IOException {
    try {
      return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw new IOException(reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException ? "permission denied" : "I/O error";
  }
}
