package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PseudonymsTest {

  private static final byte[] KEY = "any key".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web.%s.svc.cluster.local",
        "istio-remote-secret-%s",
        "%s/web",
        "spiffe://td/ns/%s/sa/web",
        "arn:aws:eks:%s:cluster"
      })
  void replace_names_that_are_long_numbers(String text) {
    var pseudonyms = Pseudonyms.of(List.of("123456789012"), KEY);

    var replaced = pseudonyms.in(text.formatted("123456789012"));

    assertThat(replaced).isEqualTo(text.formatted(pseudonyms.in("123456789012")));
    assertThat(replaced).doesNotContain("123456789012");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1.2.15:15443",
        "web.shop.svc.cluster.local:8080",
        "2026-11-23T10:15:08.150800Z",
        "1.30.15",
        "65535",
        "9123456789012",
        "took 1234567890123 ns"
      })
  void leave_ports_addresses_times_and_versions_as_they_are(String text) {
    var names = List.of("1", "15", "2026", "8080", "15443", "65535", "123456789012");

    assertThat(Pseudonyms.of(names, KEY).in(text)).isEqualTo(text);
  }

  @Test
  void leave_words_of_formats_as_they_are() {
    var pseudonyms = Pseudonyms.of(List.of("cluster", "istio-system", "shop"), KEY);

    assertThat(pseudonyms.in("istio-system/cluster")).isEqualTo("istio-system/cluster");
    assertThat(pseudonyms.in("shop")).startsWith("x").hasSize(11);
  }
}
