package io.meshdoctor.collector;

import io.meshdoctor.collector.Source.Body;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks at the names in a source until it is clear what the source is a recording of. */
final class Recognition implements Source.Visitor {

  /** A name and a URL. */
  private static final int MAX_CONTEXT = 4096;

  private static final Pattern EXTENSION = Pattern.compile("[.](tar[.]gz|tgz|tar)$");

  /** What istioctl calls the archive that nobody has named. */
  private static final String UNNAMED = "bug-report";

  private final BundleLayout bundle;
  private @Nullable String bundleFile;
  private @Nullable String bugReport;
  private final Set<String> withNodes = new TreeSet<>();
  private final Set<String> withNamespaces = new TreeSet<>();
  private String context = "";
  private String server = "";
  private boolean hasContext;

  private Recognition(Path source) {
    this.bundle = new BundleLayout(source.toString());
  }

  /** What another tool wrote. */
  enum Tool {
    BUG_REPORT,
    DUMP
  }

  /**
   * A recording of one cluster that another tool made.
   *
   * @param source where it is
   * @param root directory in the source that holds everything, with a slash; or empty
   * @param context kubectl context that it was made with; empty where it does not say
   * @param server URL of the API server; empty likewise
   */
  record OfCluster(Path source, Tool tool, String root, String context, String server) {

    /** Its cluster by what the source is called. */
    String givenName() {
      var path = source.toAbsolutePath().normalize();
      var name = nameOf(path);
      var parent = path.getParent();
      return name.equals(UNNAMED) && parent != null ? nameOf(parent) : name;
    }

    Layout layout(String cluster) {
      return tool == Tool.DUMP ? new DumpLayout(root, cluster) : new BugReportLayout(root, cluster);
    }
  }

  /**
   * What a source is.
   *
   * @return nothing if it is a bundle, or nothing that is known
   * @throws UnreadableInputException if it cannot be read at all
   */
  static Optional<OfCluster> of(Path path, Source source) {
    var seen = new Recognition(path);
    source.walk(seen);
    if (seen.bundleFile != null) {
      return Optional.empty();
    }
    if (seen.bugReport != null) {
      return Optional.of(
          new OfCluster(path, Tool.BUG_REPORT, seen.bugReport, seen.context, seen.server));
    }
    seen.withNodes.retainAll(seen.withNamespaces);
    return seen.withNodes.stream()
        .findFirst()
        .map(root -> new OfCluster(path, Tool.DUMP, root, "", ""));
  }

  /** Whether a source holds anything that is known. */
  static boolean isKnown(Path path, Source source) {
    var seen = new Recognition(path);
    source.walk(seen);
    seen.withNodes.retainAll(seen.withNamespaces);
    return seen.bundleFile != null || seen.bugReport != null || !seen.withNodes.isEmpty();
  }

  /** Whether a file is called like an archive. */
  static boolean isArchive(Path path) {
    return EXTENSION.matcher(fileName(path)).find();
  }

  /** Name of a file without what says that it is an archive. */
  static String nameOf(Path path) {
    return EXTENSION.matcher(fileName(path)).replaceFirst("");
  }

  static String fileName(Path path) {
    var name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? "" : Printable.line(name.toString());
  }

  @Override
  public boolean wantsMore() {
    return bundleFile == null && !hasContext;
  }

  @Override
  public boolean enters(String directory) {
    return true;
  }

  @Override
  public void file(String path, Body body) {
    if (bundle.place(path).isPresent()) {
      bundleFile = path;
      return;
    }
    var root = BugReportLayout.rootOf(path);
    if (root.isPresent()) {
      bugReport = bugReport == null ? root.get() : bugReport;
      if (path.equals(bugReport + BugReportLayout.CONTEXT)) {
        hasContext = true;
        readContext(body);
      }
    }
    DumpLayout.rootOf(path).ifPresent(withNodes::add);
    DumpLayout.rootOfNamespace(path).ifPresent(withNamespaces::add);
  }

  private void readContext(Body body) {
    try (var in = body.open()) {
      var text = new String(in.readNBytes(MAX_CONTEXT), StandardCharsets.UTF_8);
      for (var line : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
        if (line.contains("://")) {
          server = server.isEmpty() ? Kubeconfig.server(line) : server;
        } else if (context.isEmpty()) {
          context = Printable.line(line);
        }
      }
    } catch (IOException e) {
      // without it, the name of the file will do
      context = "";
    }
  }

  @Override
  public void refused(String path, String reason) {}

  @Override
  public void broken(String reason) {}
}
