package io.meshdoctor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.Finding;
import io.meshdoctor.facts.Symptom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from faults of networks and gateways, and what does not. */
class NetworkCausesTest {

  private static final RuleBase RULES = RuleBase.builtIn();

  private static final String MESH =
      """
      given:
        - NetworkPair: { from: east, to: west, fromNetwork: blue, toNetwork: green, crossNetwork: true }
        - NetworkPair: { from: west, to: east, fromNetwork: green, toNetwork: blue, crossNetwork: true }
        - Cluster: { name: east, network: blue, context: east, systemNamespace: istio-system }
        - Cluster: { name: west, network: green, context: west, systemNamespace: istio-system }
        - Serves: { controlPlane: east, cluster: east }
        - Listed: { cluster: east, kind: Service }
        - Listed: { cluster: west, kind: Service }
      """;
  private static final String SERVED_BY_EAST =
      "  - Serves: { controlPlane: east, cluster: west }\n";
  private static final String SERVED_BY_WEST =
      "  - Serves: { controlPlane: west, cluster: west }\n";

  @TempDir Path folder;

  @Test
  void a_lost_address_is_why_istiod_still_announces_the_old_one() throws IOException {
    var inference =
        infer(
            MESH
                + SERVED_BY_WEST
                + """
                  - Listed: { cluster: east, kind: networkz }
                  - EastWestGateway: { cluster: west, namespace: istio-system, name: eastwest, type: LoadBalancer,
                                       network: green, ports: [ 15443 ], port: 15443 }
                  - NetworkGateway: { cluster: east, network: green, of: west, address: 203.0.113.7, port: 15443 }
                """);

    assertThat(causesOfFinding(inference, "MD515")).containsExactly("MD501");
    assertThat(causesOfFinding(inference, "MD501")).isEmpty();
  }

  @Test
  void a_dead_gateway_of_the_primary_is_why_proxies_of_its_remote_are_not_served()
      throws IOException {
    var inference = infer(MESH + SERVED_BY_EAST + deadGatewayOf("east") + UNSERVED_PROXIES_OF_WEST);

    assertThat(causesOfSymptoms(inference)).containsExactly("MD517");
  }

  @Test
  void a_dead_gateway_of_another_cluster_is_not_why_proxies_are_not_served() throws IOException {
    var inference = infer(MESH + SERVED_BY_EAST + deadGatewayOf("west") + UNSERVED_PROXIES_OF_WEST);

    assertThat(inference.findings()).extracting(Finding::code).contains("MD517");
    assertThat(causesOfSymptoms(inference)).isEmpty();
  }

  private static final String UNSERVED_PROXIES_OF_WEST =
      """
        - Workload: { cluster: west, namespace: shop, name: cart, injected: true, readyPods: 1 }
        - Listed: { cluster: east, kind: adsz }
      """;

  private static String deadGatewayOf(String cluster) {
    return """
        - Listed: { cluster: %1$s, kind: EndpointSlice }
        - EastWestGateway: { cluster: %1$s, namespace: istio-system, name: eastwest, type: LoadBalancer,
                             network: %2$s, ports: [ 15443 ], port: 15443, addresses: [ 203.0.113.7 ] }
      """
        .formatted(cluster, cluster.equals("east") ? "blue" : "green");
  }

  private Inference infer(String given) throws IOException {
    var file = Files.writeString(folder.resolve("mesh.yaml"), given);
    return Inference.of(RULES, RuleCase.read(file).given());
  }

  private static List<String> causesOfFinding(Inference inference, String code) {
    return inference.explanations().stream()
        .filter(one -> one.effect() instanceof Finding effect && effect.code().equals(code))
        .map(one -> one.cause().code())
        .toList();
  }

  private static List<String> causesOfSymptoms(Inference inference) {
    return inference.explanations().stream()
        .filter(one -> one.effect() instanceof Symptom)
        .map(one -> one.cause().code())
        .toList();
  }
}
