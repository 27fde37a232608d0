package io.meshdoctor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A real kube-apiserver, on loopback only, that knows the kinds of Istio. */
final class RealCluster implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

  private static final String ACCOUNTS = "/api/v1/namespaces/users/serviceaccounts";

  private static final String ISSUER = "https://kubernetes.default.svc";

  /** Kinds of Istio, as {@code Kind plural.group version}. */
  private static final List<String> CUSTOM =
      List.of(
          "Gateway gateways.networking.istio.io v1",
          "VirtualService virtualservices.networking.istio.io v1",
          "DestinationRule destinationrules.networking.istio.io v1",
          "ServiceEntry serviceentries.networking.istio.io v1",
          "WorkloadEntry workloadentries.networking.istio.io v1",
          "Sidecar sidecars.networking.istio.io v1",
          "EnvoyFilter envoyfilters.networking.istio.io v1alpha3",
          "ProxyConfig proxyconfigs.networking.istio.io v1beta1",
          "AuthorizationPolicy authorizationpolicies.security.istio.io v1",
          "PeerAuthentication peerauthentications.security.istio.io v1",
          "Telemetry telemetries.telemetry.istio.io v1",
          "Gateway gateways.gateway.networking.k8s.io v1");

  /** Who did what, but for what the server does itself. */
  private static final String AUDIT =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived, ResponseStarted]
      rules:
      - {level: None, users: ["system:apiserver"]}
      - {level: Metadata}
      """;

  private final Path home;
  private final Keys keys;
  private final Etcd etcd;
  private final int port;
  private final Process process;
  private HttpClient client;

  private RealCluster(Path home, Keys keys, Etcd etcd, int port, Process process) {
    this.home = home;
    this.keys = keys;
    this.etcd = etcd;
    this.port = port;
    this.process = process;
  }

  /** Starts one, with an etcd of its own. */
  static RealCluster start(Path program, Path home, Keys keys) throws Exception {
    Files.createDirectories(home);
    var etcd = Etcd.start(program, home.resolve("etcd"));
    keys.writeTokenKey(home.resolve("tokens.pem"), home.resolve("tokens.pub"));
    Files.writeString(home.resolve("clients.pem"), keys.authority());
    Files.writeString(home.resolve("audit.yaml"), AUDIT);
    var port = Ports.free();
    var process =
        new ProcessBuilder(
                program.toString(),
                "kube-apiserver",
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + home.resolve("certs"),
                "--etcd-servers=" + etcd.url(),
                "--service-cluster-ip-range=10.0.0.0/8",
                "--endpoint-reconciler-type=none",
                "--client-ca-file=" + home.resolve("clients.pem"),
                "--service-account-issuer=" + ISSUER,
                "--service-account-key-file=" + home.resolve("tokens.pub"),
                "--service-account-signing-key-file=" + home.resolve("tokens.pem"),
                "--authorization-mode=RBAC",
                "--allow-privileged=true",
                "--audit-policy-file=" + home.resolve("audit.yaml"),
                "--audit-log-path=" + home.resolve("audit.log"),
                "--audit-log-mode=blocking")
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log").toFile())
            .start();
    var cluster = new RealCluster(home, keys, etcd, port, process);
    Ports.await("kube-apiserver", process, home.resolve("log"), cluster::isReady);
    for (var kind : CUSTOM) {
      cluster.define(kind.split(" "));
    }
    cluster.create(
        "/api/v1/namespaces", "{apiVersion: v1, kind: Namespace, metadata: {name: users}}");
    return cluster;
  }

  String url() {
    return "https://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  /**
   * A context of a kubeconfig.
   *
   * @param server URL that leads to the cluster
   * @param token of the user; empty for a certificate of one who may do everything
   */
  record Entry(String context, RealCluster cluster, String server, String token) {}

  /** A kubeconfig with its certificates and keys in it. */
  static String kubeconfig(Entry... entries) throws Exception {
    var text = new StringBuilder("apiVersion: v1\nkind: Config\nclusters:\n");
    for (var entry : entries) {
      text.append(
          "- {name: %s, cluster: {server: '%s', certificate-authority-data: %s}}\n"
              .formatted(
                  entry.context,
                  entry.server,
                  base64(Files.readString(entry.cluster.certificate()))));
    }
    text.append("users:\n");
    for (var entry : entries) {
      var keys = entry.cluster.keys;
      text.append(
          entry.token.isEmpty()
              ? "- {name: %s, user: {client-certificate-data: %s, client-key-data: %s}}\n"
                  .formatted(entry.context, base64(keys.client()), base64(keys.clientKey()))
              : "- {name: %s, user: {token: %s}}\n".formatted(entry.context, entry.token));
    }
    text.append("contexts:\n");
    for (var entry : entries) {
      text.append(
          "- {name: %1$s, context: {cluster: %1$s, user: %1$s}}\n".formatted(entry.context));
    }
    return text.toString();
  }

  /**
   * Takes objects as they were recorded, in place of those before. A server that was asked to
   * create them would give them other times and other ids, and no status.
   */
  void load(List<ObjectNode> objects) throws IOException {
    etcd.clear();
    for (var object : objects) {
      etcd.put(key(object), object.toString());
    }
  }

  private String key(ObjectNode object) {
    var kind = object.path("kind").asString("").toLowerCase(Locale.ROOT);
    var version = object.path("apiVersion").asString("");
    var plural =
        kind.matches(".*[^aeiou]y") ? kind.substring(0, kind.length() - 1) + "ies" : kind + "s";
    var place =
        switch (kind) {
          case "service" -> "services/specs";
          case "endpoints" -> "services/endpoints";
          case "node" -> "minions";
          default ->
              version.contains(".istio.io/") || version.startsWith("gateway.networking.k8s.io/")
                  ? version.substring(0, version.indexOf('/')) + "/" + plural
                  : plural;
        };
    var metadata = object.path("metadata");
    return Stream.of(
            "",
            "registry",
            place,
            metadata.path("namespace").asString(""),
            metadata.path("name").asString(""))
        .filter(part -> !part.isEmpty())
        .reduce("", (path, part) -> path + "/" + part);
  }

  /** Posts an object, which is YAML. */
  JsonNode create(String path, String object) throws IOException {
    return call("POST", path, object);
  }

  /** Makes an account, and says its token. */
  String account(String name) throws IOException {
    create(
        ACCOUNTS, "{apiVersion: v1, kind: ServiceAccount, metadata: {name: %s}}".formatted(name));
    return create(
            ACCOUNTS + "/" + name + "/token",
            "{apiVersion: authentication.k8s.io/v1, kind: TokenRequest, spec: {}}")
        .path("status")
        .path("token")
        .asString("");
  }

  /** A token of an account that ends when it is told to: servers themselves give none so short. */
  String token(String account, Instant expiry) throws IOException {
    var uid = call("GET", ACCOUNTS + "/" + account, "").path("metadata").path("uid").asString("");
    var claims = JSON.createObjectNode().put("iss", ISSUER).put("exp", expiry.getEpochSecond());
    claims.putArray("aud").add(ISSUER);
    claims.put("sub", "system:serviceaccount:users:" + account);
    var kubernetes = claims.putObject("kubernetes.io").put("namespace", "users");
    kubernetes.putObject("serviceaccount").put("name", account).put("uid", uid);
    return keys.signed(claims.toString());
  }

  /** Removes an account, of whose tokens none is good any more. */
  void revoke(String name) throws IOException {
    call("DELETE", ACCOUNTS + "/" + name, "");
  }

  /** Gives an account a role in the whole cluster. */
  void bind(String account, String role) throws IOException {
    create(
        "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: %1$s-%2$s}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %2$s}
        subjects: [{kind: ServiceAccount, namespace: users, name: %1$s}]
        """
            .formatted(account, role));
  }

  /** What an account did, as {@code verb resource}. */
  List<String> doneBy(String account) throws IOException {
    var user = "system:serviceaccount:users:" + account;
    try (var lines = Files.lines(home.resolve("audit.log"))) {
      return lines
          .map(JSON::readTree)
          .filter(event -> event.path("user").path("username").asString("").equals(user))
          .map(RealCluster::done)
          .distinct()
          .sorted()
          .toList();
    }
  }

  private static String done(JsonNode event) {
    var object = event.path("objectRef");
    var resource = object.path("resource").asString(event.path("requestURI").asString(""));
    var part = object.path("subresource").asString("");
    return event.path("verb").asString("") + " " + resource + (part.isEmpty() ? "" : "/" + part);
  }

  /** Ends it without a word. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    // in this order, for it would go on asking for its etcd
    kill();
    etcd.close();
  }

  private Path certificate() {
    return home.resolve("certs").resolve("apiserver.crt");
  }

  private boolean isReady() throws IOException, InterruptedException {
    if (client == null) {
      client = newClient();
    }
    return send("GET", "/readyz", "").statusCode() == 200;
  }

  private HttpClient newClient() throws IOException {
    try (InputStream in = Files.newInputStream(certificate())) {
      var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("c" + trusted.size(), one);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(keys.store(), Keys.PASSWORD.toCharArray());
      var tls = SSLContext.getInstance("TLS");
      tls.init(own.getKeyManagers(), trust.getTrustManagers(), null);
      return HttpClient.newBuilder().sslContext(tls).build();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private JsonNode call(String method, String path, String body) throws IOException {
    try {
      var answer = send(method, path, body);
      if (answer.statusCode() / 100 != 2) {
        throw new IOException("%s %s: %s".formatted(method, path, answer.body()));
      }
      return JSON.readTree(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", "application/yaml")
            .header("Accept", "application/json")
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  /** Defines a kind whose objects may hold anything. */
  private void define(String[] kind) throws IOException, InterruptedException {
    var dot = kind[1].indexOf('.');
    var plural = kind[1].substring(0, dot);
    var group = kind[1].substring(dot + 1);
    create(
        CRDS,
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: %s
          annotations: {api-approved.kubernetes.io: unapproved}
        spec:
          group: %s
          scope: Namespaced
          names: {kind: %s, listKind: %sList, plural: %s, singular: %s}
          versions:
          - name: %s
            served: true
            storage: true
            schema:
              openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
        """
            .formatted(
                kind[1],
                group,
                kind[0],
                kind[0],
                plural,
                kind[0].toLowerCase(Locale.ROOT),
                kind[2]));
    var list = "/apis/%s/%s/%s".formatted(group, kind[2], plural);
    while (send("GET", list, "").statusCode() != 200) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
