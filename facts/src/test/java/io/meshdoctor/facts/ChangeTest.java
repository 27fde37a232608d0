package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeTest {

  private static final Fact READY =
      fact(
          Istiod.class,
          "cluster",
          "east",
          "pod",
          "istiod-1",
          "ready",
          true,
          "env",
          Map.of("A", "1", "B", "2"));

  private static Fact fact(Class<? extends Fact> type, Object... values) {
    return Change.adding(type, values).addition().orElseThrow();
  }

  @Test
  void a_new_fact_is_empty_where_nothing_is_said() {
    var fact = fact(Workload.class, "cluster", "east", "readyPods", 3);

    assertThat(fact)
        .isInstanceOfSatisfying(
            Workload.class,
            workload -> {
              assertThat(workload.cluster()).isEqualTo("east");
              assertThat(workload.readyPods()).isEqualTo(3);
              assertThat(workload.injected()).isFalse();
              assertThat(workload.namespace()).isEmpty();
              assertThat(workload.origin()).isEqualTo(Origin.UNKNOWN);
            });
  }

  @Test
  void a_new_fact_may_be_like_another() {
    var fact = Change.adding(READY, "cluster", "west").addition().orElseThrow();

    assertThat(fact)
        .isEqualTo(
            Change.replacing(Selection.of(READY), "cluster", "west").inPlaceOf(READY).get(0));
    assertThat(((Istiod) fact).pod()).isEqualTo("istiod-1");
  }

  @Test
  void one_fact_gets_other_values() {
    var change = Change.replacing(Selection.of(READY), "ready", false, "env[A]", "9", "env[B]", "");

    assertThat(change.takes(READY)).isTrue();
    assertThat(change.takes(fact(Istiod.class, "cluster", "east"))).isFalse();
    var istiod = (Istiod) change.inPlaceOf(READY).get(0);
    assertThat(istiod.ready()).isFalse();
    assertThat(istiod.env()).containsExactly(Map.entry("A", "9"));
    assertThat(istiod.pod()).isEqualTo("istiod-1");
  }

  @Test
  void a_copy_stands_beside_the_fact_that_it_is_like() {
    var change = Change.copying(Selection.of(Istiod.class, "pod", "istiod-1"), "cluster", "west");

    assertThat(change.takes(READY)).isTrue();
    assertThat(change.takes(fact(Istiod.class, "cluster", "east"))).isFalse();
    assertThat(change.inPlaceOf(READY))
        .containsExactly(READY, Change.adding(READY, "cluster", "west").addition().orElseThrow());
  }

  @Test
  void facts_are_chosen_by_components_and_by_what_they_say_of_themselves() {
    var selection = Selection.of(RemoteClusterStatus.class, "cluster", "east", "synced", false);
    var stuck = fact(RemoteClusterStatus.class, "cluster", "east", "status", "timeout");
    var synced = fact(RemoteClusterStatus.class, "cluster", "east", "status", "synced");

    var removing = new Change.Removing(selection);

    assertThat(removing.takes(stuck)).isTrue();
    assertThat(removing.takes(synced)).isFalse();
    assertThat(removing.takes(READY)).isFalse();
    assertThat(removing.inPlaceOf(stuck)).isEmpty();
  }

  @Test
  void a_wrong_name_or_value_is_named_with_its_type() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Change.adding(NetworkPair.class, "frm", "east"))
        .withMessage(
            "NetworkPair has no frm, but from, to, fromNetwork, toNetwork, crossNetwork, origin.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Change.replacing(Selection.of(READY), "ready", "yes"))
        .withMessage("ready of Istiod cannot be a String.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Change.replacing(Selection.of(READY), "pod[A]", "1"))
        .withMessage("pod[A] of Istiod cannot be a String.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Selection.of(Istiod.class, "redy", true))
        .withMessageStartingWith("Istiod has no redy, but cluster, ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Change.adding(NetworkPair.class, "from"))
        .withMessage("Names and values of NetworkPair do not alternate.");
  }
}
