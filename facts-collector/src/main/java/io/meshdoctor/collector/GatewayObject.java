package io.meshdoctor.collector;

import io.meshdoctor.facts.GatewayServer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** A Gateway of Istio's own API. */
record GatewayObject(ObjectKey key, Map<String, String> selector, List<Server> servers) {

  /** One of its servers; {@code hosts} without the namespaces before them. */
  record Server(int port, String protocol, String tlsMode, List<String> hosts) {}

  static GatewayObject of(JsonNode item) {
    return new GatewayObject(
        ObjectKey.of("gateway.networking.istio.io", item),
        Fields.map(item, "spec", "selector"),
        Fields.elements(item, "spec", "servers").stream().map(GatewayObject::server).toList());
  }

  private static Server server(JsonNode server) {
    return new Server(
        Fields.number(server, 0, "port", "number"),
        Fields.text(server, "port", "protocol"),
        Fields.text(server, "tls", "mode"),
        Fields.texts(server.path("hosts")).stream()
            .map(host -> host.substring(host.indexOf('/') + 1))
            .toList());
  }

  List<GatewayServer> facts(ClusterState cluster) {
    return IntStream.range(0, servers.size())
        .mapToObj(index -> fact(cluster, index, servers.get(index)))
        .toList();
  }

  private GatewayServer fact(ClusterState cluster, int index, Server server) {
    return new GatewayServer(
        cluster.name,
        key.namespace(),
        key.name(),
        selector,
        index,
        server.port(),
        server.protocol(),
        server.tlsMode(),
        server.hosts(),
        key.at(cluster, ".spec.servers"));
  }
}
