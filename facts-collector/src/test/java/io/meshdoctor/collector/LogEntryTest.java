package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogEntryTest {

  private static final String TIME = "2026-01-02T03:04:05.678901Z";

  @Test
  void tells_a_message_without_scope_from_its_labels() {
    LogEntry entry = LogEntry.of(TIME + "\tinfo\tAdd cluster\tcluster=c2 secret=istio-system/s");

    assertThat(entry)
        .isEqualTo(
            new LogEntry(
                TIME, "info", "Add cluster", Map.of("cluster", "c2", "secret", "istio-system/s")));
  }

  @Test
  void leaves_the_scope_out() {
    LogEntry entry =
        LogEntry.of(TIME + "\twarn\tkube\tkube controller for c2 initial sync timed out");

    assertThat(entry)
        .extracting("level", "message")
        .containsExactly("warn", "kube controller for c2 initial sync timed out");
  }

  @Test
  void takes_a_single_word_before_labels_for_the_message() {
    LogEntry entry = LogEntry.of(TIME + "\tinfo\tstarting\tcontroller=multicluster secret");

    assertThat(entry)
        .extracting("message", "labels")
        .containsExactly("starting", Map.of("controller", "multicluster secret"));
  }

  @Test
  void joins_the_lines_of_a_long_message() {
    LogEntry entry =
        LogEntry.of(
            TIME
                + "\terror\tcontrollers\terror adding secret a/b: 1 error occurred:\n"
                + "\t* kubeconfig is not valid\n\n\tcontroller=multicluster secret");

    assertThat(entry)
        .extracting("message", "labels")
        .containsExactly(
            "error adding secret a/b: 1 error occurred: * kubeconfig is not valid",
            Map.of("controller", "multicluster secret"));
  }

  @Test
  void reads_both_kinds_of_json() {
    LogEntry istios =
        LogEntry.of(
            "{\"level\":\"info\",\"time\":\""
                + TIME
                + "\",\"msg\":\"Add cluster\",\"cluster\":\"c2\"}");
    LogEntry stackdrivers =
        LogEntry.of(
            "{\"severity\":\"WARNING\",\"timestamp\":\"" + TIME + "\",\"message\":\"late\"}");

    assertThat(istios)
        .extracting(LogEntry::at, LogEntry::message)
        .containsExactly(Instant.parse(TIME), "Add cluster");
    assertThat(istios.labels()).containsEntry("cluster", "c2");
    assertThat(stackdrivers).extracting("level", "message").containsExactly("warn", "late");
  }

  @Test
  void sees_through_what_kubectl_puts_before_each_line() {
    String line = TIME + "\tinfo\tAdd cluster";

    assertThat(LogEntry.bare("[pod/istiod-1/discovery] 2026-01-02T03:04:05.7Z " + line))
        .isEqualTo(line);
    assertThat(LogEntry.bare(line)).isEqualTo(line);
  }

  @Test
  void takes_no_other_line_for_the_beginning_of_an_entry() {
    assertThat(LogEntry.isHead("2026/01/02 03:04:05 INFO memory is not limited")).isFalse();
    assertThat(LogEntry.isHead("\t* kubeconfig is not valid")).isFalse();
    assertThat(LogEntry.isHead("")).isFalse();
    assertThat(LogEntry.of("{\"cut\":")).isNull();
  }
}
