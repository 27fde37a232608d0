package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
  void is_named_by_istiods_that_are_there_else_by_what_leads_to_it() {
    var blue = List.of(istiod("green"), istiod("blue"));

    assertThat(Istiod.nameOf(blue, "istiod-green")).isEqualTo("istiod-green");
    assertThat(Istiod.nameOf(blue, "istiod")).isEqualTo("istiod-blue");
    assertThat(Istiod.nameOf(List.of(), "istiod-red")).isEqualTo("istiod-red");
  }

  @Test
  void commands_say_nothing_of_the_default_revision() {
    assertThat(Istiod.option("default")).isEmpty();
    assertThat(Istiod.option("blue")).isEqualTo(" --revision blue");
    assertThat(Istiod.inSample("istiod")).isEmpty();
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

  void clients_accept_any_trust_domain_since_istiod_reads_those_of_all_clusters() {
    var told = Map.of("PILOT_SKIP_VALIDATE_TRUST_DOMAIN", "true");

    assertThat(istiod("1.29.0", told).isAcceptingAnyTrustDomain()).isTrue();
    assertThat(istiod("1.8.2", told).isAcceptingAnyTrustDomain()).isFalse();
    assertThat(istiod("1.29.0", Map.of()).isAcceptingAnyTrustDomain()).isFalse();
  }

  @Test
  void of_an_istiod_of_unknown_version_nobody_knows_what_clients_accept() {
    var told = Map.of("PILOT_SKIP_VALIDATE_TRUST_DOMAIN", "true");

    assertThat(istiod("latest", told).isAcceptingAnyTrustDomain()).isTrue();
  }

  private static Istiod istiod(String revision) {
    return istiod(revision, "", Map.of());
  }

  private static Istiod istiod(String version, Map<String, String> env) {
    return istiod("", version, env);
  }

  private static Istiod istiod(String revision, String version, Map<String, String> env) {
    return new Istiod(
        "east",
        "istio-system",
        "istiod-x",
        revision,
        "",
        version,
        false,
        env,
        true,
        "",
        null,
        Origin.UNKNOWN);
  }
}
