package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.collector.BundleReader;
import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Diagnostician;
import io.meshdoctor.engine.RuleBase;
import io.meshdoctor.engine.Verdict;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Diagnoses a mesh in ambient mode, of two clusters on two networks, as Istio documents its
 * installation; and the same mesh with one thing changed.
 */
class AmbientMeshTest {

  private static final Diagnostician DOCTOR = new Diagnostician(RuleBase.builtIn());
  private static final String OSLO = "clusters/oslo/";
  private static final String ROME = "clusters/rome/";
  private static final String GATEWAYS = "resources/gateways.yaml";
  private static final String SERVICES = "resources/services.yaml";
  private static final String PODS = "resources/pods.yaml";
  private static final String NAMESPACES = "resources/namespaces.yaml";
  private static final String ISTIOD = "istiod/istio-system/istiod-6d5f8c7b9-abcde/";
  private static final String ZTUNNEL = "proxies/istio-system/ztunnel-x7k2m/config_dump.json";
  private static final String SEPARATOR = "---\n";

  @TempDir Path bundle;

  @BeforeEach
  void copy() throws IOException, URISyntaxException {
    var home =
        Path.of(Objects.requireNonNull(AmbientMeshTest.class.getResource("/ambient")).toURI());
    try (var files = Files.walk(home)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = bundle.resolve(home.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  @Test
  void nothing_is_wrong_with_it() {
    var diagnosis = diagnose();

    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void no_fact_holds_a_secret() {
    assertThat(BundleReader.read(List.of(bundle)).facts())
        .isNotEmpty()
        .noneMatch(fact -> fact.toString().contains("CANARY"));
  }

  @ParameterizedTest
  @CsvSource({
    "MD801, resources/pods.yaml, '{name: AMBIENT_ENABLE_MULTI_NETWORK, value: \"true\"}', '{name: A, value: b}'",
    "MD803, resources/gateways.yaml, gatewayClassName: istio-east-west, gatewayClassName: istio",
    "MD803, resources/gateways.yaml, mode: Terminate, mode: Passthrough",
    "MD803, resources/gateways.yaml, protocol: HBONE, protocol: TLS",
    "MD804, resources/gateways.yaml, 'type: IPAddress', 'type: example.com/other'",
    "MD805, resources/pods.yaml, '{name: ISTIO_META_CLUSTER_ID, value: rome-id}', '{name: A, value: b}'",
    "MD805, resources/pods.yaml, '{name: NETWORK, value: tiber}', '{name: NETWORK, value: Tiber}'",
    "MD806, resources/namespaces.yaml, ', topology.istio.io/network: tiber', ''",
    "MD808, resources/namespaces.yaml, 'istio.io/use-waypoint: waypoint', 'a: b'",
    "MD809, resources/pods.yaml, 'istio.io/dataplane-mode: ambient', ''",
    "MD811, resources/pods.yaml, 'value: istio-system/ztunnel}', 'value: kube-system/ztunnel}'",
    "MD813, resources/services.yaml, '[{name: http, port: 80,', '[{name: http, port: 81,'",
  })
  void one_change_in_one_cluster_is_found(String code, String file, String old, String changed)
      throws IOException {
    Files.delete(bundle.resolve(OSLO + ZTUNNEL));
    Files.delete(bundle.resolve(ROME + ZTUNNEL));
    if (code.equals("MD809")) {
      change(ROME + NAMESPACES, "istio.io/dataplane-mode: ambient, ", "");
      changeAll(ROME + PODS, "{ambient.istio.io/redirection: enabled}", "{}");
    } else {
      change(ROME + file, old, changed);
    }

    var diagnosis = diagnose();

    assertThat(codes(diagnosis)).containsExactly(code);
    assertThat(diagnosis.rootCauses().get(0).finding().clusters()).contains("rome");
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.FAULTY);
  }

  @Test
  void a_service_that_one_cluster_keeps_to_itself_explains_what_ztunnel_lacks() throws IOException {
    changeAll(ROME + SERVICES, "{app: cart, istio.io/global: \"true\"}", "{app: cart}");
    changeAll(OSLO + ZTUNNEL, "\"network\": \"tiber\"", "\"network\": \"fjord\"");
    change("probes/1.json", ", \"cart on cart-8f7d6c5b4-xzbcd\": 9", "");

    var diagnosis = diagnose();

    assertThat(codes(diagnosis)).containsExactly("MD802");
  }

  @Test
  void a_gateway_that_is_gone_is_missed_as_one_for_ambient_traffic() throws IOException {
    keep(ROME + GATEWAYS, "name: waypoint");
    changeAll(ROME + SERVICES, ", topology.istio.io/network: tiber", "");

    var diagnosis = diagnose();

    assertThat(codes(diagnosis)).containsExactly("MD815");
  }

  @Test
  void a_load_balancer_without_an_address_explains_a_gateway_without_one() throws IOException {
    change(ROME + GATEWAYS, "[{type: IPAddress, value: 192.0.2.20}]", "[]");
    change(ROME + SERVICES, "[{ip: 192.0.2.20}]", "[]");
    for (var cluster : List.of(OSLO, ROME)) {
      change(cluster + ISTIOD + "debug/networkz.json", "192.0.2.20", "192.0.2.10");
    }

    var diagnosis = diagnose();

    assertThat(codes(diagnosis)).containsExactly("MD501");
    assertThat(diagnosis.findings()).extracting(AmbientMeshTest::code).contains("MD804");
  }

  @Test
  void a_port_that_is_blocked_is_found_by_probes() throws IOException {
    change("probes/3.json", "\"ok\": 3", "\"ok\": 0");
    change("probes/3.json", "\"error\": \"\"", "\"error\": \"connection timed out\"");

    var diagnosis = diagnose();

    assertThat(codes(diagnosis)).containsExactly("MD812");
  }

  @Test
  void a_second_gateway_is_one_too_many() throws IOException {
    var gateways = Files.readString(bundle.resolve(ROME + GATEWAYS));
    var first = gateways.substring(0, gateways.indexOf(SEPARATOR));
    Files.writeString(
        bundle.resolve(ROME + GATEWAYS),
        gateways + SEPARATOR + first.replace("name: istio-eastwestgateway", "name: second"));

    var diagnosis = diagnose();

    assertThat(codes(diagnosis)).containsExactly("MD807");
  }

  @Test
  void a_waypoint_that_is_not_global_is_no_fault() throws IOException {
    change(ROME + SERVICES, "istio-waypoint, istio.io/global: \"true\"}", "istio-waypoint}");

    var diagnosis = diagnose();

    assertThat(codes(diagnosis)).containsExactly("MD816");
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void a_waypoint_that_is_not_there_is_missed() throws IOException {
    keep(ROME + GATEWAYS, "name: istio-eastwestgateway");

    var diagnosis = diagnose();

    assertThat(codes(diagnosis)).containsExactly("MD817");
  }

  @Test
  void pods_that_nobody_catches_are_no_pods_without_a_proxy() throws IOException {
    changeAll(ROME + PODS, "{ambient.istio.io/redirection: enabled}", "{}");

    var diagnosis = diagnose();

    assertThat(codes(diagnosis)).containsExactly("MD818");
  }

  @Test
  void what_istiod_refuses_is_a_cause_as_long_as_nothing_explains_it() throws IOException {
    var log = bundle.resolve(ROME + ISTIOD + "discovery.log");
    Files.writeString(
        log,
        Files.readString(log)
            + "2026-11-24T09:59:00.000000Z\twarn\tserverca\timpersonation failed for identity"
            + " spiffe://cluster.local/ns/shop/sa/cart, error: no node authorizer for cluster"
            + " napoli-id\tclient=10.20.0.3:41000\n");

    var diagnosis = diagnose();

    assertThat(codes(diagnosis)).containsExactly("MD819");
  }

  @Test
  void a_label_that_the_mesh_configuration_does_not_heed_makes_nothing_global() throws IOException {
    changeAll(ROME + "resources/configmaps.yaml", "scope: GLOBAL", "scope: LOCAL");
    change(ROME + ISTIOD + "debug/mesh.json", "\"GLOBAL\"", "\"LOCAL\"");

    var diagnosis = diagnose();

    assertThat(codes(diagnosis)).containsExactly("MD820");
  }

  @Test
  void a_sidecar_is_told_that_the_gateway_is_not_for_it() throws IOException {
    var sidecar =
        """
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: till-1, namespace: shop, labels: {app: till, istio.io/dataplane-mode: none, security.istio.io/tlsMode: istio}}
        spec:
          containers:
          - {name: till, image: example.com/till:1}
          - {name: istio-proxy, image: docker.io/istio/proxyv2:1.29.2, args: [proxy, sidecar], env: [{name: ISTIO_META_NETWORK, value: fjord}, {name: ISTIO_META_CLUSTER_ID, value: oslo-id}]}
        status: {phase: Running, podIP: 10.10.0.9, conditions: [{type: Ready, status: "True"}]}
        """;
    var pods = bundle.resolve(OSLO + PODS);
    Files.writeString(pods, Files.readString(pods) + sidecar);

    var diagnosis = diagnose();

    assertThat(codes(diagnosis)).containsExactly("MD810");
  }

  @Test
  void a_virtual_machine_of_another_network_may_pass_the_gateway_by() throws IOException {
    Files.writeString(
        bundle.resolve(OSLO + "resources/workloadentries.yaml"),
        """
        apiVersion: networking.istio.io/v1
        kind: WorkloadEntry
        metadata: {name: till-10.0.0.1-attic, namespace: shop, annotations: {istio.io/autoRegistrationGroup: till}}
        spec: {address: 10.0.0.1, network: attic, serviceAccount: till, labels: {app: till}}
        """);

    var diagnosis = diagnose();

    assertThat(codes(diagnosis)).containsExactly("MD814");
  }

  private Diagnosis diagnose() {
    var read = BundleReader.read(List.of(bundle));
    return DOCTOR.diagnose(read.mesh(), read.facts());
  }

  private static List<String> codes(Diagnosis diagnosis) {
    return diagnosis.rootCauses().stream().map(AmbientMeshTest::code).distinct().toList();
  }

  private static String code(Conclusion conclusion) {
    return conclusion.finding().code();
  }

  private void change(String file, String old, String changed) throws IOException {
    var path = bundle.resolve(file);
    var text = Files.readString(path);
    assertThat(text).contains(old);
    var from = text.indexOf(old);
    Files.writeString(
        path, text.substring(0, from) + changed + text.substring(from + old.length()));
  }

  private void changeAll(String file, String old, String changed) throws IOException {
    var path = bundle.resolve(file);
    var text = Files.readString(path);
    assertThat(text).contains(old);
    Files.writeString(path, text.replace(old, changed));
  }

  /** Leaves the one object of a file that has a line. */
  private void keep(String file, String line) throws IOException {
    var path = bundle.resolve(file);
    for (var object : Files.readString(path).split(SEPARATOR)) {
      if (object.contains(line)) {
        Files.writeString(path, object);
      }
    }
  }
}
