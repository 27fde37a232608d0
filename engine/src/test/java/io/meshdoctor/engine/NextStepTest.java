package io.meshdoctor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.engine.Account.Entry;
import io.meshdoctor.engine.Account.Missing;
import io.meshdoctor.engine.Account.Outcome;
import io.meshdoctor.engine.NextStep.Decided;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NextStepTest {

  private static final Missing SECRETS = new Missing("Secret of oslo", "get secrets", 0);
  private static final Missing SERVICES = new Missing("Service of oslo", "get services", 0);
  private static final Missing PROBE = new Missing("a probe", "probe", 3);

  private static Entry undecided(Missing... missing) {
    return new Entry(
        Outcome.UNDECIDED, List.of(), List.of(), List.of(), List.of(missing), List.of());
  }

  private static Account account(String code, Entry... entries) {
    return new Account(code, "title", Arrays.asList(entries));
  }

  @Test
  void begins_with_what_decides_most() {
    var steps =
        NextStep.of(
            List.of(
                account("MD301", undecided(SECRETS)),
                account("MD501", undecided(SERVICES), undecided(SERVICES))));

    assertThat(steps)
        .containsExactly(
            new NextStep(List.of("get services"), List.of(new Decided("MD501", "title", 2))),
            new NextStep(List.of("get secrets"), List.of(new Decided("MD301", "title", 1))));
  }

  @Test
  void prefers_what_is_cheap_where_as_much_is_decided() {
    var steps =
        NextStep.of(
            List.of(account("MD101", undecided(PROBE)), account("MD301", undecided(SECRETS))));

    assertThat(steps)
        .extracting(NextStep::commands)
        .containsExactly(List.of("get secrets"), List.of("probe"));
  }

  @Test
  void asks_for_nothing_twice() {
    var steps =
        NextStep.of(
            List.of(
                account("MD301", undecided(SECRETS)),
                account("MD302", undecided(SECRETS, SERVICES)),
                account("MD303", undecided(SECRETS, PROBE))));

    assertThat(steps)
        .containsExactly(
            new NextStep(List.of("get secrets"), List.of(new Decided("MD301", "title", 1))),
            new NextStep(List.of("get services"), List.of(new Decided("MD302", "title", 1))),
            new NextStep(List.of("probe"), List.of(new Decided("MD303", "title", 1))));
  }

  @Test
  void names_commands_together_that_decide_only_together() {
    var steps = NextStep.of(List.of(account("MD302", undecided(SECRETS, PROBE))));

    assertThat(steps)
        .containsExactly(
            new NextStep(
                List.of("get secrets", "probe"), List.of(new Decided("MD302", "title", 1))));
  }

  @Test
  void has_nothing_to_do_where_all_is_decided() {
    assertThat(NextStep.of(List.of(account("MD301")))).isEmpty();
  }
}
