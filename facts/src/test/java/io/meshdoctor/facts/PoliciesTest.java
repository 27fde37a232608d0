package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesTest {

  private static AccessPolicy allow(String... admits) {
    return new AccessPolicy("a", "a", "", "", "ALLOW", List.of(), List.of(admits), Origin.UNKNOWN);
  }

  private static DestinationPolicy rule(String host, String... exportTo) {
    return new DestinationPolicy(
        "",
        "",
        "",
        host,
        "",
        false,
        Map.of(),
        0,
        List.of(),
        List.of(),
        "",
        false,
        "",
        List.of(exportTo),
        Origin.UNKNOWN);
  }

  @Test
  void a_policy_that_lets_in_nothing_is_closed_to_everybody() {
    assertThat(allow().isClosedTo("td")).isTrue();
    assertThat(allow().isClosedTo("")).isTrue();
    assertThat(allow().verdict()).isEqualTo("lets in nothing");
  }

  @ParameterizedTest
  @CsvSource({
    "principal other/ns/shop/sa/web, true",
    "principal td/ns/shop/sa/web, false",
    "principal cluster.local/ns/shop/sa/web, false",
    "principal */ns/shop/sa/web, false",
    "namespace shop, false",
    "address 10.0.0.0/8, false",
    "other, false",
  })
  void a_policy_is_closed_to_a_trust_domain_that_none_of_its_principals_is_of(
      String source, boolean closed) {
    assertThat(allow(source).isClosedTo("td")).isEqualTo(closed);
  }

  @Test
  void a_policy_that_does_not_allow_is_closed_to_nobody() {
    var deny = new AccessPolicy("a", "a", "", "", "DENY", List.of(), List.of(), Origin.UNKNOWN);

    assertThat(deny.isClosedTo("td")).isFalse();
    assertThat(deny.verdict()).isEqualTo("refuses some requests (action DENY)");
  }

  @Test
  void a_destination_rule_is_exported_unless_it_names_single_namespaces() {
    assertThat(rule("x").isExported()).isTrue();
    assertThat(rule("x", "*").isExported()).isTrue();
    assertThat(rule("x", ".").isExported()).isFalse();
  }
}
