package io.meshdoctor.collector;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Takes from Secrets what may be known: names of keys, certificates, and where a kubeconfig leads
 * to. It never looks at keys, and keeps no token.
 */
final class SecretConverter {

  static final String PLUGGED_CA = "cacerts";
  static final String SELF_MADE_CA = "istio-ca-secret";

  /** The Secret that istiod mounts where it has its configuration from another cluster. */
  static final String CONFIG_CLUSTER = "istio-kubeconfig";

  private static final String CONFIG_KEY = "config";
  private static final String MULTI_CLUSTER = "istio/multiCluster";
  private static final String CLUSTER = "networking.istio.io/cluster";
  private static final String REMOTE_SECRET_PREFIX = "istio-remote-secret-";

  /** The key that istiod adds where it made the Secret {@code cacerts} itself. */
  private static final String GENERATED = "istio-generated";

  private static final Set<String> SELF_MADE_KEYS = Set.of("ca-cert.pem", "ca-key.pem");
  private static final Set<String> PLUGGED_KEYS =
      Set.of("ca-cert.pem", "ca-key.pem", "root-cert.pem", "cert-chain.pem");
  private static final Set<String> TLS_KEYS = Set.of("tls.crt", "tls.key", "ca.crt");

  private SecretConverter() {}

  static void read(ClusterState cluster, JsonNode item) {
    var key = ObjectKey.of("secret", item);
    if (Fields.text(item, "type").equals("kubernetes.io/service-account-token")) {
      var ca = Fields.text(item, "data", "ca.crt");
      cluster.kubernetes.apiAuthorities.addAll(decoded(ca).fingerprints());
    } else if (key.name().equals(PLUGGED_CA) || key.name().equals(SELF_MADE_CA)) {
      cluster.kubernetes.authorities.merge(
          key, authority(cluster, key, item), (one, other) -> one.dataRead() ? one : other);
    } else if (key.name().equals(CONFIG_CLUSTER)) {
      cluster.kubernetes.configSecrets.put(key, configuration(cluster, key, item));
    } else if (isRemoteSecret(key, item)) {
      cluster.kubernetes.remoteSecrets.merge(
          key, remoteSecret(cluster, key, item), (one, other) -> one.isRead() ? one : other);
    }
  }

  private static Kubeconfig configuration(ClusterState cluster, ObjectKey key, JsonNode item) {
    var data = Fields.map(item, "data");
    var kubeconfig = data.getOrDefault(CONFIG_KEY, "");
    if (!kubeconfig.isEmpty()) {
      return Kubeconfig.ofBase64(kubeconfig);
    }
    if (!data.isEmpty() && !data.containsKey(CONFIG_KEY)) {
      return Kubeconfig.broken(
          "has no key %s, but %s".formatted(CONFIG_KEY, String.join(", ", data.keySet())));
    }
    withoutData(cluster, key);
    return Kubeconfig.UNREAD;
  }

  /** Takes what the name alone tells of a Secret that was seen in a table. */
  static void readName(ClusterState cluster, ObjectKey key) {
    if (key.name().equals(PLUGGED_CA) || key.name().equals(SELF_MADE_CA)) {
      cluster.kubernetes.authorities.putIfAbsent(key, unread(cluster, key, null));
    } else if (key.name().equals(CONFIG_CLUSTER)) {
      cluster.kubernetes.configSecrets.putIfAbsent(key, Kubeconfig.UNREAD);
    } else if (key.name().startsWith(REMOTE_SECRET_PREFIX)) {
      cluster.kubernetes.namedSecrets.add(key);
    }
  }

  /** Whether a Secret gives, or was meant to give, istiod access to a cluster. */
  static boolean isRemoteSecret(JsonNode item) {
    var key = ObjectKey.of("secret", item);
    return !Fields.text(item, "type").equals("kubernetes.io/service-account-token")
        && !key.name().equals(PLUGGED_CA)
        && !key.name().equals(SELF_MADE_CA)
        && isRemoteSecret(key, item);
  }

  private static boolean isRemoteSecret(ObjectKey key, JsonNode item) {
    return Fields.labels(item).containsKey(MULTI_CLUSTER)
        || key.name().startsWith(REMOTE_SECRET_PREFIX)
        || Fields.annotations(item).containsKey(CLUSTER);
  }

  private static RemoteSecretObject remoteSecret(
      ClusterState cluster, ObjectKey key, JsonNode item) {
    List<RemoteSecretObject.Entry> entries = new ArrayList<>();
    Fields.map(item, "data")
        .forEach(
            (id, value) ->
                entries.add(new RemoteSecretObject.Entry(id, Kubeconfig.ofBase64(value))));
    if (entries.isEmpty()) {
      withoutData(cluster, key);
      entries.add(new RemoteSecretObject.Entry("", Kubeconfig.UNREAD));
    }
    return new RemoteSecretObject(
        key,
        Fields.labels(item).getOrDefault(MULTI_CLUSTER, ""),
        Fields.annotations(item).getOrDefault(CLUSTER, ""),
        createdAt(item),
        entries);
  }

  private static CaObject authority(ClusterState cluster, ObjectKey key, JsonNode item) {
    var data = Fields.map(item, "data");
    if (data.isEmpty()) {
      return unread(cluster, key, createdAt(item));
    }
    boolean selfMade = key.name().equals(SELF_MADE_CA) || data.containsKey(GENERATED);
    boolean tls = data.containsKey("tls.crt");
    var own = certificates(cluster, key, data, tls ? "tls.crt" : "ca-cert.pem", false);
    var chain = tls ? own : certificates(cluster, key, data, "cert-chain.pem", true);
    var roots = certificates(cluster, key, data, tls ? "ca.crt" : "root-cert.pem", selfMade);
    if (roots.list().isEmpty() && selfMade) {
      roots = own;
    }
    List<X509Certificate> all = new ArrayList<>(own.list());
    all.addAll(chain.list());
    all.addAll(roots.list());
    return new CaObject(
        key,
        true,
        List.copyOf(data.keySet()),
        data.keySet().containsAll(tls ? TLS_KEYS : selfMade ? SELF_MADE_KEYS : PLUGGED_KEYS),
        roots.list().stream().map(SeenCertificate::of).toList(),
        issuer(own, chain, roots),
        all.stream().map(Certificates::notAfter).min(Instant::compareTo).orElse(null),
        createdAt(item),
        selfMade);
  }

  private static CaObject unread(ClusterState cluster, ObjectKey key, @Nullable Instant createdAt) {
    withoutData(cluster, key);
    // nothing is known to lack
    return new CaObject(
        key,
        false,
        List.of(),
        true,
        List.of(),
        "",
        null,
        createdAt,
        key.name().equals(SELF_MADE_CA));
  }

  private static String issuer(Certificates own, Certificates chain, Certificates roots) {
    if (own.list().isEmpty() || roots.list().isEmpty()) {
      return "";
    }
    return roots.vouchFor(own.list().get(0), chain.list()) ? "signed" : "not signed";
  }

  private static Certificates certificates(
      ClusterState cluster,
      ObjectKey key,
      Map<String, String> data,
      String name,
      boolean mayBeEmpty) {
    var value = data.get(name);
    if (value == null || (value.isEmpty() && mayBeEmpty)) {
      return Certificates.NONE;
    }
    var certificates = decoded(value);
    if (certificates.broken()) {
      cluster.unread(
          "Secret %s/%s key %s".formatted(key.namespace(), key.name(), name),
          "is not a certificate",
          key.at(cluster, ".data"));
    }
    return certificates;
  }

  private static Certificates decoded(String value) {
    try {
      var pem = Base64.getMimeDecoder().decode(value);
      return Certificates.of(new String(pem, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return new Certificates(List.of(), true);
    }
  }

  private static void withoutData(ClusterState cluster, ObjectKey key) {
    cluster.unread(
        "Secret %s/%s".formatted(key.namespace(), key.name()),
        "was read without its data",
        key.at(cluster, ".data"));
  }

  private static @Nullable Instant createdAt(JsonNode item) {
    return Fields.time(item, "metadata", "creationTimestamp");
  }
}
