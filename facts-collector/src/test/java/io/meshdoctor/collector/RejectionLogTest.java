package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.collector.IstiodState.RejectionRow;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RejectionLogTest {

  private static final String PREFIX =
      "Failed to authenticate client from 10.0.0.1:4711: Authenticator ClientCertAuthenticator:"
          + " no verified chain is found; Authenticator KubeJWTAuthenticator: ";

  private final RejectionLog log = new RejectionLog();

  private void line(String time, String text) {
    log.accept(Objects.requireNonNull(LogEntry.of("2026-01-01T%sZ\t%s".formatted(time, text))));
  }

  @Test
  void keeps_the_newest_refusal_of_each_cluster() {
    line(
        "00:00:01",
        "error\tsecurity\t" + PREFIX + "failed to validate the JWT from cluster \"one\": old");
    line(
        "00:00:02",
        "error\tsecurity\t" + PREFIX + "failed to validate the JWT from cluster \"one\": new");
    line(
        "00:00:03",
        "error\tsecurity\t"
            + PREFIX
            + "client claims to be in cluster \"two\", but we only know about local cluster \"x\"");

    assertThat(log.current())
        .extracting(RejectionRow::id, RejectionRow::unknown)
        .containsExactly(tuple("one", false), tuple("two", true));
    assertThat(log.current().get(0).text()).endsWith("new");
  }

  @Test
  void tells_clients_apart_whose_token_is_no_longer_valid() {
    var gone =
        "error\tsecurity\tFailed to authenticate client from %s: failed to validate the JWT from"
            + " cluster \"one\": [invalid bearer token, service account token has been invalidated]";
    line("00:00:01", gone.formatted("10.0.0.1:4711"));
    line("00:00:02", gone.formatted("[fd00::1]:4711"));
    line(
        "00:00:03",
        "error\tsecurity\t" + PREFIX + "failed to validate the JWT from cluster \"one\": bad");

    assertThat(log.current())
        .extracting(RejectionRow::expelled)
        .containsExactlyInAnyOrder("", "10.0.0.1", "fd00::1");
  }

  @Test
  void understands_what_old_releases_say_of_a_cluster_that_they_do_not_know() {
    line("00:00:01", "error\tads\t" + PREFIX + "could not get cluster Kubernetes's kube client");

    assertThat(log.current())
        .extracting(RejectionRow::id, RejectionRow::unknown)
        .containsExactly(tuple("Kubernetes", true));
  }

  @Test
  void forgets_refusals_that_were_followed_by_silence() {
    line("00:00:01", "error\tsecurity\t" + PREFIX + "the token is not authenticated");
    line("00:01:02", "info\tads\tPush debounce stable[1]");

    assertThat(log.current()).isEmpty();
  }

  @Test
  void keeps_no_token() {
    line("00:00:01", "error\tsecurity\t" + PREFIX + "bad token: eyJhbGciOiJSUzI1NiJ9.CANARY.x");

    assertThat(log.current().get(0).text()).doesNotContain("CANARY");
    assertThat(log.current().get(0).id()).isEmpty();
  }

  @Test
  void takes_an_api_server_that_restarts_for_no_refusal() {
    var unasked =
        "error\tsecurity\t"
            + PREFIX
            + "failed to validate the JWT from cluster \"one\": Post"
            + " \"https://192.0.2.1:6443/apis/authentication.k8s.io/v1/tokenreviews\": http2: client"
            + " connection lost";
    line("00:00:01", unasked);
    line("00:00:20", unasked);
    var restarting = log.current();
    line("01:00:00", unasked);
    var again = log.current();
    line("01:01:10", unasked);
    var healedBetween = log.current();
    line("01:01:41", unasked);

    assertThat(restarting).isEmpty();
    assertThat(again).isEmpty();
    assertThat(healedBetween).isEmpty();
    assertThat(log.current()).extracting(RejectionRow::id).containsExactly("one");
  }
}
