package io.meshdoctor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.Evidence;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InferenceTest {

  @Test
  void what_was_given_comes_first_and_in_its_order() {
    List<Fact> given = new ArrayList<>();
    for (int number : new Random(7).ints(300, 0, 10_000).distinct().toArray()) {
      given.add(new Listed("oslo", "Envoy clusters", "shop/web-" + number, Origin.UNKNOWN));
    }

    var evidence = Inference.of(RuleBase.builtIn(), given).evidence();

    assertThat(evidence.subList(0, given.size())).isEqualTo(List.<Evidence>copyOf(given));
    assertThat(evidence.subList(given.size(), evidence.size())).isSortedAccordingTo(Order.BY_TEXT);
  }
}
