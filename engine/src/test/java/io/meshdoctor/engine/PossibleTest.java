package io.meshdoctor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.ExportedService;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.KubeService;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Role;
import java.util.ArrayList;
import java.util.List;
import org.drools.model.Rule;
import org.junit.jupiter.api.Test;

class PossibleTest {

  private static final Rule HEADLESS =
      rule("a service is headless in one cluster and not in another");

  private final List<Fact> facts =
      new ArrayList<>(List.of(cluster("amber"), cluster("basalt"), service("amber", "web", false)));

  @Test
  void a_rule_is_possible_where_facts_match_all_that_it_asks_for() {
    facts.add(service("basalt", "web", true));

    assertThat(new Possible(facts).isFor(HEADLESS)).isTrue();
  }

  @Test
  void a_rule_is_not_possible_where_a_fact_is_nowhere() {
    facts.removeIf(KubeService.class::isInstance);

    assertThat(new Possible(facts).isFor(HEADLESS)).isFalse();
  }

  @Test
  void a_rule_is_not_possible_where_no_facts_are_of_each_other() {
    facts.add(service("basalt", "web", false));
    facts.add(service("basalt", "cart", true));

    assertThat(new Possible(facts).isFor(HEADLESS)).isFalse();
  }

  @Test
  void a_fact_that_it_asks_for_makes_a_rule_possible_again() {
    facts.add(service("basalt", "web", false));
    var possible = new Possible(facts);

    assertThat(possible.isFor(HEADLESS, List.of(service("basalt", "web", true)))).isTrue();
    assertThat(
            possible.isFor(
                HEADLESS, List.of(new ExportedService("amber", "shop", "web", Origin.UNKNOWN))))
        .isFalse();
    assertThat(possible.isFor(HEADLESS, List.of())).isFalse();
  }

  private static Rule rule(String name) {
    List<Rule> found = new ArrayList<>();
    RuleBase.builtIn()
        .build(
            rule -> {
              if (rule.getName().equals(name)) {
                found.add(rule);
              }
              return false;
            });
    return found.get(0);
  }

  private static Cluster cluster(String name) {
    return new Cluster(name, name, Role.PRIMARY, "", "", "", "", name, "", Origin.UNKNOWN);
  }

  private static KubeService service(String cluster, String name, boolean headless) {
    return new KubeService(
        cluster,
        "shop",
        name,
        name + ".shop.svc.cluster.local",
        "ClusterIP",
        headless,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        "",
        "",
        "",
        false,
        "",
        List.of(),
        Origin.UNKNOWN);
  }
}
