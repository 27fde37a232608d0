package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IstiodServiceTest {

  @Test
  void leads_elsewhere_by_an_address_or_by_a_host_name() {
    assertThat(service(false, List.of("192.0.2.1"), "").isLeadingElsewhere()).isTrue();
    assertThat(service(false, List.of(), "gateway.example.com").isLeadingElsewhere()).isTrue();
  }

  @Test
  void leads_nowhere_else_where_it_selects_its_own_istiod_or_has_no_address() {
    assertThat(service(true, List.of("10.0.0.1"), "").isLeadingElsewhere()).isFalse();
    assertThat(service(false, List.of(), "").isLeadingElsewhere()).isFalse();
  }

  @Test
  void leads_through_the_gateway_that_has_its_address() {
    var gateway = gateway(List.of("192.0.2.1", "192.0.2.2"), List.of("gateway.example.com"));

    assertThat(gateway.isReachedThrough(service(false, List.of("192.0.2.2"), ""))).isTrue();
    assertThat(gateway.isReachedThrough(service(false, List.of(), "gateway.example.com"))).isTrue();
    assertThat(gateway.isReachedThrough(service(false, List.of("192.0.2.9"), ""))).isFalse();
    assertThat(gateway.isReachedThrough(service(false, List.of(), ""))).isFalse();
  }

  private static IstiodService service(boolean local, List<String> addresses, String externalName) {
    return new IstiodService(
        "west", "istio-system", "istiod", local, addresses, externalName, "", Origin.UNKNOWN);
  }

  private static EastWestGateway gateway(List<String> addresses, List<String> hostnames) {
    return new EastWestGateway(
        "east",
        "istio-system",
        "gateway",
        "LoadBalancer",
        "",
        "",
        addresses,
        hostnames,
        List.of(15012),
        15443,
        "",
        false,
        Map.of(),
        1,
        Map.of(),
        Origin.UNKNOWN);
  }
}
