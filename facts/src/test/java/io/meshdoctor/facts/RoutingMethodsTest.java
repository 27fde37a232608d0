package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingMethodsTest {

  private static Cluster cluster(String version) {
    return new Cluster("east", "", Role.PRIMARY, "", "", version, "", "", "", Origin.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "1.27.3, 1.29.6, true",
    "1.28.3, 1.29.6, false",
    "1.29.0-alpha.1, 1.29.6, false",
    "1.29, 2.0, true",
    "latest, 1.29.6, false",
    "'', 1.29.6, false",
  })
  void knows_control_planes_of_distant_versions(String one, String other, boolean skewed) {
    assertThat(cluster(one).isSkewedFrom(cluster(other))).isEqualTo(skewed);
  }

  @ParameterizedTest
  @CsvSource({
    "1.27.3, 1.29.6, 1.27.3",
    "1.29.6, 1.9.1, 1.9.1",
    "1.29, 2.0, 1.29",
    "latest, 1.29.6, latest",
  })
  void knows_which_of_two_control_planes_is_older(String one, String other, String older) {
    var first = cluster(one);
    var second = cluster(other);

    assertThat(first.olderOf(second).version()).isEqualTo(older);
    assertThat(first.newerOf(second)).isNotEqualTo(first.olderOf(second));
  }

  @ParameterizedTest
  @CsvSource({"cart.shop:5000, 5000", "http://cart.shop:5000/x, 5000", "cart.shop, 80"})
  void knows_the_port_of_a_request(String host, int port) {
    var probe =
        new Probe(
            "mesh-request",
            "east",
            "",
            "",
            "",
            "",
            host,
            "",
            1,
            1,
            Map.of(),
            0,
            Probe.Failure.NONE,
            "",
            Origin.UNKNOWN);

    assertThat(probe.port()).isEqualTo(port);
  }

  @ParameterizedTest
  @CsvSource({
    "north, north, true",
    "*, north, true",
    "west, north, false",
    "north, south, false",
    "north, *, false",
  })
  void knows_regions_that_get_no_share(String from, String to, boolean leavingOut) {
    var share =
        new LocalityShare("east", "shop", "cart", "cart", from, List.of(to), Origin.UNKNOWN);

    assertThat(share.isLeavingOut(List.of("north"), List.of("south"))).isEqualTo(leavingOut);
    assertThat(share.isLeavingOut(List.of("north"), List.of())).isFalse();
  }
}
