package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodOwnerTest {

  private static Workload workload(String name, String pod, int pods) {
    return new Workload(
        "east",
        "shop",
        name,
        pod,
        pods,
        pods,
        false,
        false,
        "",
        false,
        "",
        "",
        "",
        "",
        false,
        false,
        "",
        "",
        Map.of("app", "cart", "version", "v1"),
        null,
        null,
        Origin.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cart-7c94b7cc9-fvqtw", "cart-0", "cart-12", "cart-fvqtw"})
  void owns_pods_that_kubernetes_names_after_it(String pod) {
    var workload = workload("cart", "cart-7c94b7cc9-bcdfg", 2);

    assertThat(workload.isOwnerOf(pod)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cart",
        "cart-",
        "cart-v2-7c94b7cc9-fvqtw",
        "cart-canary-fvqtw",
        "carts-7c94b7cc9-fvqtw",
        "search-7c94b7cc9-fvqtw"
      })
  void does_not_own_pods_of_workloads_with_similar_names(String pod) {
    var workload = workload("cart", "cart-7c94b7cc9-bcdfg", 2);

    assertThat(workload.isOwnerOf(pod)).isFalse();
  }

  @Test
  void owns_the_one_pod_that_it_has_and_no_other() {
    var workload = workload("cart", "cart-7c94b7cc9-bcdfg", 1);

    assertThat(workload.isOwnerOf("cart-7c94b7cc9-bcdfg")).isTrue();
    assertThat(workload.isOwnerOf("cart-7c94b7cc9-fvqtw")).isFalse();
  }

  @Test
  void stands_behind_services_that_select_its_labels() {
    var workload = workload("cart", "cart-7c94b7cc9-bcdfg", 1);

    assertThat(workload.isSelectedBy(Map.of("app", "cart"))).isTrue();
    assertThat(workload.isSelectedBy(Map.of("app", "cart", "version", "v2"))).isFalse();
    assertThat(workload.isSelectedBy(Map.of())).isFalse();
  }
}
