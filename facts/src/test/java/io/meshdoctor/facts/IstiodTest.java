package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class IstiodTest {

  @Test
  void its_deployment_is_named_after_its_revision() {
    assertThat(istiod("").deployment()).isEqualTo("istiod");
    assertThat(istiod("default").deployment()).isEqualTo("istiod");
    assertThat(istiod("1-30-1").deployment()).isEqualTo("istiod-1-30-1");
  }

  @Test
  void tells_ambient_workloads_of_other_networks_only_with_both_switches() {
    var both = Map.of("PILOT_ENABLE_AMBIENT", "true", "AMBIENT_ENABLE_MULTI_NETWORK", "1");

    assertThat(istiod("", both).isAmbientAcross()).isTrue();
    assertThat(istiod("", Map.of("AMBIENT_ENABLE_MULTI_NETWORK", "true")).isAmbientAcross())
        .isFalse();
    assertThat(istiod("", Map.of("PILOT_ENABLE_AMBIENT", "yes")).isAmbientAcross()).isFalse();
  }

  @Test
  void trusts_the_accounts_of_its_environment_letter_by_letter() {
    var istiod = istiod("", Map.of("CA_TRUSTED_NODE_ACCOUNTS", "a/ztunnel,b/ztunnel"));

    assertThat(istiod.isTrusting("b/ztunnel")).isTrue();
    assertThat(istiod.isTrusting("b/ztun")).isFalse();
    assertThat(istiod.trustedWith("c/z")).isEqualTo("a/ztunnel,b/ztunnel,c/z");
    assertThat(istiod("").isTrusting("a/ztunnel")).isFalse();
    assertThat(istiod("").trustedWith("c/z")).isEqualTo("c/z");
  }

  private static Istiod istiod(String revision) {
    return istiod(revision, Map.of());
  }

  private static Istiod istiod(String revision, Map<String, String> env) {
    return new Istiod(
        "east",
        "istio-system",
        "istiod-x",
        revision,
        "",
        "",
        false,
        env,
        true,
        "",
        null,
        Origin.UNKNOWN);
  }
}
