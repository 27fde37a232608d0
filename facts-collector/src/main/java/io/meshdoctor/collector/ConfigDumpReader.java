package io.meshdoctor.collector;

import io.meshdoctor.collector.EnvoyHost.Place;
import io.meshdoctor.collector.ProxyPages.CertificateRow;
import io.meshdoctor.collector.ProxyPages.ListenerRow;
import io.meshdoctor.collector.ProxyPages.NodeRow;
import io.meshdoctor.collector.ProxyPages.SniRoute;
import io.meshdoctor.facts.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads Envoy's page {@code /config_dump?include_eds}. The parts that it consists of have members
 * of different names, so they are told apart by these.
 */
final class ConfigDumpReader implements InputReader {

  private static final String LISTENERS = "envoy.admin.v3.ListenersConfigDump";
  private static final int URI = 6;

  @Override
  public void read(Input input, MeshState mesh) throws IOException {
    ClusterState cluster = mesh.cluster(input.cluster());
    ProxyPages proxy = cluster.proxies.proxy(input.namespace(), input.pod());
    Dump dump = new Dump(proxy);
    try {
      JsonPull.read(
          input.body(),
          json ->
              json.members(
                  name -> {
                    if (name.equals("configs")) {
                      json.elements(() -> readPart(json, dump, cluster));
                    } else {
                      json.skip();
                    }
                  }));
      if (dump.parts == 0) {
        throw new IOException("holds no configuration");
      }
      dump.endpoints.complete = dump.hasEndpoints;
    } finally {
      dump.end();
    }
    listed(cluster, proxy, "Envoy config");
  }

  private static void listed(ClusterState cluster, ProxyPages proxy, String kind) {
    cluster.listed(
        kind,
        proxy.subject(),
        Origin.envoy(cluster.name, cluster.context, proxy.namespace, proxy.pod, "/config_dump"));
  }

  private static void readPart(JsonPull json, Dump dump, ClusterState cluster)
      throws IOException {
    dump.parts++;
    boolean[] listeners = {false};
    json.members(
        name -> {
          switch (name) {
            case "@type" -> listeners[0] = json.text().endsWith(LISTENERS);
            case "bootstrap" -> readBootstrap(json, dump.proxy);
            case "dynamic_listeners" -> json.elements(() -> readListener(json, dump));
            case "dynamic_active_secrets" -> json.elements(() -> readSecret(json.tree(), dump));
            case "dynamic_endpoint_configs" -> {
              dump.hasEndpoints = true;
              json.elements(() -> readEndpoints(json, dump));
            }
            default -> json.skip();
          }
        });
    if (listeners[0]) {
      listed(cluster, dump.proxy, "Envoy listeners");
    }
  }

  private static void readBootstrap(JsonPull json, ProxyPages proxy) throws IOException {
    json.members(
        part -> {
          if (!part.equals("node")) {
            json.skip();
            return;
          }
          String[] id = {""};
          JsonNode[] metadata = {null};
          json.members(
              name -> {
                switch (name) {
                  case "id" -> id[0] = json.text();
                  case "metadata" -> metadata[0] = json.tree();
                  default -> json.skip();
                }
              });
          if (metadata[0] != null) {
            proxy.node =
                new NodeRow(
                    Json.text(metadata[0], "CLUSTER_ID"),
                    Json.text(metadata[0], "NETWORK"),
                    Json.text(metadata[0], "REQUESTED_NETWORK_VIEW"),
                    id[0].startsWith("router~"));
          }
        });
  }

  private static void readListener(JsonPull json, Dump dump) throws IOException {
    Listener listener = new Listener();
    json.members(
        name -> {
          switch (name) {
            case "active_state" -> {
              listener.active = true;
              listener.clear();
              readState(json, listener);
            }
            case "draining_state" -> {
              // What only drains keeps the chains it had; an active state outweighs it.
              if (listener.active) {
                json.skip();
              } else {
                listener.draining = true;
                readState(json, listener);
              }
            }
            default -> json.skip();
          }
        });
    if (listener.active || listener.draining) {
      dump.listeners.add(new ListenerRow(listener.port, listener.active, listener.chains));
    }
    if (listener.active) {
      listener.sni.forEach(
          service -> dump.proxy.sniRoutes.add(new SniRoute(listener.port, service)));
    }
  }

  private static void readState(JsonPull json, Listener listener) throws IOException {
    json.members(
        state -> {
          if (!state.equals("listener")) {
            json.skip();
            return;
          }
          json.members(
              name -> {
                switch (name) {
                  case "address" -> listener.port = EnvoyClustersReader.place(json.tree()).port();
                  case "filter_chains" -> json.elements(() -> readChain(json, listener));
                  case "default_filter_chain" -> readChain(json, listener);
                  default -> json.skip();
                }
              });
        });
  }

  private static void readChain(JsonPull json, Listener listener) throws IOException {
    listener.chains++;
    json.members(
        name -> {
          if (!name.equals("filter_chain_match")) {
            json.skip();
            return;
          }
          for (String server : Json.texts(json.tree(), "server_names")) {
            EnvoyClusterName service = EnvoyClusterName.of(server);
            if (service != null) {
              listener.sni.add(service);
            }
          }
        });
  }

  private static void readSecret(JsonNode secret, Dump dump) {
    JsonNode content = secret.path("secret");
    switch (Json.text(secret, "name")) {
      case "ROOTCA" -> {
        for (X509Certificate root :
            certificates(content.path("validation_context").path("trusted_ca"))) {
          dump.rootSerials.add(root.getSerialNumber().toString(16));
        }
      }
      case "default" -> {
        List<X509Certificate> chain =
            certificates(content.path("tls_certificate").path("certificate_chain"));
        if (!chain.isEmpty()) {
          dump.leaf = chain.get(0);
        }
      }
      default -> {
        // Certificates of users' hosts are none of Istio's.
      }
    }
  }

  private static List<X509Certificate> certificates(JsonNode source) {
    try {
      byte[] pem = Base64.getDecoder().decode(Json.text(source, "inline_bytes"));
      return Pem.certificates(new String(pem, StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  private static void readEndpoints(JsonPull json, Dump dump) throws IOException {
    json.members(
        part -> {
          if (!part.equals("endpoint_config")) {
            json.skip();
            return;
          }
          String[] name = {""};
          List<EnvoyHost> hosts = new ArrayList<>(4);
          List<String> ids = new ArrayList<>(4);
          json.members(
              member -> {
                switch (member) {
                  case "cluster_name" -> name[0] = json.text();
                  case "endpoints" ->
                      json.elements(() -> readLocality(json.tree(), hosts, ids));
                  default -> json.skip();
                }
              });
          EnvoyClusterName cluster = EnvoyClusterName.of(name[0]);
          if (cluster != null) {
            dump.endpoints.add(cluster, hosts);
            for (int i = 0; i < hosts.size(); i++) {
              if (!ids.get(i).isEmpty()) {
                dump.proxy.locate(cluster, hosts.get(i).place(), ids.get(i));
              }
            }
          }
        });
  }

  private static void readLocality(JsonNode locality, List<EnvoyHost> hosts, List<String> ids) {
    String region = Json.text(locality.path("locality"), "region");
    int priority = Json.integer(locality, "priority");
    for (JsonNode endpoint : locality.path("lb_endpoints").values()) {
      Place place = EnvoyClustersReader.place(endpoint.path("endpoint").path("address"));
      hosts.add(
          new EnvoyHost(
              place.address(),
              place.port(),
              EnvoyHost.isUsable(Json.text(endpoint, "health_status")),
              false,
              priority,
              Json.integer(endpoint, "load_balancing_weight"),
              region,
              null));
      ids.add(clusterId(endpoint.path("metadata").path("filter_metadata").path("istio")));
    }
  }

  /** Istiod writes {@code workload;namespace;service;version;cluster}. */
  private static String clusterId(JsonNode metadata) {
    String[] parts = Json.text(metadata, "workload").split(";", -1);
    return parts.length < 5 ? "" : parts[4].intern();
  }

  /** What was found in a dump so far. */
  private static final class Dump {

    final ProxyPages proxy;
    final EndpointPage endpoints = new EndpointPage(EndpointPage.Source.CONFIG_DUMP);
    final List<ListenerRow> listeners = new ArrayList<>();
    final TreeSet<String> rootSerials = new TreeSet<>();
    @Nullable X509Certificate leaf;
    boolean hasEndpoints;
    int parts;

    Dump(ProxyPages proxy) {
      this.proxy = proxy;
    }

    void end() {
      proxy.listeners = listeners;
      if (hasEndpoints) {
        proxy.offer(endpoints);
      }
      if (leaf != null) {
        proxy.dumpedCertificates =
            new CertificateRow(
                new ArrayList<>(rootSerials), identity(leaf), leaf.getNotAfter().toInstant());
      }
    }

    private static String identity(X509Certificate leaf) {
      try {
        Collection<List<?>> names = leaf.getSubjectAlternativeNames();
        if (names != null) {
          for (List<?> name : names) {
            if (name.get(0).equals(URI) && name.get(1) instanceof String uri) {
              return uri;
            }
          }
        }
      } catch (CertificateParsingException e) {
        return "";
      }
      return "";
    }
  }

  /** What was found of a listener so far. */
  private static final class Listener {

    boolean active;
    boolean draining;
    int port;
    int chains;
    final List<EnvoyClusterName> sni = new ArrayList<>();

    void clear() {
      chains = 0;
      sni.clear();
    }
  }
}
