package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

  private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");

  private static CertificateLife from(Duration before, Duration after) {
    return new CertificateLife("", "root", "", NOW.plus(before), NOW.plus(after), Origin.UNKNOWN);
  }

  @Test
  void a_certificate_is_due_in_the_weeks_before_its_end() {
    var soon = from(Duration.ofDays(-1), Duration.ofDays(29));
    var late = from(Duration.ofDays(-1), Duration.ofDays(31));
    var over = from(Duration.ofDays(-9), Duration.ofDays(-1));

    assertThat(soon.isDueAt(NOW)).isTrue();
    assertThat(soon.isEndedAt(NOW)).isFalse();
    assertThat(late.isDueAt(NOW)).isFalse();
    assertThat(over.isDueAt(NOW)).isTrue();
    assertThat(over.isEndedAt(NOW)).isTrue();
  }

  @Test
  void a_certificate_is_premature_only_minutes_before_its_begin() {
    assertThat(from(Duration.ofMinutes(4), Duration.ofDays(9)).isPrematureAt(NOW)).isFalse();
    assertThat(from(Duration.ofMinutes(6), Duration.ofDays(9)).isPrematureAt(NOW)).isTrue();
  }

  @Test
  void nothing_is_said_of_a_certificate_or_a_time_that_is_not_known() {
    var unknown = new CertificateLife("", "", "", null, null, Origin.UNKNOWN);

    assertThat(unknown.isDueAt(NOW)).isFalse();
    assertThat(unknown.isEndedAt(NOW)).isFalse();
    assertThat(unknown.isPrematureAt(NOW)).isFalse();
    assertThat(from(Duration.ofDays(1), Duration.ofDays(-1)).isDueAt(null)).isFalse();
  }

  @Test
  void what_happened_minutes_before_all_was_read_is_long_over() {
    var collected = new CollectedAt(NOW, Origin.UNKNOWN);

    assertThat(collected.isLongAfter(NOW.minusSeconds(60))).isFalse();
    assertThat(collected.isLongAfter(NOW.minusSeconds(180))).isTrue();
    assertThat(collected.isLongAfter(null)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Operation timed out after 4000 milliseconds with 1360 out of 65536 bytes received, true",
    "Operation timed out after 4000 milliseconds with 12 bytes received, true",
    "Operation timed out after 4000 milliseconds with 0 bytes received, false",
    "Operation timed out after 4000 milliseconds with 0 out of 0 bytes received, false",
  })
  void an_answer_is_stalled_if_some_of_it_came(String error, boolean stalled) {
    var probe =
        new Probe(
            "mesh-request",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            1,
            0,
            Map.of(),
            0,
            Probe.Failure.TIMEOUT,
            error,
            Origin.UNKNOWN);

    assertThat(probe.isStalled()).isEqualTo(stalled);
  }
}
