package io.meshdoctor.collector;

import io.meshdoctor.facts.Origin;
import java.io.IOException;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

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
      cluster.unread(what(entry), Printable.line(reason(entry)), Origin.UNKNOWN);
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

  private static String what(JsonNode entry) {
    var name =
        entry.isObject()
            ? entry.path("kind").asString(entry.path("source").asString(""))
            : entry.asString("");
    return Kinds.ofResource(name).orElse(Printable.line(name));
  }

  private static String reason(JsonNode entry) {
    var reason = entry.path("reason").asString("");
    return reason.isEmpty() ? "not collected" : reason;
  }
}
