package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {

  @Test
  void prints_the_page_of_a_rule() {
    var run = Run.of("explain", "MD301");

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("# MD301: ");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void does_not_care_about_case() {
    assertThat(Run.of("explain", "md301")).isEqualTo(Run.of("explain", "MD301"));
  }

  @Test
  void says_in_one_line_that_there_is_no_such_rule_and_which_are_near() {
    var run = Run.of("explain", "MD30");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .startsWith("meshdoctor: no rule is called MD30; near are MD301")
        .contains("`meshdoctor rules list` lists all");
  }

  @Test
  void takes_those_for_near_that_take_the_fewest_changes() {
    var near = NearIds.of("md311", List.of("MD101", "MD301", "MD310", "MD313", "MD999"));

    assertThat(near).containsExactly("MD301", "MD310", "MD313");
  }
}
