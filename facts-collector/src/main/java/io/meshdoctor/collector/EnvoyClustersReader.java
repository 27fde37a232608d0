package io.meshdoctor.collector;

import io.meshdoctor.collector.EnvoyHost.Counters;
import io.meshdoctor.collector.EnvoyHost.Place;
import io.meshdoctor.collector.ProxyPages.ControlPlaneConnection;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the state of Envoy's clusters as JSON: the page {@code /clusters?format=json}, and what
 * istioctl makes of it, which has names in camel case and lacks clusters without endpoints.
 */
final class EnvoyClustersReader implements InputReader {

  @Override
  public void read(Input input, MeshState mesh) throws IOException {
    ClusterState cluster = mesh.cluster(input.cluster());
    ProxyPages proxy = cluster.proxies.proxy(input.namespace(), input.pod());
    EndpointPage page =
        new EndpointPage(
            input.kind() == InputKind.ENVOY_CLUSTERS
                ? EndpointPage.Source.JSON
                : EndpointPage.Source.ISTIOCTL_JSON);
    boolean[] found = {false};
    try {
      JsonPull.read(
          input.body(),
          json -> {
            if (json.isArray()) {
              found[0] = true;
              json.elements(() -> readCluster(json, page, proxy));
              return;
            }
            json.members(
                name -> {
                  if (name.equals("cluster_statuses") || name.equals("clusterStatuses")) {
                    found[0] = true;
                    json.elements(() -> readCluster(json, page, proxy));
                  } else {
                    json.skip();
                  }
                });
          });
      if (!found[0]) {
        // Every Envoy has clusters of its own.
        throw new IOException("holds no clusters");
      }
      page.complete = true;
    } finally {
      proxy.offer(page);
    }
    listed(cluster, proxy);
  }

  /** Notes that all clusters of a proxy were read. */
  static void listed(ClusterState cluster, ProxyPages proxy) {
    cluster.listed(
        Listed.ENVOY_CLUSTERS,
        proxy.subject(),
        Origin.envoy(cluster.name, cluster.context, proxy.namespace, proxy.pod, "/clusters"));
  }

  private static void readCluster(JsonPull json, EndpointPage page, ProxyPages proxy)
      throws IOException {
    String[] name = {""};
    List<EnvoyHost> hosts = new ArrayList<>(4);
    long[] connection = {0, 0, 0};
    json.members(
        member -> {
          switch (member) {
            case "name" -> name[0] = json.text();
            case "host_statuses", "hostStatuses" ->
                json.elements(
                    () -> {
                      EnvoyHost host = host(json.tree());
                      Counters counters = host.state().counters();
                      hosts.add(host);
                      if (counters != null) {
                        connection[0] += counters.activeConnections();
                        connection[1] += counters.requests();
                        connection[2] += counters.requestErrors();
                      }
                    });
            default -> json.skip();
          }
        });
    EnvoyClusterName cluster = EnvoyClusterName.of(name[0]);
    if (cluster != null) {
      page.add(cluster, hosts);
    } else if (name[0].equals("xds-grpc")) {
      proxy.controlPlane = new ControlPlaneConnection(connection[0], connection[1], connection[2]);
    }
  }

  private static EnvoyHost host(JsonNode status) {
    JsonNode health = either(status, "health_status", "healthStatus");
    boolean ejected = either(health, "failed_outlier_check", "failedOutlierCheck").asBoolean(false);
    boolean failed =
        either(health, "failed_active_health_check", "failedActiveHealthCheck").asBoolean(false);
    String edsHealth = either(health, "eds_health_status", "edsHealthStatus").asString("");
    Place place = place(status.path("address"));
    return new EnvoyHost(
        place.address(),
        new EnvoyHost.State(
            place.port(),
            EnvoyHost.isUsable(edsHealth) && !ejected && !failed,
            ejected,
            Fields.number(status, 0, "priority"),
            counters(status.path("stats"))));
  }

  /** Reads an address of Envoy's API, in either way of writing names. */
  static Place place(JsonNode address) {
    JsonNode socket = either(address, "socket_address", "socketAddress");
    if (socket.isObject()) {
      return new Place(
          Fields.text(socket, "address"), either(socket, "port_value", "portValue").asInt(0));
    }
    JsonNode internal = either(address, "envoy_internal_address", "envoyInternalAddress");
    if (internal.isObject()) {
      return Place.of(
          "envoy://%s/%s"
              .formatted(
                  either(internal, "server_listener_name", "serverListenerName").asString(""),
                  either(internal, "endpoint_id", "endpointId").asString("")));
    }
    return new Place(Fields.text(address.path("pipe"), "path"), 0);
  }

  private static @Nullable Counters counters(JsonNode stats) {
    if (stats.isEmpty()) {
      return null;
    }
    long[] values = new long[6];
    for (JsonNode stat : stats.values()) {
      int index = counterIndex(Fields.text(stat, "name"));
      if (index >= 0) {
        values[index] = Fields.count(stat, "value");
      }
    }
    return counters(values);
  }

  /** Place of a counter among the components of {@link Counters}; -1 for any other. */
  static int counterIndex(String name) {
    return switch (name) {
      case "cx_total" -> 0;
      case "cx_connect_fail" -> 1;
      case "cx_active" -> 2;
      case "rq_total" -> 3;
      case "rq_error" -> 4;
      case "rq_success" -> 5;
      default -> -1;
    };
  }

  static Counters counters(long[] values) {
    return new Counters(values[0], values[1], values[2], values[3], values[4], values[5]);
  }

  private static JsonNode either(JsonNode object, String snakeCase, String camelCase) {
    JsonNode value = object.path(snakeCase);
    return value.isMissingNode() ? object.path(camelCase) : value;
  }
}
