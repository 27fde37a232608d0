package io.meshdoctor.collector;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Where things are in a source: in a bundle, or in what another tool wrote of one cluster. */
sealed interface Layout permits BundleLayout, BugReportLayout, DumpLayout {

  /** Names of Kubernetes objects; also of debug endpoints. They become part of commands. */
  Pattern NAME = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9._]*");

  /**
   * A piece of input; its components are those of {@link Input}.
   *
   * @param path relative to what the layout is of
   */
  record Place(
      InputKind kind, String path, String cluster, String namespace, String pod, String name) {}

  /**
   * What a file is.
   *
   * @param path its path in the source
   * @return nothing if it is of no use
   * @throws UnreadableInputException if it belongs to another recording than the files before
   */
  Optional<Place> place(String path);

  /** Whether there may be something of use, as far as the beginning of the path tells. */
  boolean covers(String path);

  /** The path in the recording of something in the source; the same path if it is in none. */
  String inside(String path);

  /** The cluster that something belongs to; empty if it belongs to none. */
  String cluster(String path);

  /**
   * The Kubernetes kinds of which something may hold a part.
   *
   * @param path in the recording
   */
  Set<String> kinds(String path);

  /**
   * The Kubernetes kinds that a file has all objects of, even where it has none.
   *
   * @param path in the recording
   */
  Set<String> complete(String path);
}
