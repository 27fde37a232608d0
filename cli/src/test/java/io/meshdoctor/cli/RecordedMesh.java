package io.meshdoctor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was recorded of a mesh, to be served again.
 *
 * @param clusters by the operator's names of them
 */
record RecordedMesh(Map<String, Cluster> clusters) {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * What was recorded of a cluster.
   *
   * @param pages bodies by {@code namespace/pod/path}, where the path of a log is {@code log}
   */
  record Cluster(List<ObjectNode> objects, Map<String, byte[]> pages) {

    /** The same, with a kubelet on loopback for all of its nodes. */
    List<ObjectNode> withKubelet(int port) {
      return objects.stream()
          .map(
              object -> object.path("kind").asString("").equals("Node") ? at(object, port) : object)
          .toList();
    }

    private static ObjectNode at(ObjectNode node, int port) {
      var moved = node.deepCopy();
      var status = (ObjectNode) moved.path("status");
      status.putObject("daemonEndpoints").putObject("kubeletEndpoint").put("Port", port);
      // Only addresses that nodes have to the outside tell meshdoctor anything.
      var addresses = status.putArray("addresses");
      addresses.addObject().put("type", "InternalIP").put("address", "127.0.0.1");
      for (var address : node.path("status").path("addresses")) {
        if (address.path("type").asString("").equals("ExternalIP")) {
          addresses.add(address);
        }
      }
      return moved;
    }
  }

  static RecordedMesh read(Path archive) throws IOException {
    Map<String, Cluster> clusters = new TreeMap<>();
    try (var tar = new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var path = entry.getName().replaceFirst("^(\\./)?([^/]+/)?clusters/", "");
        var slash = path.indexOf('/');
        if (!entry.isDirectory() && slash > 0 && !path.equals(entry.getName())) {
          var cluster =
              clusters.computeIfAbsent(
                  path.substring(0, slash), c -> new Cluster(new ArrayList<>(), new HashMap<>()));
          add(cluster, path.substring(slash + 1), tar.readAllBytes());
        }
      }
    }
    return new RecordedMesh(clusters);
  }

  private static void add(Cluster cluster, String path, byte[] body) {
    var parts = path.split("/", 4);
    if (parts[0].equals("resources")) {
      for (var item : JSON.readTree(new String(body, UTF_8)).path("items")) {
        cluster.objects.add((ObjectNode) item);
      }
    } else if (parts.length == 4) {
      var page =
          switch (parts[3]) {
            case "discovery.log" -> "log";
            case "clusters.json" -> "clusters?format=json";
            case "config_dump.json" -> "config_dump?include_eds";
            default -> parts[3].replaceFirst("\\.json$", "");
          };
      cluster.pages.put("%s/%s/%s".formatted(parts[1], parts[2], page), body);
      // ztunnel is asked without what only Envoy knows
      cluster.pages.put(
          "%s/%s/%s".formatted(parts[1], parts[2], page.replace("?include_eds", "")), body);
    }
  }
}
