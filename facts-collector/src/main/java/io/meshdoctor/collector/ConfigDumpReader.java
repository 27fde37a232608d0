package io.meshdoctor.collector;

import io.meshdoctor.collector.EnvoyHost.Place;
import io.meshdoctor.collector.ProxyPages.NodeRow;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads Envoy's page {@code /config_dump?include_eds}, and ztunnel's {@code /config_dump}. The
 * parts that they consist of have members of different names, so they are told apart by these.
 */
final class ConfigDumpReader implements InputReader {

  private static final String LISTENERS = "envoy.admin.v3.ListenersConfigDump";

  @Override
  public void read(Input input, MeshState mesh) throws IOException {
    ClusterState cluster = mesh.cluster(input.cluster());
    ProxyPages proxy = cluster.proxies.proxy(input.namespace(), input.pod());
    Dump dump = new Dump(cluster, proxy);
    try {
      JsonPull.read(
          input.body(),
          json ->
              json.members(
                  name -> {
                    if (name.equals("configs")) {
                      json.elements(() -> dump.readPart(json));
                    } else if (ZtunnelDump.isMember(name)) {
                      dump.readZtunnel(name, json);
                    } else {
                      json.skip();
                    }
                  }));
      dump.end();
    } finally {
      dump.keep();
    }
  }

  /** What was found in a dump so far. */
  private static final class Dump {

    private final ClusterState cluster;
    private final ProxyPages proxy;
    private final EndpointPage endpoints = new EndpointPage(EndpointPage.Source.CONFIG_DUMP);
    private final List<DumpedListener> listeners = new ArrayList<>();
    private final DumpedCertificates certificates = new DumpedCertificates();
    private boolean hasEndpoints;
    private boolean any;
    private @Nullable ZtunnelDump ztunnel;

    Dump(ClusterState cluster, ProxyPages proxy) {
      this.cluster = cluster;
      this.proxy = proxy;
    }

    void readPart(JsonPull json) throws IOException {
      any = true;
      boolean[] isListeners = {false};
      json.members(
          name -> {
            switch (name) {
              case "@type" -> isListeners[0] = json.text().endsWith(LISTENERS);
              case "bootstrap" -> readBootstrap(json);
              case "dynamic_listeners" ->
                  json.elements(() -> listeners.add(DumpedListener.read(json)));
              case "dynamic_active_secrets" ->
                  json.elements(() -> certificates.accept(json.tree()));
              case "dynamic_endpoint_configs" -> {
                hasEndpoints = true;
                json.elements(() -> readEndpoints(json));
              }
              default -> json.skip();
            }
          });
      if (isListeners[0]) {
        listed(Listed.ENVOY_LISTENERS);
      }
    }

    void readZtunnel(String name, JsonPull json) throws IOException {
      ztunnel = ztunnel == null ? new ZtunnelDump() : ztunnel;
      ztunnel.read(name, json);
    }

    private void readBootstrap(JsonPull json) throws IOException {
      json.members(
          part -> {
            if (part.equals("node")) {
              readNode(json);
            } else {
              json.skip();
            }
          });
    }

    private void readNode(JsonPull json) throws IOException {
      String[] id = {""};
      @Nullable JsonNode[] metadata = {null};
      json.members(
          name -> {
            switch (name) {
              case "id" -> id[0] = json.text();
              case "metadata" -> metadata[0] = json.tree();
              default -> json.skip();
            }
          });
      JsonNode found = metadata[0];
      if (found != null) {
        proxy.node =
            new NodeRow(
                Fields.text(found, "CLUSTER_ID"),
                Fields.text(found, "NETWORK"),
                Fields.text(found, "REQUESTED_NETWORK_VIEW"),
                id[0].startsWith("router~"));
      }
    }

    private void readEndpoints(JsonPull json) throws IOException {
      json.members(
          part -> {
            if (!part.equals("endpoint_config")) {
              json.skip();
              return;
            }
            String[] name = {""};
            List<JsonNode> localities = new ArrayList<>(2);
            json.members(
                member -> {
                  switch (member) {
                    case "cluster_name" -> name[0] = json.text();
                    case "endpoints" -> json.elements(() -> localities.add(json.tree()));
                    default -> json.skip();
                  }
                });
            EnvoyClusterName service = EnvoyClusterName.of(name[0]);
            if (service != null) {
              endpoints.add(service, List.of());
              localities.forEach(locality -> addLocality(service, locality));
            }
          });
    }

    private void addLocality(EnvoyClusterName service, JsonNode locality) {
      int priority = Fields.number(locality, 0, "priority");
      List<EnvoyHost> hosts = new ArrayList<>(2);
      for (JsonNode endpoint : locality.path("lb_endpoints").values()) {
        Place place = EnvoyClustersReader.place(endpoint.path("endpoint").path("address"));
        hosts.add(
            new EnvoyHost(
                place.address(),
                new EnvoyHost.State(
                    place.port(),
                    EnvoyHost.isUsable(Fields.text(endpoint, "health_status")),
                    false,
                    priority,
                    null)));
        String id = clusterId(endpoint.path("metadata").path("filter_metadata").path("istio"));
        if (!id.isEmpty()) {
          proxy.locate(service, place, id);
        }
      }
      endpoints.add(service, hosts);
    }

    /** Istiod writes {@code workload;namespace;service;version;cluster}. */
    private static String clusterId(JsonNode metadata) {
      String[] parts = Fields.text(metadata, "workload").split(";", -1);
      return parts.length < 5 ? "" : parts[4].intern();
    }

    void end() throws IOException {
      if (!any && ztunnel != null) {
        cluster.listed(
            "ztunnel config",
            proxy.subject(),
            Origin.ztunnel(cluster.name, cluster.context, proxy.namespace, proxy.pod));
        return;
      }
      if (!any) {
        throw new IOException("holds no configuration");
      }
      endpoints.complete = true;
      listed(Listed.ENVOY_CONFIG);
      if (hasEndpoints) {
        // Envoy dumps the endpoints of every cluster that it was given, of empty ones as well.
        EnvoyClustersReader.listed(cluster, proxy);
      }
    }

    /** Keeps what was found, of a dump that breaks as well. */
    void keep() {
      if (!any) {
        proxy.ztunnel = ztunnel;
      }
      proxy.listeners = listeners.stream().flatMap(listener -> listener.rows().stream()).toList();
      listeners.forEach(listener -> proxy.sniRoutes.addAll(listener.routes()));
      proxy.dumpedCertificates = certificates.row();
      if (hasEndpoints) {
        proxy.offer(endpoints);
      }
    }

    private void listed(String kind) {
      cluster.listed(
          kind,
          proxy.subject(),
          Origin.envoy(cluster.name, cluster.context, proxy.namespace, proxy.pod, "/config_dump"));
    }
  }
}
