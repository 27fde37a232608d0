package io.meshdoctor.cli;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A healthy mesh of three primaries on three networks: a recorded one of two, and a copy of its
 * second cluster under another name, with other addresses, which each of them knows as it knows the
 * second one. Nobody has asked its proxies anything.
 */
final class ThreePrimaries {

  /** The clusters, by the number that their IDs, networks and addresses have. */
  private static final List<String> NAMES = List.of("", "east", "west", "south");

  private static final JsonMapper JSON = new JsonMapper();

  private ThreePrimaries() {}

  static MeshFiles healthy() {
    var two = Faults.unobserved("multi-primary-multi-network-healthy");
    // what only repeats the other pages
    var repeating = two.paths("clusters/*/istiod/*/*/debug/registryz.json");
    var three = two.without(repeating::contains);
    for (var path : three.paths("clusters/west/**")) {
      three = three.with(moved(path, 2, 3), moved(three.text(path), 2, 3));
    }
    // each has come to know the cluster that it lacks as it knows another one
    three = knowing(three, 1, 2, 3);
    three = knowing(three, 2, 1, 3);
    return knowing(three, 3, 1, 2);
  }

  private static MeshFiles knowing(MeshFiles mesh, int cluster, int known, int lacking) {
    var name = NAMES.get(cluster);
    var page = "clusters/" + name + "/istiod/*/*/debug/%s.json";
    return mesh.editedList(name, "secrets", items -> secret(items, known, lacking))
        .editedJson(page.formatted("clusterz"), rows -> copyRow(rows, "id", known, lacking))
        .editedJson(page.formatted("networkz"), rows -> copyRow(rows, "Cluster", known, lacking))
        .editedJson(page.formatted("endpointShardz"), hosts -> shards(hosts, known, lacking));
  }

  private static void copyRow(JsonNode rows, String id, int known, int lacking) {
    for (var row : List.copyOf(rows.values())) {
      if (row.get(id).asString().equals("cluster" + known)) {
        ((ArrayNode) rows).add(moved(row, known, lacking));
      }
    }
  }

  private static void shards(JsonNode hosts, int known, int lacking) {
    BiConsumer<ObjectNode, String> copy =
        (shards, key) -> {
          if (shards.has(key)) {
            shards.set(moved(key, known, lacking), moved(shards.get(key), known, lacking));
          }
        };
    for (var namespaces : hosts) {
      for (var service : namespaces) {
        copy.accept((ObjectNode) service.get("Shards"), "Kubernetes/cluster" + known);
      }
    }
  }

  private static void secret(ArrayNode items, int known, int lacking) {
    for (var item : List.copyOf(items.values())) {
      if (item.at("/metadata/name").asString().equals("istio-remote-secret-cluster" + known)) {
        var copy = (ObjectNode) moved(item, known, lacking);
        var kubeconfig =
            new String(
                Base64.getDecoder().decode(item.get("data").get("cluster" + known).asString()),
                StandardCharsets.UTF_8);
        copy.putObject("data")
            .put(
                "cluster" + lacking,
                Base64.getEncoder()
                    .encodeToString(
                        moved(kubeconfig, known, lacking).getBytes(StandardCharsets.UTF_8)));
        items.add(copy);
      }
    }
  }

  private static JsonNode moved(JsonNode node, int from, int to) {
    return JSON.readTree(moved(node.toString(), from, to));
  }

  /** A text about one cluster, as it would be about another. */
  private static String moved(String text, int from, int to) {
    var moved =
        text.replace("cluster" + from, "cluster" + to)
            .replace("network" + from, "network" + to)
            .replaceAll("\\b%s\\b".formatted(NAMES.get(from)), NAMES.get(to));
    // addresses of pods, of Services, of gateways and of API servers
    for (var range : Set.of("10.%d.", "10.10%d.", "172.18.%d.", "172.30.%d.")) {
      moved =
          moved.replaceAll(
              "(?<![\\d.])" + range.formatted(from).replace(".", "\\."), range.formatted(to));
    }
    return moved;
  }
}
