package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshdoctor.collector.ProxyPages.CertificateRow;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvoyCertsReaderTest {

  private static final String PAIR =
      """
      {"ca_cert":[{"path":"<inline>","serial_number":"00BADCAFE","subject_alt_names":[],
          "valid_from":"2026-01-01T00:00:00Z","expiration_time":"2036-01-01T00:00:00Z"}],
       "cert_chain":[{"path":"<inline>","serial_number":"4d","days_until_expiration":"0",
          "subject_alt_names":[{"uri":"spiffe://mesh.example/ns/shop/sa/web"}],
          "valid_from":"2026-01-01T00:00:00Z","expiration_time":"2026-01-02T00:00:00Z"}]}
      """;

  private final MeshState mesh = new MeshState();

  @Test
  void reads_the_pair_that_istio_gave_once_though_it_is_repeated() throws IOException {
    read("{\"certificates\":[" + PAIR + "," + PAIR + "]}");

    assertThat(proxy().certificates)
        .isEqualTo(
            new CertificateRow(
                List.of("badcafe"),
                "spiffe://mesh.example/ns/shop/sa/web",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-01-02T00:00:00Z")));
    assertThat(mesh.cluster(Reading.CLUSTER).listed())
        .extracting("kind")
        .containsExactly("Envoy certs");
  }

  @Test
  void takes_roots_of_other_tls_contexts_for_none_of_istios() throws IOException {
    read(
        """
        {"certificates":[%s,
          {"ca_cert":[{"path":"/etc/ssl/certs/ca-certificates.crt","serial_number":"1"}],"cert_chain":[]},
          {"ca_cert":[{"serial_number":"2"}],"cert_chain":[{"subject_alt_names":[{"dns":"www.example.com"}]}]}]}
        """
            .formatted(PAIR));

    assertThat(proxy().certificates.rootSerials()).containsExactly("badcafe");
  }

  @Test
  void knows_that_a_proxy_never_got_a_certificate() throws IOException {
    read("{\"certificates\":[]}");

    assertThat(proxy().certificates).isEqualTo(new CertificateRow(List.of(), "", null, null));
    assertThat(mesh.cluster(Reading.CLUSTER).listed()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "[]", "", "{\"certificates\":[{\"ca_cert\":[{\"ser"})
  void concludes_nothing_from_a_page_that_is_none_or_was_cut(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(IOException.class);

    assertThat(proxy().certificates).isNull();
    assertThat(mesh.cluster(Reading.CLUSTER).listed()).isEmpty();
  }

  private void read(String body) throws IOException {
    Reading.read(new EnvoyCertsReader(), InputKind.ENVOY_CERTS, "", body, mesh);
  }

  private ProxyPages proxy() {
    return mesh.cluster(Reading.CLUSTER).proxies.proxy(Reading.NAMESPACE, Reading.POD);
  }
}
