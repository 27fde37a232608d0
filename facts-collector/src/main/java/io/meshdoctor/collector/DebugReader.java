package io.meshdoctor.collector;

import io.meshdoctor.collector.IstiodState.GatewayRow;
import io.meshdoctor.collector.IstiodState.ProxyRow;
import io.meshdoctor.collector.IstiodState.RemoteRow;
import io.meshdoctor.collector.IstiodState.ServiceRow;
import io.meshdoctor.collector.IstiodState.SyncRow;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.ServicePort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads the bodies of istiod's debug endpoints. */
final class DebugReader implements InputReader {

  @Override
  public void read(Input input, MeshState mesh) throws IOException {
    ClusterState cluster = mesh.cluster(input.cluster());
    IstiodState istiod = cluster.controlPlane.istiod(input.namespace(), input.pod());
    String kind = input.name();
    switch (kind) {
      case "clusterz" -> JsonPull.read(input.body(), json -> readClusters(json, istiod));
      case "networkz" -> JsonPull.read(input.body(), json -> readGateways(json, istiod));
      case "endpointShardz" -> {
        istiod.shardsMayBeReplaced = false;
        JsonPull.read(input.body(), json -> readShards(json, istiod));
      }
      case "endpointz" -> {
        if (!istiod.shardsMayBeReplaced) {
          return;
        }
        kind = "endpointShardz";
        JsonPull.read(input.body(), json -> readShards(json, istiod));
      }
      case "registryz" -> JsonPull.read(input.body(), json -> readServices(json, istiod));
      case "adsz" -> JsonPull.read(input.body(), json -> readProxies(json, istiod));
      case "mesh" -> JsonPull.read(input.body(), json -> readMesh(json, istiod));
      case "syncz" -> JsonPull.read(input.body(), json -> readSync(json, istiod));
      case "configz", "mcsz" -> JsonPull.read(input.body(), JsonPull::skip);
      case "krtz" -> {
        // It prints remote secrets with their tokens: nothing of it becomes a fact.
        cluster.holdsCredentials(input.path(), CredentialScan.kinds(input.body()));
        return;
      }
      default -> {
        // Of no use here.
        return;
      }
    }
    cluster.listed(
        kind,
        istiod.subject(),
        Origin.istiod(cluster.name, cluster.context, istiod.namespace, istiod.pod, input.name()));
  }

  private static void readClusters(JsonPull json, IstiodState istiod) throws IOException {
    List<RemoteRow> rows = new ArrayList<>();
    istiod.remotes = rows;
    boolean[] first = {true};
    json.elements(
        () -> {
          JsonNode row = json.tree();
          var remote =
              new RemoteRow(
                  Fields.text(row, "id"),
                  Fields.text(row, "secretName"),
                  Fields.text(row, "syncStatus"));
          // The cluster that istiod is configured from comes first and has no Secret.
          if (first[0] && remote.secret().isEmpty()) {
            istiod.configClusterId = remote.id();
          } else {
            rows.add(remote);
          }
          first[0] = false;
        });
  }

  private static void readGateways(JsonPull json, IstiodState istiod) throws IOException {
    List<GatewayRow> rows = new ArrayList<>();
    istiod.gateways = rows;
    json.elements(
        () -> {
          JsonNode row = json.tree();
          rows.add(
              new GatewayRow(
                  Fields.text(row, "Network"),
                  Fields.text(row, "Cluster"),
                  Fields.text(row, "Addr"),
                  Fields.number(row, 0, "Port"),
                  Fields.number(row, 0, "HBONEPort")));
        });
  }

  private static void readShards(JsonPull json, IstiodState istiod) throws IOException {
    Shards shards = new Shards();
    istiod.shards = shards;
    json.members(
        host ->
            json.members(
                namespace ->
                    json.members(
                        part -> {
                          if (part.equals("Shards")) {
                            json.members(shard -> readShard(json, host, shard, shards));
                          } else {
                            json.skip();
                          }
                        })));
  }

  private static void readShard(JsonPull json, String host, String shard, Shards shards)
      throws IOException {
    int slash = shard.indexOf('/');
    String fullName = host.intern();
    String registry = (slash < 0 ? "" : shard.substring(0, slash)).intern();
    String id = shard.substring(slash + 1).intern();
    json.elements(
        () -> {
          JsonNode endpoint = json.tree();
          List<String> addresses = Fields.texts(endpoint.path("Addresses"));
          // 0 stands for an endpoint whose health nobody reports, as of service entries.
          boolean healthy = Fields.number(endpoint, 0, "HealthStatus") <= 1;
          shards.add(
              new Shards.Kind(
                  fullName,
                  registry,
                  id,
                  Fields.text(endpoint, "Network").intern(),
                  Fields.text(endpoint, "TLSMode").intern(),
                  Fields.text(endpoint, "ServicePortName").intern(),
                  Fields.number(endpoint, 0, "EndpointPort")),
              addresses.isEmpty() ? Fields.text(endpoint, "Address") : addresses.get(0),
              healthy);
        });
  }

  private static void readServices(JsonPull json, IstiodState istiod) throws IOException {
    List<ServiceRow> rows = new ArrayList<>();
    istiod.services = rows;
    json.elements(
        () -> {
          JsonNode service = json.tree();
          String registry = Fields.text(service.path("Attributes"), "ServiceRegistry").intern();
          if (registry.equals("Kubernetes") && !service.has("clusterVIPs")) {
            throw new IOException("does not tell which clusters have a service");
          }
          List<ServicePort> ports = new ArrayList<>();
          for (JsonNode port : service.path("ports").values()) {
            ports.add(
                new ServicePort(
                    Fields.text(port, "name"),
                    Fields.number(port, 0, "port"),
                    // istiod names the protocol that is spoken on top of it
                    Fields.text(port, "protocol").equals("UDP") ? "UDP" : "TCP",
                    ""));
          }
          List<String> ids = new ArrayList<>();
          for (Map.Entry<String, JsonNode> vips :
              service.path("clusterVIPs").path("Addresses").properties()) {
            ids.add(vips.getKey().intern());
          }
          rows.add(new ServiceRow(Fields.text(service, "hostname"), ids, ports, registry));
        });
  }

  private static void readProxies(JsonPull json, IstiodState istiod) throws IOException {
    List<ProxyRow> rows = new ArrayList<>();
    boolean[] counted = {false};
    json.members(
        name -> {
          switch (name) {
            case "totalClients" -> {
              counted[0] = true;
              json.skip();
            }
            case "clients" -> {
              counted[0] = true;
              istiod.proxies = rows;
              json.elements(() -> rows.add(proxy(json.tree())));
            }
            default -> json.skip();
          }
        });
    if (!counted[0]) {
      throw new IOException("does not say how many proxies are connected");
    }
    istiod.proxies = rows;
  }

  private static ProxyRow proxy(JsonNode client) {
    JsonNode metadata = client.path("metadata");
    String namespace = Fields.text(metadata, "NAMESPACE").intern();
    // <pod>.<namespace>-<number of the connection>
    String connection = Fields.text(client, "connectionId");
    int number = connection.lastIndexOf('-');
    String node = number < 0 ? connection : connection.substring(0, number);
    String suffix = "." + namespace;
    String view = Fields.text(metadata, "REQUESTED_NETWORK_VIEW");
    if (view.isEmpty()) {
      view = String.join(",", Fields.texts(metadata.path("REQUESTED_NETWORK_VIEW")));
    }
    String templates = Fields.text(metadata.path("ANNOTATIONS"), "inject.istio.io/templates");
    return new ProxyRow(
        namespace,
        node.endsWith(suffix) ? node.substring(0, node.length() - suffix.length()) : node,
        Fields.text(metadata, "CLUSTER_ID").intern(),
        Fields.text(metadata, "NETWORK").intern(),
        view.intern(),
        Fields.text(metadata, "ISTIO_VERSION").intern(),
        !view.isEmpty() || List.of(templates.split(",")).contains("gateway"));
  }

  private static void readSync(JsonPull json, IstiodState istiod) throws IOException {
    List<SyncRow> rows = new ArrayList<>();
    istiod.unconfirmed = rows;
    json.elements(() -> rows.addAll(Acknowledgements.of(json.tree())));
  }

  private static void readMesh(JsonPull json, IstiodState istiod) throws IOException {
    if (!json.isObject()) {
      throw new IOException("holds no mesh configuration");
    }
    JsonNode mesh = json.tree();
    if (mesh.isEmpty()) {
      throw new IOException("holds no mesh configuration");
    }
    istiod.mesh = MeshConfig.of(mesh);
  }
}
