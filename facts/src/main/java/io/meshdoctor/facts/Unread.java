package io.meshdoctor.facts;

/**
 * Something that could not be read, so that its silence means nothing.
 *
 * @param cluster operator's name of the cluster; empty where it is of none, or of several
 * @param what kind or source, as in {@link Listed#kind}, or a path in the bundle
 * @param reason why, in a few words
 * @param origin where it was seen
 */
public record Unread(String cluster, String what, String reason, Origin origin) implements Fact {

  public Unread {
    cluster = Normal.text(cluster);
    what = Normal.text(what);
    reason = Normal.text(reason);
    origin = Normal.origin(origin);
  }

  @Override
  public String describe() {
    return "%s%s could not be read: %s"
        .formatted(what, cluster.isEmpty() ? "" : " of " + cluster, reason);
  }
}
