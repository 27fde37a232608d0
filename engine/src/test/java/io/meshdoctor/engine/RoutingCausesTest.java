package io.meshdoctor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from faults of routing. */
class RoutingCausesTest {

  private static final RuleBase RULES = RuleBase.builtIn();

  private static final String CLUSTERS =
      """
      given:
      - Cluster: { name: east, role: PRIMARY }
      - Cluster: { name: west, role: PRIMARY }
      - Listed: { cluster: east, kind: Service }
      - Listed: { cluster: west, kind: Service }
      - KubeService: { cluster: east, namespace: shop, name: cart, host: cart.shop }
      """;

  @TempDir Path folder;

  private Diagnosis diagnose(String given) throws IOException {
    var file = Files.writeString(folder.resolve("given.yaml"), CLUSTERS + given);
    return new Diagnostician(RULES).diagnose("mesh", RuleCase.read(file).given());
  }

  private static List<String> codes(List<Conclusion> conclusions) {
    return conclusions.stream().map(conclusion -> conclusion.finding().code()).toList();
  }

  @Test
  void a_service_in_another_namespace_is_why_clients_do_not_find_its_name() throws IOException {
    var diagnosis =
        diagnose(
            """
            - NamespaceTwin: { cluster: east, namespace: shop, name: cart, host: cart.shop, otherCluster: west, otherNamespace: shops, otherHost: cart.shops, asked: true }
            - Probe: { kind: mesh-request, from: west, host: cart.shop, service: cart.shop, attempts: 2, ok: 0, failure: NAME }
            """);

    assertThat(codes(diagnosis.findings())).contains("MD716", "MD717");
    assertThat(codes(diagnosis.rootCauses())).containsExactly("MD716");
  }

  @ParameterizedTest
  @CsvSource({"DISABLE, MD613", "ISTIO_MUTUAL, MD718"})
  void only_a_sound_destination_rule_is_missed_where_it_is_not(String mode, String root)
      throws IOException {
    var diagnosis =
        diagnose(
            """
            - NetworkPair: { from: east, to: west, crossNetwork: true }
            - Serves: { controlPlane: east, cluster: east }
            - Listed: { cluster: east, kind: DestinationRule }
            - Listed: { cluster: east, kind: VirtualService }
            - Listed: { cluster: west, kind: DestinationRule }
            - Listed: { cluster: west, kind: VirtualService }
            - KubeService: { cluster: west, namespace: shop, name: cart, host: cart.shop }
            - ServiceBacking: { cluster: west, namespace: shop, name: cart, host: cart.shop, ready: 1, meshed: 1 }
            - TrafficConfig: { cluster: east, kind: DestinationRule, namespace: shop, name: cart, host: cart.shop }
            - DestinationPolicy: { cluster: east, namespace: shop, name: cart, host: cart.shop, services: [ cart.shop ], tlsMode: %s }
            """
                .formatted(mode));

    assertThat(codes(diagnosis.findings())).contains("MD718");
    assertThat(codes(diagnosis.rootCauses())).containsExactly(root);
  }

  @ParameterizedTest
  @CsvSource({"west, 1", "east, 0"})
  void only_a_subset_that_the_other_gateway_does_not_know_is_why_requests_fail(
      String subsetIn, int symptoms) throws IOException {
    var diagnosis =
        diagnose(
            """
            - NetworkPair: { from: east, to: west, crossNetwork: true }
            - Listed: { cluster: east, kind: DestinationRule }
            - Listed: { cluster: east, kind: VirtualService }
            - Listed: { cluster: west, kind: DestinationRule }
            - Listed: { cluster: west, kind: VirtualService }
            - KubeService: { cluster: west, namespace: shop, name: cart, host: cart.shop }
            - TrafficConfig: { cluster: east, kind: DestinationRule, namespace: shop, name: cart, host: cart.shop, subsetsIn: [ %s ] }
            - Probe: { kind: mesh-request, from: east, host: cart.shop, service: cart.shop, attempts: 2, ok: 0, failure: RESET }
            """
                .formatted(subsetIn));

    assertThat(codes(diagnosis.rootCauses())).contains("MD718");
    assertThat(
            diagnosis.findings().stream()
                .filter(conclusion -> conclusion.finding().code().equals("MD718"))
                .flatMap(conclusion -> conclusion.symptoms().stream()))
        .hasSize(symptoms);
  }
}
