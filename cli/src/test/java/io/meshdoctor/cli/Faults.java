package io.meshdoctor.cli;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ways to break a healthy mesh of east and west on two networks, each with what istiod says of it
 * where it would say something else. What proxies and probes saw is left out, for with two faults
 * at once nobody has seen it.
 */
final class Faults {

  private static final String DEBUG = "clusters/%s/istiod/*/*/debug/%s.json";

  /**
   * A fault.
   *
   * @param name what it is
   * @param codes findings that are right, any of them
   * @param effect makes a mesh have it
   */
  record Fault(String name, Set<String> codes, UnaryOperator<MeshFiles> effect) {

    @Override
    public String toString() {
      return name;
    }
  }

  private Faults() {}

  /** All of them; each can be had beside each other. */
  static List<Fault> all() {
    return List.of(
        new Fault("remote secret missing in east", Set.of("MD301", "MD316"), Faults::secretMissing),
        new Fault("token of west's Secret rejected in east", Set.of("MD304"), Faults::rejected),
        new Fault("other root in west", Set.of("MD201"), Faults::otherRoot),
        new Fault("other trust domain in west", Set.of("MD208"), Faults::otherTrustDomain),
        new Fault("gateway of west without label", Set.of("MD502"), Faults::labelMissing),
        new Fault("gateway of west not exposed", Set.of("MD601"), Faults::notExposed),
        new Fault("gateway of east without pods", Set.of("MD517"), Faults::gatewayDown),
        new Fault("port called otherwise in west", Set.of("MD712"), Faults::portRenamed),
        new Fault("mutual TLS off in east", Set.of("MD613"), Faults::tlsOff),
        new Fault("Service missing in west", Set.of("MD323"), Faults::serviceMissing));
  }

  /** A mesh of which nobody has asked its proxies anything. */
  static MeshFiles unobserved(String recording) {
    return Recordings.mesh(recording)
        .without(path -> path.contains("/proxies/") || path.startsWith("probes/"));
  }

  private static MeshFiles secretMissing(MeshFiles mesh) {
    return withoutShards(mesh)
        .without("east", "secrets", "istio-system/istio-remote-secret-cluster2")
        .editedJson(DEBUG.formatted("east", "clusterz"), Faults::removeRow);
  }

  private static void removeRow(JsonNode rows) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).get("id").asString().equals("cluster2")) {
        ((ArrayNode) rows).remove(i);
      }
    }
  }

  private static MeshFiles rejected(MeshFiles mesh) {
    var broken =
        withoutShards(mesh)
            .editedJson(
                DEBUG.formatted("east", "clusterz"),
                rows -> {
                  for (var row : rows) {
                    if (row.get("id").asString().equals("cluster2")) {
                      ((ObjectNode) row).put("syncStatus", "timeout");
                    }
                  }
                });
    for (var log : mesh.paths("clusters/east/istiod/*/*/discovery.log")) {
      broken =
          broken.edited(
              log,
              text ->
                  text
                      + "2026-11-24T00:00:00.000000Z\terror\twatch error in cluster cluster2: failed"
                      + " to list *v1.Namespace: Unauthorized\n");
    }
    return broken;
  }

  /** An istiod that does not read the other cluster has no endpoint and no service of it. */
  private static MeshFiles withoutShards(MeshFiles mesh) {
    var gone = mesh.paths(DEBUG.formatted("east", "{endpointShardz,registryz}"));
    return mesh.without(gone::contains);
  }

  private static MeshFiles otherRoot(MeshFiles mesh) {
    var other = Recordings.mesh("multi-primary-multi-network-roots-differ");
    var resources = "clusters/west/resources/";
    return mesh.with(resources + "configmaps.json", other.text(resources + "configmaps.json"))
        .without("west", "secrets", "istio-system/cacerts")
        .with(
            resources + "mutatingwebhookconfigurations.json",
            other.text(resources + "mutatingwebhookconfigurations.json"));
  }

  private static MeshFiles otherTrustDomain(MeshFiles mesh) {
    var domains = mesh.paths(DEBUG.formatted("west", "mesh"));
    return mesh.without(domains::contains)
        .edited(
            "clusters/west/resources/configmaps.json",
            text -> text.replace("trustDomain: cluster.local", "trustDomain: west.example"));
  }

  private static MeshFiles labelMissing(MeshFiles mesh) {
    return mesh.edited(
            "west",
            "services",
            "istio-system/istio-eastwestgateway",
            service ->
                ((ObjectNode) service.at("/metadata/labels")).remove("topology.istio.io/network"))
        .editedJson(
            DEBUG.formatted("*", "networkz"),
            rows -> {
              for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i).get("Network").asString().equals("network2")) {
                  ((ArrayNode) rows).remove(i);
                }
              }
            });
  }

  private static MeshFiles notExposed(MeshFiles mesh) {
    return mesh.without("west", "gateways", "istio-system/cross-network-gateway");
  }

  private static MeshFiles gatewayDown(MeshFiles mesh) {
    return mesh.editedList(
        "east",
        "endpointslices",
        slices -> {
          for (var slice : slices) {
            if (slice.at("/metadata/name").asString("").startsWith("istio-eastwestgateway")) {
              for (var endpoint : slice.get("endpoints")) {
                ((ObjectNode) endpoint.get("conditions")).put("ready", false);
              }
            }
          }
        });
  }

  private static MeshFiles portRenamed(MeshFiles mesh) {
    return mesh.edited(
        "west",
        "services",
        "sample/curl",
        service -> ((ObjectNode) service.at("/spec/ports/0")).put("name", "http-web"));
  }

  private static MeshFiles tlsOff(MeshFiles mesh) {
    return mesh.with(
        "clusters/east/resources/rule.yaml",
        """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: plain, namespace: sample}
        spec: {host: curl.sample.svc.cluster.local, trafficPolicy: {tls: {mode: DISABLE}}}
        """);
  }

  private static MeshFiles serviceMissing(MeshFiles mesh) {
    var shards = mesh.paths(DEBUG.formatted("*", "{endpointShardz,registryz}"));
    return mesh.without(shards::contains)
        .without("west", "services", "sample/helloworld")
        .editedList(
            "west",
            "endpointslices",
            slices -> {
              for (int i = slices.size() - 1; i >= 0; i--) {
                var name = slices.get(i).at("/metadata/name").asString("");
                var namespace = slices.get(i).at("/metadata/namespace").asString("");
                if (namespace.equals("sample") && name.startsWith("helloworld")) {
                  slices.remove(i);
                }
              }
            });
  }
}
