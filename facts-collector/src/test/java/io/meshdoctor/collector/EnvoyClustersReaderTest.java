package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.collector.EnvoyHost.Counters;
import io.meshdoctor.collector.ProxyPages.ControlPlaneConnection;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvoyClustersReaderTest {

  private static final String JSON =
      """
      {"cluster_statuses":[
        {"name":"outbound|80||web.shop.svc","added_via_api":true,"host_statuses":[
          {"address":{"socket_address":{"address":"10.0.0.1","port_value":8080}},
           "stats":[{"value":"7","name":"cx_total"},{"name":"cx_connect_fail"},
             {"type":"GAUGE","value":"1","name":"cx_active"},{"value":"9","name":"rq_total"},
             {"value":"2","name":"rq_error"},{"value":"6","name":"rq_success"},{"name":"rq_new"}],
           "health_status":{"eds_health_status":"HEALTHY"},"weight":3,"priority":1,
           "locality":{"region":"north","zone":"a"}},
          {"address":{"socket_address":{"address":"10.0.0.2","port_value":8080}},
           "stats":[{"name":"cx_total"}],
           "health_status":{"failed_outlier_check":true,"eds_health_status":"HEALTHY"},"locality":{}},
          {"address":{"envoy_internal_address":{"server_listener_name":"connect_originate","endpoint_id":"10.0.0.3:8080"}},
           "health_status":{"eds_health_status":"UNHEALTHY"}}]},
        {"name":"outbound|81||none.shop.svc","circuit_breakers":{}},
        {"name":"inbound|80||","host_statuses":[]},
        {"name":"xds-grpc","host_statuses":[{"address":{"pipe":{"path":"./XDS"}},
           "stats":[{"value":"1","name":"cx_active"},{"value":"5","name":"rq_total"},{"value":"4","name":"rq_error"}]}]}]}
      """;

  private final MeshState mesh = new MeshState();

  @Test
  void reads_what_envoy_says_of_endpoints() throws IOException {
    read(InputKind.ENVOY_CLUSTERS, JSON);

    assertThat(hosts("web.shop.svc", 80))
        .containsExactly(
            new EnvoyHost(
                "10.0.0.1",
                new EnvoyHost.State(8080, true, false, 1, new Counters(7, 0, 1, 9, 2, 6))),
            new EnvoyHost(
                "10.0.0.2",
                new EnvoyHost.State(8080, false, true, 0, new Counters(0, 0, 0, 0, 0, 0))),
            new EnvoyHost("10.0.0.3", new EnvoyHost.State(8080, false, false, 0, null)));
    assertThat(hosts("none.shop.svc", 81)).isEmpty();
    assertThat(proxy().endpoints.clusters()).hasSize(2);
    assertThat(proxy().controlPlane).isEqualTo(new ControlPlaneConnection(1, 5, 4));
    assertThat(mesh.cluster(Reading.CLUSTER).listed())
        .extracting("kind", "subject")
        .containsExactly(tuple("Envoy clusters", "ns/pod-1"));
  }

  @Test
  void reads_what_istioctl_makes_of_it() throws IOException {
    read(
        InputKind.ENDPOINT_JSON,
        """
        [{"name":"outbound|80||web.shop.svc","addedViaApi":true,"hostStatuses":[
          {"address":{"socketAddress":{"address":"10.0.0.1","portValue":8080}},
           "stats":[{"name":"cx_total","value":"7"}],
           "healthStatus":{"failedOutlierCheck":true,"edsHealthStatus":"HEALTHY"},
           "weight":1,"priority":2,"locality":{"region":"north"}}]}]
        """);

    assertThat(hosts("web.shop.svc", 80))
        .containsExactly(
            new EnvoyHost(
                "10.0.0.1",
                new EnvoyHost.State(8080, false, true, 2, new Counters(7, 0, 0, 0, 0, 0))));
  }

  @Test
  void reads_the_text_as_well() throws IOException {
    read(
        InputKind.ENVOY_CLUSTERS_TEXT,
        """
        outbound|80||web.shop.svc::observability_name::outbound|80||web.shop.svc;
        outbound|80||web.shop.svc::default_priority::max_connections::4294967295
        outbound|80||web.shop.svc::added_via_api::true
        outbound|80||web.shop.svc::10.0.0.1:8080::cx_active::1
        outbound|80||web.shop.svc::10.0.0.1:8080::cx_connect_fail::0
        outbound|80||web.shop.svc::10.0.0.1:8080::cx_total::7
        outbound|80||web.shop.svc::10.0.0.1:8080::rq_error::2
        outbound|80||web.shop.svc::10.0.0.1:8080::rq_success::6
        outbound|80||web.shop.svc::10.0.0.1:8080::rq_total::9
        outbound|80||web.shop.svc::10.0.0.1:8080::hostname::
        outbound|80||web.shop.svc::10.0.0.1:8080::health_flags::healthy
        outbound|80||web.shop.svc::10.0.0.1:8080::weight::3
        outbound|80||web.shop.svc::10.0.0.1:8080::region::north
        outbound|80||web.shop.svc::10.0.0.1:8080::priority::1
        outbound|80||web.shop.svc::[fd00::2]:8080::health_flags::/failed_outlier_check
        outbound|80||web.shop.svc::[fd00::3]:8080::health_flags::/failed_active_hc/failed_eds_health
        outbound|81||none.shop.svc::added_via_api::true
        xds-grpc::./XDS::cx_active::1
        xds-grpc::./XDS::rq_error::4
        xds-grpc::./XDS::rq_total::5
        """);

    Counters none = new Counters(0, 0, 0, 0, 0, 0);
    assertThat(hosts("web.shop.svc", 80))
        .containsExactly(
            new EnvoyHost(
                "10.0.0.1",
                new EnvoyHost.State(8080, true, false, 1, new Counters(7, 0, 1, 9, 2, 6))),
            new EnvoyHost("fd00::2", new EnvoyHost.State(8080, false, true, 0, none)),
            new EnvoyHost("fd00::3", new EnvoyHost.State(8080, false, false, 0, none)));
    assertThat(hosts("none.shop.svc", 81)).isEmpty();
    assertThat(proxy().controlPlane).isEqualTo(new ControlPlaneConnection(1, 5, 4));
  }

  @Test
  void reads_a_table_and_knows_from_its_header_that_it_is_whole() throws IOException {
    read(
        InputKind.ENDPOINT_TABLE,
        """
        ENDPOINT              STATUS        OUTLIER CHECK     CLUSTER
        10.0.0.1:8080         HEALTHY       OK                outbound|80||web.shop.svc
        10.0.0.2:8080         HEALTHY       FAILED            outbound|80||web.shop.svc
        fd00::3:8080          UNHEALTHY     OK                outbound|80||web.shop.svc
        127.0.0.1:15000       HEALTHY       OK                prometheus_stats
        """);

    assertThat(hosts("web.shop.svc", 80))
        .containsExactly(
            new EnvoyHost("10.0.0.1", new EnvoyHost.State(8080, true, false, 0, null)),
            new EnvoyHost("10.0.0.2", new EnvoyHost.State(8080, false, true, 0, null)),
            new EnvoyHost("fd00::3", new EnvoyHost.State(8080, false, false, 0, null)));
    assertThat(mesh.cluster(Reading.CLUSTER).listed()).hasSize(1);
  }

  @Test
  void takes_a_table_without_its_header_for_a_part() throws IOException {
    read(
        InputKind.ENDPOINT_TABLE, "10.0.0.1:8080    HEALTHY     OK    outbound|80||web.shop.svc\n");

    assertThat(hosts("web.shop.svc", 80)).hasSize(1);
    assertThat(mesh.cluster(Reading.CLUSTER).listed()).isEmpty();
  }

  @Test
  void knows_that_a_proxy_has_no_endpoint_from_a_header_alone() throws IOException {
    read(InputKind.ENDPOINT_TABLE, "ENDPOINT     STATUS     OUTLIER CHECK     CLUSTER\n");

    assertThat(proxy().endpoints.clusters()).isEmpty();
    assertThat(mesh.cluster(Reading.CLUSTER).listed()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keeps_the_richer_of_two_inputs(boolean richerFirst) throws IOException {
    String table =
        """
        ENDPOINT              STATUS        OUTLIER CHECK     CLUSTER
        10.0.0.1:8080         HEALTHY       OK                outbound|80||web.shop.svc
        """;

    if (richerFirst) {
      read(InputKind.ENVOY_CLUSTERS, JSON);
    }
    read(InputKind.ENDPOINT_TABLE, table);
    if (!richerFirst) {
      read(InputKind.ENVOY_CLUSTERS, JSON);
    }

    assertThat(proxy().endpoints.source).isEqualTo(EndpointPage.Source.JSON);
    assertThat(hosts("web.shop.svc", 80)).hasSize(3);
    assertThat(mesh.cluster(Reading.CLUSTER).listed()).hasSize(1);
  }

  @Test
  void prefers_a_whole_table_to_a_page_that_was_cut() throws IOException {
    assertThatThrownBy(() -> read(InputKind.ENVOY_CLUSTERS, JSON.substring(0, 900)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("ends in the middle");
    assertThat(proxy().endpoints.complete).isFalse();

    read(InputKind.ENDPOINT_TABLE, "ENDPOINT     STATUS     OUTLIER CHECK     CLUSTER\n");

    assertThat(proxy().endpoints.source).isEqualTo(EndpointPage.Source.TABLE);
  }

  @Test
  void keeps_the_clusters_before_a_cut() {
    int cut = JSON.indexOf("{\"name\":\"inbound") + 5;

    assertThatThrownBy(() -> read(InputKind.ENVOY_CLUSTERS, JSON.substring(0, cut)))
        .isInstanceOf(IOException.class);

    assertThat(hosts("web.shop.svc", 80)).hasSize(3);
    assertThat(mesh.cluster(Reading.CLUSTER).listed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ENVOY_CLUSTERS, {}",
    "ENVOY_CLUSTERS, null",
    "ENVOY_CLUSTERS, ''",
    "ENDPOINT_JSON, {}",
    "ENVOY_CLUSTERS_TEXT, ''",
    "ENDPOINT_TABLE, ''",
    "ENDPOINT_TABLE, Error: no such pod",
  })
  void concludes_nothing_from_a_page_of_another_form(InputKind kind, String body) {
    assertThatThrownBy(() -> read(kind, body)).isInstanceOf(IOException.class);

    assertThat(mesh.cluster(Reading.CLUSTER).listed()).isEmpty();
  }

  private void read(InputKind kind, String body) throws IOException {
    InputReader reader =
        switch (kind) {
          case ENVOY_CLUSTERS_TEXT -> new EnvoyClustersTextReader();
          case ENDPOINT_TABLE -> new EndpointTableReader();
          default -> new EnvoyClustersReader();
        };
    Reading.read(reader, kind, "", body, mesh);
  }

  private ProxyPages proxy() {
    return mesh.cluster(Reading.CLUSTER).proxies.proxy(Reading.NAMESPACE, Reading.POD);
  }

  private List<EnvoyHost> hosts(String host, int port) {
    return proxy().endpoints.clusters().get(new EnvoyClusterName(host, port, "", false));
  }
}
