package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeshSettingsTest {

  private static MeshSettings settings(String trustDomain, String... aliases) {
    return new MeshSettings(
        "east",
        "",
        trustDomain,
        List.of(aliases),
        List.of(),
        false,
        0,
        List.of(),
        "",
        false,
        Origin.UNKNOWN);
  }

  @Test
  void are_at_odds_where_one_side_lacks_the_alias() {
    var one = settings("one.example", "other.example");
    var other = settings("other.example");

    assertThat(one.isAtOddsWith(other)).isTrue();
    assertThat(other.isAtOddsWith(one)).isTrue();
  }

  @Test
  void are_not_at_odds_where_each_is_an_alias_of_the_other() {
    var one = settings("one.example", "other.example");
    var other = settings("other.example", "one.example");

    assertThat(one.isAtOddsWith(other)).isFalse();
  }

  @Test
  void are_not_at_odds_where_a_trust_domain_is_not_known() {
    assertThat(settings("").isAtOddsWith(settings("other.example"))).isFalse();
    assertThat(settings("other.example").isAtOddsWith(settings(""))).isFalse();
  }

  @Test
  void keep_their_aliases_beside_one_more() {
    var settings = settings("one.example", "other.example");

    assertThat(settings.aliasesWith("third.example"))
        .containsExactly("other.example", "third.example");
    assertThat(settings.aliasesWith("other.example")).containsExactly("other.example");
  }

  @Test
  void name_the_service_that_proxies_look_for_istiod_at() {
    assertThat(at("istiod-1-30.istio-system.svc:15012").discoveryService())
        .isEqualTo("istiod-1-30");
    assertThat(at("istiod.istio-system.svc.cluster.local:15012").discoveryService())
        .isEqualTo("istiod");
    assertThat(at("istiod.example.com:15012").discoveryService()).isEmpty();
    assertThat(at("192.0.2.1:15012").discoveryService()).isEmpty();
    assertThat(at("").discoveryService()).isEmpty();
  }

  private static MeshSettings at(String discoveryAddress) {
    return new MeshSettings(
        "",
        "",
        "",
        List.of(),
        List.of(),
        false,
        0,
        List.of(),
        discoveryAddress,
        false,
        Origin.UNKNOWN);
  }
}
