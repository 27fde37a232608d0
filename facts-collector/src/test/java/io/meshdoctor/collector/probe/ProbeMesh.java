package io.meshdoctor.collector.probe;

import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Credential;
import io.meshdoctor.facts.EastWestGateway;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Istiod;
import io.meshdoctor.facts.KubeService;
import io.meshdoctor.facts.NetworkPair;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.RemoteSecret;
import io.meshdoctor.facts.Role;
import io.meshdoctor.facts.ServiceBacking;
import io.meshdoctor.facts.ServicePort;
import io.meshdoctor.facts.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Facts of a small mesh, as far as probes need them. */
final class ProbeMesh {

  final List<Fact> facts = new ArrayList<>();

  ProbeMesh cluster(String name, String context) {
    facts.add(
        new Cluster(
            name, name, Role.PRIMARY, "", "", "", "istio-system", context, "", Origin.UNKNOWN));
    return this;
  }

  ProbeMesh pair(String from, String to, boolean crossNetwork) {
    facts.add(new NetworkPair(from, to, "n1", "n2", crossNetwork, Origin.UNKNOWN));
    return this;
  }

  ProbeMesh workload(String cluster, String namespace, String name, boolean injected) {
    facts.add(workload(cluster, namespace, name, injected, false));
    return this;
  }

  ProbeMesh gatewayPods(String cluster, String namespace, String name) {
    facts.add(workload(cluster, namespace, name, true, true));
    return this;
  }

  private static Workload workload(
      String cluster, String namespace, String name, boolean injected, boolean gateway) {
    return new Workload(
        cluster,
        namespace,
        name,
        name + "-0",
        1,
        1,
        injected,
        gateway,
        "",
        injected,
        "",
        "",
        "",
        "",
        false,
        false,
        "",
        "",
        Map.of("app", name),
        null,
        null,
        Origin.UNKNOWN);
  }

  ProbeMesh service(String cluster, String namespace, String name, int port, int ready) {
    var host = "%s.%s.svc.cluster.local".formatted(name, namespace);
    facts.add(
        new KubeService(
            cluster,
            namespace,
            name,
            host,
            "ClusterIP",
            false,
            List.of(),
            List.of(new ServicePort("http", port, "TCP", "8080")),
            List.of(),
            Map.of("app", name),
            Map.of(),
            Map.of(),
            "",
            "",
            "",
            false,
            "",
            List.of(),
            Origin.UNKNOWN));
    facts.add(
        new ServiceBacking(
            cluster, namespace, name, host, ready, 0, ready, 0, false, false, Origin.UNKNOWN));
    return this;
  }

  ProbeMesh gateway(String cluster, List<String> addresses, List<String> hostnames) {
    facts.add(
        new EastWestGateway(
            cluster,
            "istio-system",
            "gateway",
            "LoadBalancer",
            "n2",
            "n2",
            addresses,
            hostnames,
            List.of(15443),
            15443,
            "",
            false,
            Map.of(),
            1,
            Map.of(),
            Origin.UNKNOWN));
    return this;
  }

  ProbeMesh istiod(String cluster) {
    facts.add(
        new Istiod(
            cluster,
            "istio-system",
            "istiod-0",
            "",
            cluster,
            "",
            false,
            Map.of(),
            true,
            "",
            null,
            Origin.UNKNOWN));
    return this;
  }

  ProbeMesh secret(String heldBy, String pointsTo, String server) {
    facts.add(
        new RemoteSecret(
            heldBy,
            "istio-system",
            "remote",
            pointsTo,
            pointsTo,
            "",
            true,
            "true",
            true,
            server,
            false,
            Credential.UNKNOWN,
            "",
            "",
            "",
            null,
            null,
            Origin.UNKNOWN));
    return this;
  }
}
