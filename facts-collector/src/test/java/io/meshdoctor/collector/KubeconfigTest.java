package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.Credential;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigTest {

  private static Kubeconfig read(String text) {
    return Kubeconfig.ofBase64(SmallMesh.base64(text));
  }

  private static Kubeconfig withUser(String user) {
    return read(SmallMesh.kubeconfig("https://192.0.2.1:6443").replace("{token: CANARY}", user));
  }

  @Test
  void takes_what_istioctl_makes() {
    var kubeconfig = read(SmallMesh.kubeconfig("https://192.0.2.1:6443/"));

    assertThat(kubeconfig.problem()).isEmpty();
    assertThat(kubeconfig.refused()).isEmpty();
    assertThat(kubeconfig.server()).isEqualTo("https://192.0.2.1:6443");
    assertThat(kubeconfig.loopback()).isFalse();
    assertThat(kubeconfig.credential()).isEqualTo(Credential.TOKEN);
    assertThat(kubeconfig.caFingerprints()).containsExactly(SmallMesh.fingerprint("api-server"));
    assertThat(kubeconfig.expiresAt()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1:6443",
        "https://127.8.9.1",
        "https://LOCALHOST:16443",
        "https://[::1]:6443",
        "https://0.0.0.0:6443",
        "127.0.0.1:6443"
      })
  void knows_addresses_that_lead_back_to_the_pod(String server) {
    var kubeconfig = read(SmallMesh.kubeconfig(server));

    assertThat(kubeconfig.loopback()).isTrue();
    assertThat(kubeconfig.problem()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://kubernetes.docker.internal:6443",
        "https://host.docker.internal",
        "https://localhost.example.com",
        "https://128.0.0.1"
      })
  void takes_no_other_address_for_loopback(String server) {
    assertThat(read(SmallMesh.kubeconfig(server)).loopback()).isFalse();
  }

  @Test
  void drops_a_user_and_a_password_from_the_url() {
    var kubeconfig = read(SmallMesh.kubeconfig("https://admin:CANARY@192.0.2.1:6443/k8s/c-1?x=1"));

    assertThat(kubeconfig.server()).isEqualTo("https://192.0.2.1:6443/k8s/c-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          current-context: there | current-context: nowhere | context was not found for specified context
          current-context: there | x: y                     | no context chosen
          user: there}           | user: CANARY}            | user was not found for context
          {cluster: there,       | {cluster: CANARY,        | cluster was not found for context
          {cluster: there,       | {                        | cluster was not specified for context
          {server:               | {sever:                  | no server found for cluster
          'https://192.0.2.1'    | 'not a url, CANARY'      | host must be a URL or a host:port pair
          {token: CANARY}        | {token: CANARY, username: a, password: CANARY} | more than one authentication method found
          """)
  void says_why_a_kubeconfig_cannot_be_used(String part, String instead, String problem) {
    var kubeconfig = read(SmallMesh.kubeconfig("https://192.0.2.1").replace(part, instead));

    assertThat(kubeconfig.problem()).isEqualTo(problem);
    assertThat(kubeconfig.toString()).doesNotContain("CANARY");
  }

  @Test
  void says_that_one_that_is_cut_off_has_no_server() {
    var kubeconfig =
        read("apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority-data: ''");

    assertThat(kubeconfig.problem()).isEqualTo("default cluster has no server defined");
  }

  @Test
  void says_that_a_file_of_another_machine_cannot_be_read() {
    var text =
        SmallMesh.kubeconfig("https://192.0.2.1")
            .replaceAll("certificate-authority-data: [^}]*", "certificate-authority: /home/ca.crt");

    assertThat(read(text).problem()).startsWith("unable to read certificate-authority");
  }

  @Test
  void says_that_a_ca_that_is_no_certificate_cannot_be_loaded() {
    var text =
        SmallMesh.kubeconfig("https://192.0.2.1")
            .replaceAll("certificate-authority-data: [^}]*", "certificate-authority-data: Q0E=");

    assertThat(read(text).problem()).startsWith("unable to load root certificates");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''             | kubeconfig is empty
          '# CANARY'     | no configuration has been provided
          CANARY         | kubeconfig cannot be loaded: it is not a mapping
          '[CANARY'      | kubeconfig cannot be loaded: it is not YAML
          'a: "CANARY'   | kubeconfig cannot be loaded: it is not YAML
          'a: &x [*x]: {'| kubeconfig cannot be loaded: it is not YAML
          """)
  void says_what_is_wrong_with_a_text_that_is_no_kubeconfig(String text, String problem) {
    var kubeconfig = read(text == null ? "" : text);

    assertThat(kubeconfig.problem()).isEqualTo(problem);
    assertThat(kubeconfig.credential()).isEqualTo(Credential.UNKNOWN);
  }

  @Test
  void says_that_bytes_are_not_text_and_that_base64_is_mangled() {
    assertThat(Kubeconfig.ofBase64("AAECAwQF/v8=").problem())
        .isEqualTo("kubeconfig cannot be loaded: it is not YAML");
    assertThat(Kubeconfig.ofBase64("*** CANARY ***").problem())
        .isEqualTo("kubeconfig cannot be loaded: its base64 is cut or mangled");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {exec: {command: aws, apiVersion: v1}}                             | EXEC               | exec
          {tokenFile: /tmp/token}                                            | FILE               | tokenFile
          {client-certificate: /a.crt, client-key-data: CANARY}              | FILE               | clientCertificate
          {client-certificate-data: Q0E=, client-key: /a.key}                | CLIENT_CERTIFICATE | clientKey
          {auth-provider: {name: gcp}}                                       | AUTH_PROVIDER      | gcp
          {auth-provider: {name: CANARY}}                                    | AUTH_PROVIDER      | auth-provider
          {auth-provider: {name: oidc, config: {id-token: CANARY}}}          | AUTH_PROVIDER      | ''
          {client-certificate-data: Q0E=, client-key-data: CANARY}           | CLIENT_CERTIFICATE | ''
          {username: admin, password: CANARY}                                | BASIC              | ''
          {}                                                                 | NONE               | ''
          """)
  void knows_the_credential_and_what_istiod_refuses(
      String user, Credential credential, String refused) {
    var kubeconfig = withUser(user);

    assertThat(kubeconfig.credential()).isEqualTo(credential);
    assertThat(kubeconfig.refused()).isEqualTo(refused.isEmpty() ? List.of() : List.of(refused));
    assertThat(kubeconfig.problem()).isEmpty();
    assertThat(kubeconfig.toString()).doesNotContain("CANARY");
  }

  @Test
  void keeps_nothing_of_a_token_but_when_it_ends() {
    var claims = SmallMesh.base64("{\"exp\":1800000000,\"sub\":\"CANARY\"}").replace("=", "");

    var kubeconfig = withUser("{token: CANARY." + claims + ".CANARY}");

    assertThat(kubeconfig.expiresAt()).isEqualTo(Instant.ofEpochSecond(1800000000));
    assertThat(kubeconfig.toString()).doesNotContain("CANARY");
  }
}
