package io.meshdoctor.collector;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes Istio's settings and root certificates from ConfigMaps. */
final class ConfigMapConverter {

  static final String ROOT = "istio-ca-root-cert";

  private static final String API_ROOT = "kube-root-ca.crt";
  private static final String MESH = "istio";
  private static final String INJECTOR = "istio-sidecar-injector";

  private ConfigMapConverter() {}

  static void read(ClusterState cluster, JsonNode item) {
    var key = ObjectKey.of("configmap", item);
    var data = item.path("data");
    if (key.name().equals(ROOT)) {
      root(cluster, key, Fields.text(data, "root-cert.pem"));
    } else if (key.name().equals(API_ROOT)) {
      var pem = Fields.text(data, "ca.crt");
      cluster.kubernetes.apiAuthorities.addAll(Certificates.of(pem).fingerprints());
    } else if (isNamed(key, INJECTOR) && data.has("values")) {
      var values = parsed(cluster, key, "values", Fields.text(data, "values"));
      if (values != null) {
        var revision =
            Fields.labels(item).getOrDefault("istio.io/rev", revision(key.name(), INJECTOR));
        cluster.kubernetes.injectors.put(key, InjectorObject.of(key, revision, values));
      }
    } else if (isNamed(key, MESH) && data.has("mesh")) {
      var networks = parsed(cluster, key, "meshNetworks", Fields.text(data, "meshNetworks"));
      if (networks != null) {
        cluster.kubernetes.meshNetworks.put(key, MeshNetworks.of(networks));
      }
      var mesh = parsed(cluster, key, "mesh", Fields.text(data, "mesh"));
      if (mesh != null) {
        cluster.kubernetes.meshConfigs.put(key, MeshConfig.of(mesh));
      }
    }
  }

  /** Revision of the mesh configuration in a ConfigMap; empty for the default one. */
  static String meshRevision(ObjectKey key) {
    return revision(key.name(), MESH);
  }

  private static void root(ClusterState cluster, ObjectKey key, String pem) {
    var certificates = Certificates.of(pem);
    if (certificates.broken()) {
      cluster.unread(
          "ConfigMap %s/%s key root-cert.pem".formatted(key.namespace(), key.name()),
          "is not a certificate",
          key.at(cluster, ".data"));
    }
    for (var certificate : certificates.list()) {
      cluster.kubernetes.addRoot(SeenCertificate.of(certificate), key.namespace());
    }
  }

  private static boolean isNamed(ObjectKey key, String base) {
    return key.name().equals(base) || key.name().startsWith(base + "-");
  }

  private static String revision(String name, String base) {
    return name.equals(base) ? "" : name.substring(base.length() + 1);
  }

  private static @Nullable JsonNode parsed(
      ClusterState cluster, ObjectKey key, String field, String text) {
    try {
      return Documents.value(text);
    } catch (IOException e) {
      cluster.unread(
          "ConfigMap %s/%s key %s".formatted(key.namespace(), key.name(), field),
          "cannot be parsed",
          key.at(cluster, ".data." + field));
      return null;
    }
  }
}
