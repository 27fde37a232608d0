package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsTest {

  private static final String CART = "cart.shop.svc.cluster.local";

  @ParameterizedTest
  @CsvSource({
    "cart, cart.shop.svc.cluster.local",
    "cart.shop, cart.shop",
    "*, *",
    "*.shop.svc.cluster.local, *.shop.svc.cluster.local",
  })
  void makes_only_short_names_full(String host, String full) {
    assertThat(Hosts.full(host, "shop", "cluster.local")).isEqualTo(full);
  }

  @ParameterizedTest
  @CsvSource({"*, true", "*.local, true", "*.web.svc.cluster.local, false", "cart.shop, false"})
  void matches_wildcards_at_the_beginning_only(String pattern, boolean matches) {
    assertThat(Hosts.matches(pattern, CART)).isEqualTo(matches);
  }

  @Test
  void takes_the_most_specific_of_several_patterns() {
    var patterns = List.of("*", "*.shop.svc.cluster.local", "*.local");

    assertThat(Hosts.mostSpecific(patterns, CART)).contains("*.shop.svc.cluster.local");
    assertThat(Hosts.mostSpecific(List.of("*", CART), CART)).contains(CART);
    assertThat(Hosts.mostSpecific(List.of("*.web"), CART)).isEmpty();
  }
}
