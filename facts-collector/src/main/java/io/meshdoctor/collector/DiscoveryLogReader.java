package io.meshdoctor.collector;

import io.meshdoctor.facts.Origin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the log of istiod for what it says of remote clusters, and of proxies. */
final class DiscoveryLogReader implements InputReader {

  /** Of a longer line, and of a longer entry, the rest is passed over. */
  private static final int LONGEST = 16 * 1024;

  /** Behind it istioctl puts the log of the container that ran before: what it says is over. */
  private static final String PREVIOUS = "========= Previous log =========";

  /** Around the log of each container, where a file has those of all containers of a pod. */
  private static final Pattern CONTAINER =
      Pattern.compile("==== (START|END) logs for container (\\S+) of pod \\S+ ====");

  private final boolean ofAllContainers;

  /**
   * Reads files of one kind.
   *
   * @param ofAllContainers whether they are logs of all containers of any pod, as {@code kubectl
   *     cluster-info dump} writes them
   */
  DiscoveryLogReader(boolean ofAllContainers) {
    this.ofAllContainers = ofAllContainers;
  }

  @Override
  public void read(Input input, MeshState mesh) throws IOException {
    ClusterState cluster = mesh.cluster(input.cluster());
    RemoteClusterLog remotes = new RemoteClusterLog();
    var in = new BufferedReader(new InputStreamReader(input.body(), StandardCharsets.UTF_8));
    if (ofAllContainers && !skipToDiscovery(in)) {
      return;
    }
    IstiodState istiod = cluster.controlPlane.istiod(input.namespace(), input.pod());
    RejectionLog rejections = new RejectionLog();
    ImpersonationLog impersonations = new ImpersonationLog();
    SyncLog syncs = new SyncLog();
    try {
      readEntries(
          in,
          entry -> {
            remotes.accept(entry);
            rejections.accept(entry);
            impersonations.accept(entry);
            syncs.accept(entry);
          });
    } finally {
      istiod.log = remotes.unsettled();
      istiod.rejections = rejections.current();
      istiod.impersonations = impersonations.current();
      istiod.unfilled = syncs.current();
    }
    if (remotes.isEmpty()) {
      throw new IOException("holds no line of istiod's log");
    }
    cluster.listed(
        "discovery log",
        istiod.subject(),
        Origin.log(cluster.name, cluster.context, istiod.namespace, istiod.pod, ""));
  }

  /** The log of istiod alone, of what has those of all containers; empty where it has none. */
  static String ofDiscovery(InputStream logs) throws IOException {
    var in = new BufferedReader(new InputStreamReader(logs, StandardCharsets.UTF_8));
    var log = new StringBuilder();
    if (skipToDiscovery(in)) {
      for (String line = readLine(in); line != null && !isOfContainer(line); line = readLine(in)) {
        log.append(line).append('\n');
      }
    }
    return log.toString();
  }

  private static boolean skipToDiscovery(Reader in) throws IOException {
    for (String line = readLine(in); line != null; line = readLine(in)) {
      Matcher container = CONTAINER.matcher(line);
      if (container.matches()
          && container.group(1).equals("START")
          && container.group(2).equals(PodTemplate.DISCOVERY)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfContainer(String line) {
    // nearly no line is, and a look is cheap
    return line.startsWith("====") && CONTAINER.matcher(line).matches();
  }

  private static void readEntries(Reader in, Consumer<LogEntry> log) throws IOException {
    StringBuilder entry = new StringBuilder();
    String line = readLine(in);
    while (line != null && !line.equals(PREVIOUS) && !isOfContainer(line)) {
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
