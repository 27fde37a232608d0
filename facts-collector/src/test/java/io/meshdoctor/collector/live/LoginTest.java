package io.meshdoctor.collector.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshdoctor.collector.UnreadableInputException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {

  private static final Deadline SOON = new Deadline(Duration.ofSeconds(20));

  @TempDir Path directory;

  @Test
  void finds_near_names_of_a_context_that_is_not_there() throws Exception {
    var contexts = contexts("contexts: [{name: blue, context: {}}, {name: green, context: {}}]");

    assertThatThrownBy(() -> contexts.require(List.of("bleu")))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageEndingWith("has no context bleu; did you mean blue?");
    assertThatThrownBy(() -> contexts.require(List.of("something-else")))
        .hasMessageContaining("`kubectl config get-contexts` lists them");
  }

  @Test
  void merges_the_files_of_the_environment_of_which_the_first_counts() throws Exception {
    var first = write("one", "current-context: b\ncontexts: [{name: a, context: {user: first}}]");
    var second =
        write(
            "two",
            "current-context: a\ncontexts: [{name: a, context: {user: second}}, {name: b, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: 'https://c'}}]");
    var list =
        String.join(
            File.pathSeparator, first.toString(), directory + "/missing", second.toString());

    var contexts = Contexts.load(null, Map.of("KUBECONFIG", list));

    assertThat(contexts.names()).containsExactly("b", "a");
    assertThat(contexts.target("b").cluster().text("server")).isEqualTo("https://c");
    assertThatThrownBy(() -> contexts.target("a"))
        .hasMessage("its context names a cluster that the kubeconfig lacks");
  }

  @Test
  void never_quotes_a_kubeconfig_that_cannot_be_read() throws Exception {
    var file = write("broken", "users: [{name: u, user: {token: CANARY-1");

    assertThatThrownBy(() -> Contexts.load(file, Map.of()))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessage(file + " is no kubeconfig: it is not YAML");
    assertThatThrownBy(() -> Contexts.load(directory.resolve("none"), Map.of()))
        .hasMessageContaining("there is no kubeconfig at");
  }

  @Test
  void takes_a_token_from_its_file_which_lies_beside_the_kubeconfig() throws Exception {
    write("token", "abc\n");

    var access = access("{tokenFile: token, token: old}", "{server: 'https://c:6443/'}");

    assertThat(access.headers()).containsEntry("Authorization", List.of("Bearer abc"));
    assertThat(access.server()).isEqualTo("https://c:6443");
  }

  @Test
  void impersonates_users_and_groups() throws Exception {
    var access =
        access(
            "{token: t, as: jane, as-uid: '7', as-groups: [a, b], as-user-extra: {scope: [x]}}",
            "{server: 'https://c'}");

    assertThat(access.headers())
        .containsEntry("Impersonate-User", List.of("jane"))
        .containsEntry("Impersonate-Uid", List.of("7"))
        .containsEntry("Impersonate-Group", List.of("a", "b"))
        .containsEntry("Impersonate-Extra-scope", List.of("x"));
  }

  @Test
  void shows_a_user_name_and_a_password() throws Exception {
    var access = access("{username: u, password: p}", "{server: 'https://c'}");

    assertThat(access.headers()).containsEntry("Authorization", List.of("Basic dTpw"));
  }

  @Test
  void takes_the_proxy_of_the_cluster_or_of_the_environment() throws Exception {
    var own = access("{}", "{server: 'https://c', proxy-url: 'http://proxy:3128'}");
    var login = new Login(Map.of("HTTPS_PROXY", "http://other:80", "NO_PROXY", ".internal"), SOON);
    var ofEnvironment = login.access(target("{}", "{server: 'https://c.example'}"));
    var excluded = login.access(target("{}", "{server: 'https://c.internal'}"));

    assertThat(own.proxy()).hasToString("proxy/<unresolved>:3128");
    assertThat(ofEnvironment.proxy()).isNotNull();
    assertThat(excluded.proxy()).isNull();
  }

  @Test
  void says_what_it_cannot_do() {
    assertThatThrownBy(() -> access("{}", "{server: 'https://c', proxy-url: 'socks5://p:1'}"))
        .hasMessage("its proxy-url has the scheme socks5; only http proxies are supported");
    assertThatThrownBy(() -> access("{auth-provider: {name: gcp}}", "{server: 'https://c'}"))
        .hasMessageContaining("auth-provider gcp");
    assertThatThrownBy(() -> access("{}", "{server: ':::'}"))
        .hasMessage("its cluster has no server that is a URL");
    assertThatThrownBy(() -> access("{client-certificate-data: QQ==}", "{server: 'https://c'}"))
        .hasMessageContaining("holds no private key");
    assertThatThrownBy(() -> access("{client-certificate: none.pem}", "{server: 'https://c'}"))
        .hasMessageContaining("none.pem cannot be read");
  }

  @Test
  void takes_an_id_token_that_has_not_expired() throws Exception {
    var fresh = jwt("{\"exp\":4102444800}");
    var old = jwt("{\"exp\":1000000000}");

    var access =
        access(
            "{auth-provider: {name: oidc, config: {id-token: %s}}}".formatted(fresh),
            "{server: 'https://c'}");

    assertThat(access.headers()).containsEntry("Authorization", List.of("Bearer " + fresh));
    assertThatThrownBy(
            () ->
                access(
                    "{auth-provider: {name: oidc, config: {id-token: %s}}}".formatted(old),
                    "{server: 'https://c'}"))
        .hasMessageContaining("its OIDC id-token has expired")
        .hasMessageNotContaining(old);
  }

  @Test
  void runs_a_credential_program_whose_warnings_do_not_disturb() throws Exception {
    program(
        "plugin",
        "echo 'a warning' >&2\necho \"$KUBERNETES_EXEC_INFO\" > \"$OUT\"\n"
            + "echo '{\"kind\":\"ExecCredential\",\"status\":{\"token\":\"'$1'\"}}'");

    var access =
        access(
            "{exec: {command: ./plugin, args: [from-plugin], provideClusterInfo: true, env: [{name: OUT, value: '%s/info'}]}}"
                .formatted(directory),
            "{server: 'https://c', tls-server-name: n}");

    assertThat(access.headers()).containsEntry("Authorization", List.of("Bearer from-plugin"));
    assertThat(Files.readString(directory.resolve("info")))
        .contains("\"server\":\"https://c\"", "\"tls-server-name\":\"n\"", "\"interactive\":false");
  }

  @Test
  void says_why_a_credential_program_failed_without_secrets() throws Exception {
    program("fails", "echo 'login expired: token=CANARY-2' >&2\nexit 3");
    program("prints-nothing", "exit 0");

    assertThatThrownBy(() -> access("{exec: {command: ./fails}}", "{server: 'https://c'}"))
        .hasMessageContaining(
            "its credential program ./fails failed (exit status 3): login expired")
        .hasMessageNotContaining("CANARY");
    assertThatThrownBy(() -> access("{exec: {command: ./prints-nothing}}", "{server: 'https://c'}"))
        .hasMessageContaining("printed no ExecCredential");
    assertThatThrownBy(
            () ->
                access(
                    "{exec: {command: no-such-program, installHint: get it}}",
                    "{server: 'https://c'}"))
        .hasMessage("its credential program no-such-program cannot be started: get it");
  }

  @Test
  void does_not_wait_for_a_credential_program_longer_than_the_run() throws Exception {
    program("hangs", "sleep 30");
    var target = target("{exec: {command: ./hangs}}", "{server: 'https://c'}");
    var login = new Login(Map.of("PATH", "/usr/bin:/bin"), new Deadline(Duration.ofMillis(300)));

    var start = System.nanoTime();
    assertThatThrownBy(() -> login.access(target)).hasMessageContaining("did not end in time");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void shows_a_certificate_and_checks_that_of_the_server() throws Exception {
    var server = TestKeys.of(directory, "RSA", "ip:127.0.0.1");
    try (var cluster = FakeCluster.start(server.server())) {
      var authority = base64(server.certificatePem());

      var user =
          "{client-certificate-data: %s, client-key-data: %s}"
              .formatted(base64(server.certificatePem()), base64(server.keyPem()));
      assertThat(version(user, cluster.url(), "certificate-authority-data: " + authority))
          .isEqualTo("1");
      assertThat(version("{}", cluster.url(), "insecure-skip-tls-verify: true")).isEqualTo("1");
      assertThatThrownBy(() -> version("{}", cluster.url(), "x: y"))
          .satisfies(
              e ->
                  assertThat(Reason.of(e))
                      .isEqualTo(
                          "cannot connect: the certificate of the server is of an unknown authority"));
    }
  }

  @Test
  void knows_when_a_certificate_or_a_token_ends() throws Exception {
    var keys = TestKeys.of(directory, "EC", "dns:x");
    var user =
        "{client-certificate-data: %s, client-key-data: %s}"
            .formatted(base64(keys.certificatePem()), base64(keys.keyPem()));
    var old = jwt("{\"exp\":1000000000}");

    var certified = access(user, "{server: 'https://c'}");
    var expired = access("{token: %s}".formatted(old), "{server: 'https://c'}");
    var opaque = access("{token: opaque}", "{server: 'https://c'}");

    assertThat(certified.expiry()).isAfter(Instant.now());
    assertThat(certified.refusal()).isEqualTo("the server does not accept the credentials");
    assertThat(expired.refusal()).isEqualTo("the credentials expired at 2001-09-09T01:46:40Z");
    assertThat(opaque.expiry()).isNull();
  }

  @Test
  void checks_another_name_than_that_of_the_url_where_it_is_told_to() throws Exception {
    var server = TestKeys.of(directory, "EC", "dns:api.mesh.example");
    try (var cluster = FakeCluster.start(server.server())) {
      var authority = "certificate-authority-data: " + base64(server.certificatePem());
      var byName = cluster.url().replace("127.0.0.1", "localhost");

      assertThat(version("{}", cluster.url(), authority + ", tls-server-name: api.mesh.example"))
          .isEqualTo("1");
      assertThat(version("{}", byName, authority + ", tls-server-name: api.mesh.example"))
          .isEqualTo("1");
      assertThatThrownBy(() -> version("{}", byName, authority))
          .satisfies(
              e ->
                  assertThat(Reason.of(e))
                      .isEqualTo(
                          "cannot connect: the certificate of the server is not valid for it"));
      assertThatThrownBy(
              () -> version("{}", cluster.url(), authority + ", tls-server-name: other.example"))
          .satisfies(e -> assertThat(Reason.of(e)).contains("not valid for it"));
    }
  }

  @Test
  void reads_keys_in_the_forms_that_cluster_tools_write() throws Exception {
    var elliptic = TestKeys.of(directory, "EC", "dns:x");
    assertThat(PemKeys.key(elliptic.keyPem().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(elliptic.key());
    var rsa = TestKeys.of(directory, "RSA", "dns:x");
    assertThat(PemKeys.key(rsa.keyPem().getBytes(StandardCharsets.UTF_8))).isEqualTo(rsa.key());
    assertThat(PemKeys.key(rsa.bareKeyPem().getBytes(StandardCharsets.UTF_8))).isEqualTo(rsa.key());
    var ec =
        """
        -----BEGIN EC PARAMETERS-----
        BggqhkjOPQMBBw==
        -----END EC PARAMETERS-----
        """
            + TestKeys.pem("EC PRIVATE KEY", sec1());
    assertThat(PemKeys.key(ec.getBytes(StandardCharsets.UTF_8)).getAlgorithm()).isEqualTo("EC");
  }

  /** A key of the curve P-256 whose number is 1, as OpenSSL writes it. */
  private static byte[] sec1() {
    var der = new byte[2 + 3 + 34 + 12];
    byte[] start = {0x30, 49, 2, 1, 1, 4, 32};
    byte[] curve = {(byte) 0xa0, 10, 6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};
    System.arraycopy(start, 0, der, 0, start.length);
    der[start.length + 31] = 1;
    System.arraycopy(curve, 0, der, start.length + 32, curve.length);
    return der;
  }

  private String version(String user, String server, String more) throws IOException {
    var access = access(user, "{server: '%s', %s}".formatted(server, more));
    try (var api = new ApiServer(access, SOON)) {
      return api.object("/version").path("major").asString("");
    }
  }

  private Access access(String user, String cluster) throws IOException {
    return new Login(Map.of("PATH", "/usr/bin:/bin"), SOON).access(target(user, cluster));
  }

  private Contexts.Target target(String user, String cluster) throws IOException {
    return contexts(
            """
            contexts: [{name: x, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: %s}]
            users: [{name: u, user: %s}]
            """
                .formatted(cluster, user))
        .target("x");
  }

  private Contexts contexts(String text) throws IOException {
    return Contexts.load(write("config", text), Map.of());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private void program(String name, String script) throws IOException {
    var file = write(name, "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String jwt(String claims) {
    return "e30."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".sig";
  }
}
