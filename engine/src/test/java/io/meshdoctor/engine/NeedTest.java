package io.meshdoctor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.Istiod;
import io.meshdoctor.facts.Origin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NeedTest {

  private static final String CANARY = "istio-system/istiod-canary-1";

  private static Istiod istiod(String pod, String revision, boolean ready) {
    return new Istiod(
        "oslo",
        "istio-system",
        pod,
        revision,
        "oslo",
        "1.30.1",
        false,
        Map.of(),
        ready,
        "",
        null,
        Origin.UNKNOWN);
  }

  private static String command(String kind, String subject, Istiod... istiods) {
    return new Need("oslo", kind, subject).command(Places.of(List.of(istiods)));
  }

  @Test
  void names_the_deployment_of_an_istiod_by_its_revision() {
    var canary = istiod("istiod-canary-1", "canary", true);
    var other = istiod("istiod-1", "default", true);

    assertThat(command("clusterz", "", canary))
        .isEqualTo(
            "kubectl --context=oslo -n istio-system exec deploy/istiod-canary -- pilot-discovery request GET /debug/clusterz");
    assertThat(command("discovery log", CANARY, other, canary))
        .isEqualTo("kubectl --context=oslo -n istio-system logs deploy/istiod-canary -c discovery");
  }

  @Test
  void prefers_an_istiod_that_is_ready_where_any_will_do() {
    var waiting = istiod("istiod-1", "", false);
    var ready = istiod("istiod-canary-1", "canary", true);

    assertThat(command("networkz", "", waiting, ready)).contains(" exec deploy/istiod-canary -- ");
    assertThat(command("networkz", "")).contains(" -n istio-system exec deploy/istiod -- ");
  }

  @Test
  void names_the_pod_where_one_of_several_replicas_is_meant() {
    var one = istiod("istiod-canary-1", "canary", true);
    var other = istiod("istiod-canary-2", "canary", true);

    assertThat(command("clusterz", CANARY, one, other)).contains(" exec istiod-canary-1 -- ");
    assertThat(command("clusterz", "", one, other)).contains(" exec deploy/istiod-canary -- ");
  }
}
