package io.meshdoctor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.engine.Diagnosis.WantedProbe;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Listed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a rule that rests on a probe asks for one. */
class NetworkProbesTest {

  private static final RuleBase RULES = RuleBase.builtIn();

  private static final String MESH =
      """
      given:
        - NetworkPair: { from: east, to: west, fromNetwork: blue, toNetwork: green, crossNetwork: true }
        - Cluster: { name: east, network: blue, context: east }
        - Cluster: { name: west, network: green, context: west }
        - Serves: { controlPlane: west, cluster: west }
        - Listed: { cluster: west, kind: EndpointSlice }
        - Listed: { cluster: west, kind: Gateway }
        - EastWestGateway: { cluster: west, namespace: istio-system, name: eastwest, type: LoadBalancer, network: green,
                             ports: [ 15443 ], port: 15443, addresses: [ 203.0.113.7 ], readyPods: 1 }
      """;

  @TempDir Path folder;

  @Test
  void none_is_asked_for_where_connections_stand() throws IOException {
    assertThat(mesh(connections(0)).isUndecided(RULES, "MD518")).isFalse();
  }

  @Test
  void one_is_asked_for_where_some_connections_failed() throws IOException {
    assertThat(mesh(connections(2)).isUndecided(RULES, "MD518")).isTrue();
  }

  @Test
  void one_is_asked_for_where_nobody_connected() throws IOException {
    assertThat(mesh("").isUndecided(RULES, "MD518")).isTrue();
  }

  @Test
  void it_is_named_where_nothing_else_is_missing() throws IOException {
    var undecided = new Diagnostician(RULES).diagnose("mesh", mesh("").given()).undecided();

    assertThat(undecided)
        .filteredOn(rule -> rule.code().equals("MD518"))
        .singleElement()
        .satisfies(
            rule ->
                assertThat(rule.probes()).containsExactly(new WantedProbe("tcp", "east", "west")));
  }

  @Test
  void it_is_not_named_where_it_alone_would_decide_nothing() throws IOException {
    var mesh = mesh("").given().stream().filter(fact -> !isSlices(fact)).toList();

    var undecided = new Diagnostician(RULES).diagnose("mesh", mesh).undecided();

    assertThat(undecided)
        .filteredOn(rule -> rule.code().equals("MD518"))
        .singleElement()
        .satisfies(rule -> assertThat(rule.probes()).isEmpty());
  }

  private static boolean isSlices(Fact fact) {
    return fact instanceof Listed all && all.kind().equals("EndpointSlice");
  }

  private RuleCase mesh(String more) throws IOException {
    return RuleCase.read(Files.writeString(folder.resolve("mesh.yaml"), MESH + more));
  }

  private static String connections(int failures) {
    return """
        - ClientEndpoints: { cluster: east, namespace: shop, pod: desk, host: cart.shop.svc.cluster.local, port: 80,
                             towards: west, via: GATEWAY, address: "203.0.113.7:15443", counted: true,
                             connects: 3, connectFailures: %d, activeConnections: 1, requestSuccesses: 9 }
      """
        .formatted(failures);
  }
}
