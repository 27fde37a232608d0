package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshdoctor.facts.Probe.Failure;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeReaderTest {

  private static final String PROBE =
      """
      {"kind":"pod-connectivity","from":{"cluster":"blue","namespace":"a","pod":"curl-1"},
       "to":{"cluster":"green","address":"10.2.0.1:80","host":""},
       "attempts":10,"ok":4,"answers":{"I am web-2":4},"error":"curl: (28) timed out"}""";

  private final MeshState mesh = new MeshState();

  @Test
  void reads_one_probe() throws IOException {
    read(PROBE);

    assertThat(mesh.probes)
        .containsExactly(
            new SeenProbe(
                "path/of/PROBE",
                "pod-connectivity",
                "blue",
                "a",
                "curl-1",
                "green",
                "10.2.0.1:80",
                "",
                10,
                4,
                Map.of("I am web-2", 4),
                "curl: (28) timed out"));
  }

  @Test
  void reads_a_list_and_keeps_what_came_before_it_broke() {
    assertThatThrownBy(() -> read("[" + PROBE + "," + PROBE.substring(0, 50)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("ends in the middle");

    assertThat(mesh.probes).hasSize(1);
  }

  @Test
  void takes_what_is_absent_for_empty() throws IOException {
    read("{\"kind\":\"tcp\",\"from\":{\"cluster\":\"blue\"},\"new\":1}");

    assertThat(mesh.probes)
        .singleElement()
        .extracting("toAddress", "attempts", "error")
        .containsExactly("", 0, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "[{}]", "", "{\"kind\":\"tcp\"}"})
  void says_that_a_probe_is_of_no_use(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "curl: (6) Could not resolve host: web.shop|NAME",
        "curl: (28) Resolving timed out after 4000 milliseconds  [000]|NAME",
        "wget: bad address 'web.shop'|NAME",
        "dial tcp: lookup web.shop: no such host|NAME",
        "RBAC: access denied [403]|DENIED",
        "curl: (22) The requested URL returned error: 403|DENIED",
        "wget: server returned error: HTTP/1.1 403 Forbidden|DENIED",
        "upstream connect error or disconnect/reset before headers. reset reason: connection termination [503]|UNAVAILABLE",
        "no healthy upstream|UNAVAILABLE",
        "upstream request timeout|UNAVAILABLE",
        "HTTP/1.1 502 Bad Gateway|UNAVAILABLE",
        "curl: (28) Operation timed out after 4000 milliseconds with 0 bytes received  [000]|TIMEOUT",
        "curl: (28) Failed to connect to 192.0.2.1 port 15443 after 2001 ms: Timeout was reached|TIMEOUT",
        "curl: (7) Failed to connect to 192.0.2.1 port 80: Connection timed out|TIMEOUT",
        "curl: (7) Failed to connect to 192.0.2.1 port 80 after 0 ms: Couldn't connect to server|REFUSED",
        "nc: connect to 192.0.2.1 port 80 (tcp) failed: Connection refused|REFUSED",
        "connect: no route to host|REFUSED",
        "curl: (35) OpenSSL SSL_connect: Connection reset by peer|RESET",
        "curl: (52) Empty reply from server|RESET",
        "curl: (56) Recv failure: Connection reset by peer|RESET",
        "something else [500]|OTHER",
        "''|OTHER",
      })
  void tells_how_a_probe_failed(String error, Failure failure) {
    assertThat(ProbeFailure.of(error)).isEqualTo(failure);
  }

  private void read(String body) throws IOException {
    Reading.read(new ProbeReader(), InputKind.PROBE, "", body, mesh);
  }
}
