package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.collector.IstiodState.ImpersonationRow;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ImpersonationLogTest {

  private static final String FAILED =
      "impersonation failed for identity spiffe://td/ns/shop/sa/cart, error: ";

  private final ImpersonationLog log = new ImpersonationLog();

  private void line(String time, String text) {
    log.accept(
        Objects.requireNonNull(
            LogEntry.of(
                "2026-01-01T%sZ\twarn\tserverca\t%s\tclient=10.0.0.1:4711".formatted(time, text))));
  }

  @Test
  void keeps_what_istiod_refuses_for_good() {
    line(
        "00:00:01",
        "impersonation not allowed, as node authorizer (CA_TRUSTED_NODE_ACCOUNTS) is not configured");
    line("00:00:02", FAILED + "no node authorizer for cluster c9");
    line(
        "00:00:03",
        FAILED + "caller ({ztunnel-x kube-system uid ztunnel}) is not allowed to impersonate");

    assertThat(log.current()).extracting(ImpersonationRow::id).containsExactly("", "c9");
    assertThat(log.current().get(0).text()).contains("is not allowed to impersonate");
  }

  @Test
  void passes_over_pods_that_istiod_has_not_seen_yet() {
    line("00:00:01", FAILED + "no instances of \"shop/cart\" found on node \"a\"");
    line("00:00:02", FAILED + "pod istio-system/ztunnel-x not found");

    assertThat(log.current()).isEmpty();
  }

  @Test
  void forgets_what_was_followed_by_silence() {
    line("00:00:01", FAILED + "no node authorizer for cluster c9");
    line("00:09:00", "all is well");

    assertThat(log.current()).isEmpty();
  }
}
