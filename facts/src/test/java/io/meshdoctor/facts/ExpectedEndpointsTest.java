package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedEndpointsTest {

  private static ExpectedEndpoints expected(List<String> pods, List<String> gateways) {
    return new ExpectedEndpoints(
        "east", "web", "client", "cart", 80, "west", pods, gateways, Origin.UNKNOWN);
  }

  private static ClientEndpoints has(Via via, String... addresses) {
    return new ClientEndpoints(
        "east",
        "web",
        "client",
        false,
        "cart",
        80,
        "",
        "west",
        via,
        addresses[0],
        List.of(addresses),
        List.of(),
        addresses.length,
        addresses.length,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        false,
        false,
        Origin.UNKNOWN);
  }

  @Test
  void one_known_address_is_enough_for_pods_come_and_go() {
    var expected = expected(List.of("10.2.0.1", "10.2.0.2"), List.of());

    assertThat(expected.isAtOddsWith(List.of(has(Via.POD, "10.2.0.2:8080", "10.2.0.3:8080"))))
        .isFalse();
  }

  @Test
  void another_pod_is_something_else_even_if_its_address_begins_alike() {
    var expected = expected(List.of("10.2.0.1"), List.of());

    assertThat(expected.isAtOddsWith(List.of(has(Via.POD, "10.2.0.11:8080")))).isTrue();
  }

  @Test
  void pods_in_place_of_a_gateway_are_something_else() {
    var expected = expected(List.of(), List.of("192.0.2.1:15443"));
    var actual = List.of(has(Via.POD, "10.2.0.1:8080"));

    assertThat(expected.isAtOddsWith(actual)).isTrue();
    assertThat(expected.expected()).isEqualTo("gateway 192.0.2.1:15443");
    assertThat(expected.actual(actual)).isEqualTo("pod 10.2.0.1:8080");
  }

  @Test
  void none_in_place_of_some_is_something_else_and_the_other_way_round() {
    assertThat(expected(List.of("10.2.0.1"), List.of()).isAtOddsWith(List.of())).isTrue();
    assertThat(expected(List.of(), List.of()).isAtOddsWith(List.of())).isFalse();
    assertThat(expected(List.of(), List.of()).isAtOddsWith(List.of(has(Via.POD, "10.2.0.1:80"))))
        .isTrue();
    assertThat(expected(List.of(), List.of()).actual(List.of())).isEqualTo("none");
  }

  @Test
  void a_host_name_may_be_any_address() {
    var expected = expected(List.of(), List.of("lb.example.com:15443"));

    assertThat(expected.isAtOddsWith(List.of(has(Via.GATEWAY, "192.0.2.1:15443")))).isFalse();
    assertThat(expected.isAtOddsWith(List.of(has(Via.POD, "10.2.0.1:80")))).isTrue();
  }

  @Test
  void names_only_some_of_many() {
    assertThat(
            expected(List.of("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"), List.of()).expected())
        .isEqualTo("pod 10.0.0.1, 10.0.0.2, 10.0.0.3 ..");
  }
}
