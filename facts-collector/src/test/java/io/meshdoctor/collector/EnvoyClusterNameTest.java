package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.collector.EnvoyHost.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvoyClusterNameTest {

  @Test
  void reads_both_forms() {
    assertThat(EnvoyClusterName.of("outbound|80|v1|web.shop.svc.cluster.local"))
        .isEqualTo(new EnvoyClusterName("web.shop.svc.cluster.local", 80, "v1", false));
    assertThat(EnvoyClusterName.of("outbound_.80_.v1_.web.shop.svc.cluster.local"))
        .isEqualTo(new EnvoyClusterName("web.shop.svc.cluster.local", 80, "v1", true));
    assertThat(EnvoyClusterName.of("outbound_.80_._.web.shop.svc.cluster.local"))
        .isEqualTo(new EnvoyClusterName("web.shop.svc.cluster.local", 80, "", true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inbound|80||",
        "xds-grpc",
        "PassthroughCluster",
        "outbound|x||h",
        "outbound|80||"
      })
  void leaves_out_what_leads_to_no_service(String name) {
    assertThat(EnvoyClusterName.of(name)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1:80, 10.0.0.1, 80, 10.0.0.1:80",
    "fd00::1:80, fd00::1, 80, [fd00::1]:80",
    "[fd00::1]:80, fd00::1, 80, [fd00::1]:80",
    "envoy://connect_originate/10.0.0.1:80, 10.0.0.1, 80, 10.0.0.1:80",
    "envoy://main_internal/, envoy://main_internal/, 0, envoy://main_internal/",
    "unix://./etc/istio/XDS, unix://./etc/istio/XDS, 0, unix://./etc/istio/XDS",
    "unknown, unknown, 0, unknown",
  })
  void splits_addresses_of_all_forms(String text, String address, int port, String printed) {
    assertThat(Place.of(text)).isEqualTo(new Place(address, port));
    assertThat(Place.of(text)).hasToString(printed);
  }
}
