package io.meshdoctor.collector;

import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A mesh made of a few objects, as kubectl would print them. */
final class SmallMesh {

  private static final YAMLMapper YAML = new YAMLMapper();

  final MeshState state = new MeshState();
  private final KubernetesReader reader = new KubernetesReader();

  /** Adds an object to a cluster. */
  SmallMesh has(String cluster, String yaml, Object... values) {
    var object = YAML.readTree(yaml.formatted(values));
    reader.object(
        state.cluster(cluster),
        Fields.text(object, "apiVersion"),
        Fields.text(object, "kind"),
        object);
    return this;
  }

  SmallMesh listed(String cluster, String... kinds) {
    for (var kind : kinds) {
      state.cluster(cluster).listed(kind, "", Origin.UNKNOWN);
    }
    return this;
  }

  /** Adds Istio's own namespace. */
  SmallMesh system(String cluster, String network, String controlPlanes) {
    return has(
        cluster,
        """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: istio-system
          labels: {%s}
          annotations: {%s}
        """,
        network.isEmpty() ? "" : "topology.istio.io/network: " + network,
        controlPlanes.isEmpty()
            ? ""
            : "topology.istio.io/controlPlaneClusters: '" + controlPlanes + "'");
  }

  /** Adds a ready pod of istiod. */
  SmallMesh istiod(String cluster, String id) {
    return has(
        cluster,
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: istiod-1
          namespace: istio-system
          labels: {app: istiod, istio: pilot, istio.io/rev: default}
        spec:
          containers:
          - name: discovery
            image: registry.example:5000/istio/pilot:1.30.1-distroless
            args: [discovery, --domain, cluster.local]
            env:
            - {name: CLUSTER_ID, value: %s}
            - {name: EXTERNAL_ISTIOD, value: "true"}
            - {name: SOME_PASSWORD, value: CANARY}
            - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
        status:
          phase: Running
          podIP: 10.9.0.1
          startTime: "2026-01-01T00:00:00Z"
          conditions: [{type: Ready, status: "True"}]
        """,
        id);
  }

  /** Adds a pod with a proxy, and with the given labels besides. */
  SmallMesh pod(String cluster, String namespace, String name, String labels, String env) {
    return has(
        cluster,
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: %s, labels: {%s}}
        spec:
          containers:
          - {name: app, image: app:1}
          - name: istio-proxy
            image: proxyv2:1.30.0
            args: [proxy, sidecar]
            env: [%s]
        status: {phase: Running, startTime: "2026-01-01T00:00:00Z"}
        """,
        name,
        namespace,
        labels,
        env);
  }

  /** Adds a Secret made as istioctl makes it. */
  SmallMesh remoteSecret(String holder, String key, String kubeconfig) {
    return has(
        holder,
        """
        apiVersion: v1
        kind: Secret
        type: Opaque
        metadata:
          name: istio-remote-secret-%s
          namespace: istio-system
          creationTimestamp: "2026-01-01T00:00:00Z"
          labels: {istio/multiCluster: "true"}
          annotations: {networking.istio.io/cluster: %s}
        data: {%s: %s}
        """,
        key,
        key,
        key,
        base64(kubeconfig));
  }

  /** A kubeconfig that istiod takes. */
  static String kubeconfig(String server) {
    return """
        apiVersion: v1
        kind: Config
        clusters:
        - name: there
          cluster: {server: '%s', certificate-authority-data: %s}
        contexts:
        - name: there
          context: {cluster: there, user: there}
        current-context: there
        users:
        - name: there
          user: {token: CANARY}
        """
        .formatted(server, base64(pem("api-server")));
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static String pem(String name) {
    try (var in = SmallMesh.class.getResourceAsStream(name + ".pem")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String fingerprint(String name) {
    return Certificates.of(pem(name)).fingerprints().get(0);
  }

  List<Fact> facts() {
    return ClusterResolver.resolve(state);
  }

  <T extends Fact> List<T> facts(Class<T> type) {
    return facts().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The only fact of a type that a cluster is the subject of. */
  <T extends Fact> T only(Class<T> type, String cluster) {
    var found =
        facts(type).stream().filter(fact -> cluster.equals(fact.origin().cluster())).toList();
    if (found.size() != 1) {
      throw new AssertionError("not one: " + found);
    }
    return found.get(0);
  }
}
