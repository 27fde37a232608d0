package io.meshdoctor.collector;

import io.meshdoctor.collector.EnvoyHost.Place;
import io.meshdoctor.collector.ProxyPages.ControlPlaneConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads Envoy's page {@code /clusters} as text: {@code <cluster>::<endpoint>::<name>::<value>}. */
final class EnvoyClustersTextReader implements InputReader {

  /** What Envoy prints of each endpoint; other lines are about the cluster. */
  private static final Set<String> OF_ENDPOINT =
      Set.of(
          "cx_active",
          "cx_connect_fail",
          "cx_total",
          "rq_error",
          "rq_success",
          "rq_total",
          "health_flags",
          "priority");

  private static final String SEPARATOR = "::";

  @Override
  public void read(Input input, MeshState mesh) throws IOException {
    ClusterState cluster = mesh.cluster(input.cluster());
    ProxyPages proxy = cluster.proxies.proxy(input.namespace(), input.pod());
    Clusters clusters = new Clusters(proxy);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(input.body(), StandardCharsets.UTF_8));
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        clusters.accept(line);
      }
      clusters.end();
      if (!clusters.any) {
        throw new IOException("holds no clusters");
      }
      clusters.page.complete = true;
    } finally {
      proxy.offer(clusters.page);
    }
    EnvoyClustersReader.listed(cluster, proxy);
  }

  /** The clusters read so far, and the one whose lines are being read. */
  private static final class Clusters {

    final EndpointPage page = new EndpointPage(EndpointPage.Source.TEXT);
    boolean any;
    private final ProxyPages proxy;
    private String current = "";
    private final Map<String, Lines> endpoints = new LinkedHashMap<>();

    Clusters(ProxyPages proxy) {
      this.proxy = proxy;
    }

    void accept(String line) {
      int first = line.indexOf(SEPARATOR);
      int last = line.lastIndexOf(SEPARATOR);
      if (first <= 0) {
        return;
      }
      any = true;
      String name = line.substring(0, first);
      if (!name.equals(current)) {
        end();
        current = name;
      }
      // An IPv6 address may hold the separator, so the line is read from both ends.
      int before = line.lastIndexOf(SEPARATOR, last - 1);
      if (before > first && OF_ENDPOINT.contains(line.substring(before + 2, last))) {
        endpoints
            .computeIfAbsent(line.substring(first + 2, before), ignored -> new Lines())
            .accept(line.substring(before + 2, last), line.substring(last + 2));
      }
    }

    void end() {
      EnvoyClusterName name = EnvoyClusterName.of(current);
      if (name != null) {
        page.add(
            name, endpoints.entrySet().stream().map(e -> e.getValue().host(e.getKey())).toList());
      } else if (current.equals("xds-grpc")) {
        for (Lines lines : endpoints.values()) {
          proxy.controlPlane =
              new ControlPlaneConnection(lines.counters[2], lines.counters[3], lines.counters[4]);
        }
      }
      endpoints.clear();
    }
  }

  /** What the lines of one endpoint say. */
  private static final class Lines {

    final long[] counters = new long[6];
    private List<String> flags = List.of();
    private int priority;

    void accept(String name, String value) {
      switch (name) {
        case "health_flags" -> flags = List.of(value.split("/"));
        case "priority" -> priority = (int) number(value);
        default -> counters[EnvoyClustersReader.counterIndex(name)] = number(value);
      }
    }

    EnvoyHost host(String text) {
      Place place = Place.of(text);
      boolean ejected = flags.contains("failed_outlier_check");
      return new EnvoyHost(
          place.address(),
          new EnvoyHost.State(
              place.port(),
              !ejected
                  && !flags.contains("failed_active_hc")
                  && !flags.contains("failed_eds_health"),
              ejected,
              priority,
              EnvoyClustersReader.counters(counters)));
    }

    private static long number(String text) {
      return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
  }
}
