package io.meshdoctor.collector;

import io.meshdoctor.collector.BundleWriter.Gap;
import io.meshdoctor.facts.Origin;
import java.io.IOException;
import java.util.regex.Pattern;

/** Reads {@code cluster.yaml}. Parts of one cluster have one each, which add up. */
final class ClusterReader implements InputReader {

  /** Names and passwords before the host of a URL. */
  private static final Pattern CREDENTIALS = Pattern.compile("//[^/@]*@");

  @Override
  public void read(Input input, MeshState mesh) throws IOException {
    var file = Documents.single(input.body());
    var cluster = mesh.cluster(input.cluster());
    var context = Printable.line(file.path("context").asString(""));
    if (!context.isEmpty()) {
      cluster.context = context;
    }
    server(cluster, Printable.line(file.path("server").asString("")));
    for (var resource : file.path("listed")) {
      Kinds.ofResource(resource.asString("")).ifPresent(cluster::claimListed);
    }
    for (var entry : file.path("unread")) {
      var gap = Gap.of(entry);
      cluster.unread(gap.what(), gap.reason(), Origin.UNKNOWN);
    }
  }

  /** One name with two servers is two clusters. */
  private static void server(ClusterState cluster, String server) {
    var address = CREDENTIALS.matcher(server).replaceAll("//");
    if (!cluster.server.isEmpty() && !address.isEmpty() && !cluster.server.equals(address)) {
      throw new UnreadableInputException(
          "two clusters are called %s: their cluster.yaml name different servers; rename one of the directories below clusters/"
              .formatted(cluster.name));
    }
    cluster.server = address.isEmpty() ? cluster.server : address;
  }
}
