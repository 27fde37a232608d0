package io.meshdoctor.collector;

import io.meshdoctor.facts.Origin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the log of istiod for what it says of remote clusters, and of proxies. */
final class DiscoveryLogReader implements InputReader {

  /** Of a longer line, and of a longer entry, the rest is passed over. */
  private static final int LONGEST = 16 * 1024;

  @Override
  public void read(Input input, MeshState mesh) throws IOException {
    ClusterState cluster = mesh.cluster(input.cluster());
    IstiodState istiod = cluster.controlPlane.istiod(input.namespace(), input.pod());
    RemoteClusterLog remotes = new RemoteClusterLog();
    RejectionLog rejections = new RejectionLog();
    try {
      readEntries(
          new BufferedReader(new InputStreamReader(input.body(), StandardCharsets.UTF_8)),
          entry -> {
            remotes.accept(entry);
            rejections.accept(entry);
          });
    } finally {
      istiod.log = remotes.unsettled();
      istiod.rejections = rejections.current();
    }
    if (remotes.isEmpty()) {
      throw new IOException("holds no line of istiod's log");
    }
    cluster.listed(
        "discovery log",
        istiod.subject(),
        Origin.log(cluster.name, cluster.context, istiod.namespace, istiod.pod, ""));
  }

  private static void readEntries(Reader in, Consumer<LogEntry> log) throws IOException {
    StringBuilder entry = new StringBuilder();
    String line = readLine(in);
    while (line != null) {
      String bare = LogEntry.bare(line);
      if (LogEntry.isHead(bare)) {
        accept(entry, log);
        entry.append(bare);
      } else if (!entry.isEmpty() && entry.length() < LONGEST) {
        entry.append('\n').append(bare);
      }
      line = readLine(in);
    }
    accept(entry, log);
  }

  private static void accept(StringBuilder text, Consumer<LogEntry> log) {
    LogEntry entry = text.isEmpty() ? null : LogEntry.of(text.toString());
    text.setLength(0);
    if (entry != null) {
      log.accept(entry);
    }
  }

  private static @Nullable String readLine(Reader in) throws IOException {
    int c = in.read();
    if (c < 0) {
      return null;
    }
    StringBuilder line = new StringBuilder();
    while (c >= 0 && c != '\n') {
      if (line.length() < LONGEST && c != '\r') {
        line.append((char) c);
      }
      c = in.read();
    }
    return line.toString();
  }
}
