package io.meshdoctor.collector;

import io.meshdoctor.collector.Source.Bounds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The recordings that a path leads to, each of a mesh of its own.
 *
 * @param recordings at least one; what cannot be read is among them, for whoever reads it says why
 * @param passedOver directories beside them that hold no recording
 */
public record RecordedMeshes(List<Path> recordings, List<Path> passedOver) {

  public RecordedMeshes {
    recordings = List.copyOf(recordings);
    passedOver = List.copyOf(passedOver);
  }

  /**
   * Looks what a path is: a recording, where it is a file, or a directory that is laid out as one;
   * else what lies in the directory, its directories and archives. Hidden and other files there are
   * of no interest.
   */
  public static RecordedMeshes at(Path path) {
    if (!Files.isDirectory(path) || isRecording(path)) {
      return new RecordedMeshes(List.of(path), List.of());
    }
    List<Path> recordings = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    for (var child : children(path)) {
      if (!name(child).startsWith(".")) {
        if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
          (holdsRecording(child) ? recordings : others).add(child);
        } else if (Recognition.isArchive(child)) {
          recordings.add(child);
        }
      }
    }
    return recordings.isEmpty()
        ? new RecordedMeshes(List.of(path), List.of())
        : new RecordedMeshes(recordings, others);
  }

  /** What a recording is called, for want of a better name of its mesh. */
  public static String nameOf(Path path) {
    return Recognition.nameOf(path);
  }

  private static boolean isRecording(Path directory) {
    return children(directory).stream().anyMatch(child -> BundleLayout.isTop(name(child)))
        || isForeign(directory);
  }

  /** Whether another tool wrote it, and nothing is around it. */
  private static boolean isForeign(Path directory) {
    try {
      return Recognition.of(directory, Source.of(directory, Bounds.DEFAULT))
          .filter(recording -> recording.root().isEmpty())
          .isPresent();
    } catch (UnreadableInputException unreadable) {
      // several recordings in a directory contradict each other
      return false;
    }
  }

  private static List<Path> children(Path directory) {
    try (var children = Files.list(directory)) {
      return children.sorted().toList();
    } catch (IOException | UncheckedIOException unreadable) {
      return List.of();
    }
  }

  /** Also where it cannot be told. */
  private static boolean holdsRecording(Path directory) {
    try {
      return Recognition.isKnown(directory, Source.of(directory, Bounds.DEFAULT));
    } catch (UnreadableInputException unreadable) {
      return true;
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
