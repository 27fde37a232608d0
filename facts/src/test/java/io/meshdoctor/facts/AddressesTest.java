package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

  private static PodRanges pods(String... ranges) {
    return new PodRanges("", List.of(ranges), Origin.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, 10.1.2.0/24, 10.1.0.0/16",
    "10.1.2.0/24, 10.1.0.0/16, 10.1.2.0/24",
    "10.1.0.0/24, 10.1.1.0/24, ''",
    "0.0.0.0/0, 10.1.1.7, 0.0.0.0/0",
    "2001:db8::/32, 2001:db8:1::/48, 2001:db8::/32",
    "::/0, 10.1.0.0/16, ''",
  })
  void ranges_share_addresses_of_one_family_only(String one, String other, String shared) {
    assertThat(pods(one).sharedWith(pods("192.0.2.0/24", other))).isEqualTo(shared);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "example.com", "10.1.0.0/33", "10.1.0.0/x", "10.1.0.0/-1", "cafe"})
  void what_is_no_range_is_passed_over(String text) {
    assertThat(AddressRange.of(text)).isNull();
    assertThat(pods(text).sharedWith(pods("0.0.0.0/0"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "service.beta.kubernetes.io/aws-load-balancer-ssl-cert, arn:aws:acm:x, true",
    "service.beta.kubernetes.io/aws-load-balancer-backend-protocol, HTTPS, true",
    "service.beta.kubernetes.io/aws-load-balancer-backend-protocol, tcp, false",
    "service.beta.kubernetes.io/aws-load-balancer-type, nlb, false",
    "service.beta.kubernetes.io/do-loadbalancer-enable-proxy-protocol, false, false",
    "load-balancer.hetzner.cloud/uses-proxyprotocol, true, true",
  })
  void a_load_balancer_that_ends_tls_or_adds_a_header_interferes(
      String name, String value, boolean interferes) {
    var gateway =
        new EastWestGateway(
            "",
            "",
            "",
            "",
            "",
            "",
            List.of(),
            List.of(),
            List.of(),
            15443,
            "",
            false,
            Map.of(),
            0,
            Map.of(name, value),
            Origin.UNKNOWN);

    assertThat(gateway.interference()).isEqualTo(interferes ? name + "=" + value : "");
    assertThat(gateway.interfering()).isEqualTo(interferes ? List.of(name) : List.of());
    assertThat(gateway.harmlessAnnotations().containsKey(name)).isNotEqualTo(interferes);
  }

  @Test
  void the_family_of_an_address_is_seen_by_its_colons() {
    assertThat(gateway("192.0.2.1").isIpv6()).isFalse();
    assertThat(gateway("2001:db8::1").isIpv6()).isTrue();
  }

  private static NetworkGateway gateway(String address) {
    return new NetworkGateway("", "", "", "", "", address, 15443, 0, Origin.UNKNOWN);
  }
}
