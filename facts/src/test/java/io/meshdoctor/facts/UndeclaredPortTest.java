package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UndeclaredPortTest {

  @Test
  void leads_where_the_other_cluster_does_if_the_pods_have_that_port() {
    assertThat(missing("8080", "9090", "web").meantAsJson(leadingTo("web"))).isEqualTo("\"web\"");
    assertThat(missing("8080", "9090").meantAsJson(leadingTo("9090"))).isEqualTo("9090");
  }

  @Test
  void leads_to_the_only_port_that_the_pods_have() {
    assertThat(missing("8080", "web").meantAsJson(leadingTo("7070"))).isEqualTo("8080");
  }

  @Test
  void leaves_the_choice_between_several() {
    assertThat(missing("8080", "9090").meantAsJson(leadingTo("7070")))
        .isEqualTo("\"<port-of-cart-v1>\"");
    assertThat(missing().meantAsJson(leadingTo("web"))).isEqualTo("\"<port-of-cart-v1>\"");
  }

  private static UndeclaredPort missing(String... declared) {
    return new UndeclaredPort(
        "west", "shop", "cart", "cart.shop", 80, "http", List.of(declared), "cart-v1", null);
  }

  private static KubeService leadingTo(String target) {
    var ports = List.of(new ServicePort("http", 80, "TCP", target));
    return new KubeService(
        "east",
        "shop",
        "cart",
        "cart.shop",
        "",
        false,
        null,
        ports,
        null,
        null,
        null,
        null,
        "",
        "",
        "",
        false,
        "",
        null,
        null);
  }
}
