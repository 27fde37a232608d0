package io.meshdoctor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.engine.Account.Entry;
import io.meshdoctor.engine.Account.Outcome;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Credential;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.RemoteSecret;
import io.meshdoctor.facts.Role;
import io.meshdoctor.facts.RootCertificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of subjects for which a rule does not find its fault. */
class ExclusionsTest {

  private static final Diagnostician DOCTOR = new Diagnostician(RuleBase.builtIn()).accounting();

  private static Cluster primary(String name) {
    return new Cluster(
        name, name, Role.PRIMARY, "", "", "", "istio-system", name, "", Origin.UNKNOWN);
  }

  private static Listed listed(String cluster, String kind) {
    return new Listed(cluster, kind, "", Origin.UNKNOWN);
  }

  private static RootCertificate root(String cluster, String fingerprint) {
    return new RootCertificate(
        cluster, "istio-ca-root-cert", "", fingerprint, "", "CN=x", null, 1, Origin.UNKNOWN);
  }

  private static RemoteSecret secret(String heldBy, String pointsTo) {
    return new RemoteSecret(
        heldBy,
        "istio-system",
        "istio-remote-secret-" + pointsTo,
        pointsTo,
        pointsTo,
        "",
        true,
        "true",
        true,
        "https://10.0.0.1:6443",
        false,
        Credential.UNKNOWN,
        "",
        "",
        "",
        null,
        null,
        Origin.UNKNOWN);
  }

  private static List<Entry> entries(String code, Fact... facts) {
    List<Fact> all = new ArrayList<>(List.of(primary("oslo"), primary("paris")));
    all.addAll(List.of(facts));
    return DOCTOR.diagnose("prod", all).ledger().stream()
        .filter(account -> account.code().equals(code))
        .findFirst()
        .orElseThrow()
        .entries();
  }

  private static List<String> facts(Entry entry) {
    return entry.because().stream().map(Proof::fact).toList();
  }

  @Test
  void what_is_there_excludes_the_fault_that_it_is_not() {
    var entries =
        entries(
            "MD301",
            listed("oslo", "remote secrets"),
            listed("paris", "remote secrets"),
            secret("oslo", "paris"));

    assertThat(entries).hasSize(2);
    assertThat(entries)
        .filteredOn(one -> one.subject().equals("oslo, paris"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.outcome()).isEqualTo(Outcome.RULED_OUT);
              assertThat(facts(one))
                  .containsExactly(
                      "secret istio-system/istio-remote-secret-paris of oslo holds a kubeconfig"
                          + " under the key paris that leads to paris");
            });
  }

  @Test
  void facts_that_belong_together_exclude_a_fault_together() {
    var entries =
        entries(
            "MD201",
            listed("oslo", "ConfigMap"),
            listed("paris", "ConfigMap"),
            root("oslo", "aa"),
            root("oslo", "bb"),
            root("paris", "bb"));

    assertThat(facts(entries.get(0)))
        .containsExactly(
            "istio-ca-root-cert of oslo holds root bb (CN=x)",
            "istio-ca-root-cert of paris holds root bb (CN=x)");
  }

  @Test
  void a_fact_that_is_as_it_should_be_excludes_the_fault() {
    var entries = entries("MD306", listed("oslo", "remote secrets"), secret("oslo", "paris"));

    assertThat(entries)
        .filteredOn(one -> one.outcome() == Outcome.RULED_OUT)
        .singleElement()
        .satisfies(
            one -> assertThat(facts(one)).singleElement().asString().contains("leads to paris"));
  }

  @Test
  void a_subject_that_was_not_looked_at_is_undecided_and_says_what_decides_it() {
    var entries = entries("MD301", listed("oslo", "remote secrets"), secret("oslo", "paris"));

    assertThat(entries)
        .filteredOn(one -> one.subject().equals("paris, oslo"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.outcome()).isEqualTo(Outcome.UNDECIDED);
              assertThat(one.missing())
                  .extracting(Account.Missing::command)
                  .containsExactly("kubectl --context=paris get secrets -A -o json");
            });
  }

  @Test
  void a_fault_that_is_there_is_found_for_its_subject_only() {
    var entries =
        entries(
            "MD316",
            listed("oslo", "remote secrets"),
            listed("paris", "remote secrets"),
            secret("oslo", "paris"));

    assertThat(entries)
        .anyMatch(one -> one.outcome() == Outcome.FOUND && one.findings().size() == 1);
  }

  @Test
  void a_rule_that_speaks_of_nothing_here_is_not_applicable() {
    assertThat(entries("MD501")).isEmpty();
  }

  @Test
  void the_rules_that_are_ruled_out_name_what_excludes_them_without_a_ledger() {
    var facts =
        List.of(
            primary("oslo"),
            primary("paris"),
            listed("oslo", "ConfigMap"),
            listed("paris", "ConfigMap"),
            root("oslo", "bb"),
            root("paris", "bb"));

    var diagnosis = new Diagnostician(RuleBase.builtIn()).diagnose("prod", facts);

    assertThat(diagnosis.ledger()).isEmpty();
    assertThat(diagnosis.ruledOut())
        .filteredOn(one -> one.code().equals("MD201"))
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.because())
                    .extracting(Proof::fact)
                    .startsWith("istio-ca-root-cert of oslo holds root bb (CN=x)"));
  }
}
