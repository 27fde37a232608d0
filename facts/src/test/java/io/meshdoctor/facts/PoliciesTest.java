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

  private static Workload client(String account) {
    return new Workload(
        "east",
        "shop",
        "web",
        "web-1",
        1,
        1,
        false,
        false,
        "",
        false,
        "",
        "",
        "",
        "",
        false,
        true,
        "",
        account,
        Map.of(),
        null,
        null,
        Origin.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "principal td/ns/shop/sa/web, false, true",
    "principal td/ns/shop/sa/api, true, false",
    "principal td/ns/pay/sa/web, true, false",
    "principal */ns/shop/sa/web, false, true",
    "principal td/ns/shop/*, false, true",
    "principal td/ns/pay/*, true, false",
    "principal *, false, true",
    "principal */sa/web, false, false",
    "namespace shop, false, true",
    "namespace sh*, false, true",
    "namespace *op, false, true",
    "namespace pay, true, false",
    "address 10.0.0.0/8, false, false",
    "other, false, false",
  })
  void a_policy_refuses_pods_that_none_of_its_sources_can_mean(
      String source, boolean refusing, boolean admitting) {
    assertThat(allow(source).isRefusing(client("web"))).isEqualTo(refusing);
    assertThat(allow(source).isAdmitting(client("web"))).isEqualTo(admitting);
  }

  @ParameterizedTest
  @CsvSource({"principal td/ns/shop/sa/api, false", "principal td/ns/pay/sa/api, true"})
  void pods_of_an_unknown_account_are_told_by_their_namespace(String source, boolean refusing) {
    assertThat(allow(source).isRefusing(client(""))).isEqualTo(refusing);
    assertThat(allow(source).isAdmitting(client(""))).isFalse();
  }

  @Test
  void pods_are_named_in_policies_by_namespace_and_account() {
    assertThat(client("web").principal()).isEqualTo("cluster.local/ns/shop/sa/web");
    assertThat(client("").principal()).isEqualTo("cluster.local/ns/shop/sa/<account>");
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
