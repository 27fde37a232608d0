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

  private static Istiod istiod(String revision) {
    return new Istiod(
        "east",
        "istio-system",
        "istiod-x",
        revision,
        "",
        "",
        false,
        Map.of(),
        true,
        "",
        null,
        Origin.UNKNOWN);
  }
}
