package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadTest {

  @Test
  void views_each_network_of_its_list() {
    var gateway = viewing("blue, green");

    assertThat(gateway.isViewing("blue")).isTrue();
    assertThat(gateway.isViewing("green")).isTrue();
    assertThat(gateway.isViewing("Blue")).isFalse();
  }

  private static Workload viewing(String networkView) {
    return new Workload(
        "east",
        "istio-system",
        "gateway",
        "gateway-1",
        1,
        1,
        true,
        true,
        "",
        false,
        "",
        "",
        "",
        networkView,
        false,
        false,
        "",
        "",
        Map.of(),
        null,
        null,
        Origin.UNKNOWN);
  }
}
