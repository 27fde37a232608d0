package io.meshdoctor.facts;

import java.util.List;

/**
 * A file of a recording holds credentials that whoever has the file can use. None of them is kept.
 *
 * @param cluster operator's name of the cluster that was recorded
 * @param path the file, in the recording
 * @param kinds what it holds, in a few words each: {@code bearer tokens}; sorted
 * @param origin where it was seen
 */
public record HeldCredentials(String cluster, String path, List<String> kinds, Origin origin)
    implements Fact {

  public HeldCredentials {
    cluster = Normal.text(cluster);
    path = Normal.text(path);
    kinds = Normal.list(kinds);
    origin = Normal.origin(origin);
  }

  /** What it holds as one text: {@code bearer tokens, client keys}. */
  public String what() {
    return String.join(", ", kinds);
  }

  @Override
  public String describe() {
    return "file %s of the recording of %s holds live credentials (%s)"
        .formatted(path, cluster, what());
  }
}
