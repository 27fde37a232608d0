package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class SyncLogTest {

  private static final String WAITING = "waiting for sync...\tname=informer/Gateways handler ";
  private static final String COMPLETE = "sync complete\tname=informer/Gateways handler ";

  private final SyncLog log = new SyncLog();

  private void line(String time, String text) {
    var line = "2026-11-24T" + time + "Z\tinfo\t" + text;
    log.accept(Objects.requireNonNull(LogEntry.of(line)));
  }

  @Test
  void keeps_what_is_waited_for_where_the_log_ends() {
    line("16:10:57.1", COMPLETE + "attempt=2 time=2.0ms");
    line("16:12:31.8", WAITING + "attempt=950 time=1m34.674296239s");
    line("16:12:36.9", WAITING + "attempt=1000 time=1m39.727906472s");
    line("16:12:40.0", "Push debounce stable");

    assertThat(log.current())
        .extracting(SyncLog.Row::cache, SyncLog.Row::waited)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("informer/Gateways handler", 99));
  }

  @Test
  void forgets_what_was_filled_later() {
    line("16:12:31.8", WAITING + "attempt=350 time=34.674296239s");
    line("16:12:33.0", COMPLETE + "attempt=362 time=35.9s");

    assertThat(log.current()).isEmpty();
  }

  @Test
  void takes_a_cache_of_another_cluster_that_was_filled_at_once_for_another_one() {
    line("16:12:31.8", WAITING + "attempt=350 time=34.674296239s");
    line("16:12:33.0", COMPLETE + "attempt=2 time=2.9ms");

    assertThat(log.current()).hasSize(1);
  }

  @Test
  void forgets_what_was_not_said_again() {
    line("16:12:31.8", WAITING + "attempt=350 time=34.674296239s");
    line("16:13:00.0", "Push debounce stable");

    assertThat(log.current()).isEmpty();
  }
}
