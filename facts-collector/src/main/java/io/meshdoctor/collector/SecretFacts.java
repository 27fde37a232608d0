package io.meshdoctor.collector;

import io.meshdoctor.facts.CertificateLife;
import io.meshdoctor.facts.ConfigClusterSecret;
import io.meshdoctor.facts.Credential;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.RemoteSecret;
import io.meshdoctor.facts.RootCertificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** Says what the Secrets of a cluster, and its root certificates, hold. */
final class SecretFacts {

  private static final String ALLOWED = "PILOT_INSECURE_MULTICLUSTER_KUBECONFIG_OPTIONS";

  private final ClusterState cluster;
  private final ClusterIds ids;
  private final String systemNamespace;
  private final String domain;

  SecretFacts(ClusterState cluster, Identities identities) {
    this.cluster = cluster;
    this.ids = identities.ids();
    this.systemNamespace = identities.systemNamespace(cluster);
    this.domain = identities.domain(cluster);
  }

  List<Fact> facts() {
    List<Fact> facts = new ArrayList<>(looks());
    cluster
        .kubernetes
        .remoteSecrets
        .values()
        .forEach(secret -> secret.entries().forEach(entry -> facts.add(remote(secret, entry))));
    cluster.kubernetes.configSecrets.forEach(
        (key, kubeconfig) ->
            facts.add(
                new ConfigClusterSecret(
                    cluster.name,
                    key.namespace(),
                    kubeconfig.server(),
                    kubeconfig.problem(),
                    key.at(cluster, ".data"))));
    cluster.kubernetes.authorities.values().stream()
        .filter(authority -> authority.key().namespace().equals(systemNamespace))
        .forEach(
            authority -> {
              facts.add(authority.fact(cluster));
              if (authority.notAfter() != null && isUsed(authority)) {
                facts.add(life(authority));
              }
              authority.roots().forEach(root -> facts.add(root(authority, root)));
            });
    cluster.kubernetes.roots.entrySet().stream()
        .filter(root -> isHandedOut(root.getValue()))
        .sorted(Comparator.comparing(entry -> entry.getKey().fingerprint()))
        .forEach(
            entry -> {
              var root = root(entry);
              facts.add(root);
              facts.add(
                  new CertificateLife(
                      cluster.name,
                      "root",
                      "configmap %s/%s".formatted(root.namespace(), ConfigMapConverter.ROOT),
                      null,
                      root.notAfter(),
                      root.origin()));
            });
    return facts;
  }

  /**
   * Whether istiod hands out what is in these namespaces. Its own it always tells; in others, those
   * that discoverySelectors leave out by now, an older root may have stayed.
   */
  private boolean isHandedOut(Collection<String> namespaces) {
    return namespaces.contains(systemNamespace)
        || cluster.kubernetes.roots.values().stream()
            .noneMatch(others -> others.contains(systemNamespace));
  }

  /** What is known of all Secrets, beside what {@link ClusterState#listed} tells. */
  private List<Listed> looks() {
    var all = listed("Secret");
    var known = all.or(() -> listed(Listed.SECRET_METADATA));
    List<Listed> looks = new ArrayList<>();
    known.ifPresent(
        listed -> {
          if (listed(Listed.SECRET_METADATA).isEmpty()) {
            looks.add(of(Listed.SECRET_METADATA, listed));
          }
          if (cluster.kubernetes.remoteSecrets.values().stream().allMatch(this::isForKnown)) {
            looks.add(of(Listed.REMOTE_SECRETS, listed));
          }
          if (cluster.kubernetes.authorities.values().stream().noneMatch(this::isUnknown)) {
            looks.add(of(Listed.CA_SECRETS, listed));
          }
        });
    return looks;
  }

  private Optional<Listed> listed(String kind) {
    return cluster.listed().stream()
        .filter(all -> all.kind().equals(kind) && all.subject().isEmpty())
        .findFirst();
  }

  private Listed of(String kind, Listed seen) {
    return new Listed(cluster.name, kind, "", seen.origin());
  }

  /**
   * Whether a Secret was read, or its metadata names a cluster. An ID that no cluster has may be a
   * wrong one, which only the kubeconfig tells.
   */
  private boolean isForKnown(RemoteSecretObject secret) {
    return secret.isRead()
        || secret.entries().stream()
            .allMatch(entry -> ids.target(cluster, secret, entry).isPresent());
  }

  /**
   * Whether it may be one that istiod made for itself, or lack something, for all that is known.
   */
  private boolean isUnknown(CaObject authority) {
    return !authority.dataRead()
        && authority.key().name().equals(SecretConverter.PLUGGED_CA)
        && authority.key().namespace().equals(systemNamespace);
  }

  private RemoteSecret remote(RemoteSecretObject secret, RemoteSecretObject.Entry entry) {
    var kubeconfig = entry.kubeconfig();
    var target = ids.target(cluster, secret, entry);
    var ofTarget = target.map(found -> ids.of(found).value()).orElse("");
    var told = new ToldCluster(cluster, entry.id(), domain);
    boolean unread = entry.id().isEmpty();
    return new RemoteSecret(
        cluster.name,
        secret.key().namespace(),
        secret.key().name(),
        entry.id(),
        target.map(found -> found.name).orElse(""),
        target.flatMap(found -> ids.elsewhere(found, kubeconfig, told)).map(c -> c.name).orElse(""),
        // a key, or an ID, that was not read contradicts nothing
        target.isPresent() && (unread || ofTarget.isEmpty() || ofTarget.equals(entry.id())),
        secret.label(),
        secret.key().namespace().equals(systemNamespace),
        kubeconfig.server(),
        kubeconfig.loopback(),
        unread ? Credential.UNKNOWN : kubeconfig.credential(),
        kubeconfig.problem(),
        kubeconfig.refused().stream().filter(option -> !isAllowed(option)).findFirst().orElse(""),
        kubeconfig.caFingerprints().stream().findFirst().orElse(""),
        kubeconfig.expiresAt(),
        secret.createdAt(),
        secret.key().at(cluster, unread ? ".data" : ".data." + entry.id()));
  }

  private boolean isAllowed(String option) {
    return cluster.kubernetes.istiods(systemNamespace).stream()
        .map(istiod -> istiod.template().env().getOrDefault(ALLOWED, ""))
        .anyMatch(options -> Arrays.asList(options.split(",", -1)).contains(option));
  }

  /**
   * Whether istiod signs with it: the one it made for itself is none beside one that it was given.
   */
  private boolean isUsed(CaObject authority) {
    return authority.key().name().equals(SecretConverter.PLUGGED_CA)
        || !cluster.kubernetes.authorities.containsKey(
            new ObjectKey("secret", systemNamespace, SecretConverter.PLUGGED_CA));
  }

  private CertificateLife life(CaObject authority) {
    var key = authority.key();
    return new CertificateLife(
        cluster.name,
        "CA",
        "secret %s/%s".formatted(key.namespace(), key.name()),
        null,
        authority.notAfter(),
        key.at(cluster, ".data"));
  }

  private RootCertificate root(CaObject authority, SeenCertificate root) {
    return new RootCertificate(
        cluster.name,
        authority.source(),
        authority.key().namespace(),
        root.fingerprint(),
        root.serial(),
        root.subject(),
        root.notAfter(),
        1,
        authority.key().at(cluster, ".data"));
  }

  private RootCertificate root(Map.Entry<SeenCertificate, SortedSet<String>> entry) {
    var root = entry.getKey();
    var namespaces = entry.getValue();
    var namespace = namespaces.contains(systemNamespace) ? systemNamespace : namespaces.first();
    return new RootCertificate(
        cluster.name,
        ConfigMapConverter.ROOT,
        namespace,
        root.fingerprint(),
        root.serial(),
        root.subject(),
        root.notAfter(),
        namespaces.size(),
        new ObjectKey("configmap", namespace, ConfigMapConverter.ROOT)
            .at(cluster, ".data.root-cert\\.pem"));
  }
}
