package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshdoctor.collector.EnvoyHost.Place;
import io.meshdoctor.collector.ProxyPages.CertificateRow;
import io.meshdoctor.collector.ProxyPages.ListenerRow;
import io.meshdoctor.collector.ProxyPages.NodeRow;
import io.meshdoctor.collector.ProxyPages.SniRoute;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigDumpReaderTest {

  private static final String BOOTSTRAP =
      """
      {"@type":"type.googleapis.com/envoy.admin.v3.BootstrapConfigDump","bootstrap":{"node":{
        "id":"router~10.0.0.9~gw.edge~edge.svc.cluster.local","extensions":[{"name":"x"}],
        "metadata":{"NETWORK":"n1","CLUSTER_ID":"blue-id","REQUESTED_NETWORK_VIEW":"n1","LABELS":{}}},
        "static_resources":{"clusters":[{"name":"xds-grpc"}]}}}""";

  private static final String LISTENERS =
      """
      {"@type":"type.googleapis.com/envoy.admin.v3.ListenersConfigDump","version_info":"x",
       "static_listeners":[{"listener":{"address":{"socket_address":{"port_value":15090}}}}],
       "dynamic_listeners":[
        {"name":"0.0.0.0_15443","active_state":{"version_info":"v","listener":{"name":"0.0.0.0_15443",
          "address":{"socket_address":{"address":"0.0.0.0","port_value":15443}},"filter_chains":[
           {"filter_chain_match":{"server_names":["outbound_.80_._.web.shop.svc"]},"filters":[{"name":"tcp"}]},
           {"filter_chain_match":{"server_names":["www.example.com"]}}]}}},
        {"name":"0.0.0.0_8443","draining_state":{"listener":{
          "address":{"socket_address":{"port_value":8443}},"filter_chains":[
           {"filter_chain_match":{"server_names":["outbound_.81_._.gone.shop.svc"]}},{},{}]}}},
        {"name":"0.0.0.0_80","error_state":{"details":"duplicate"}}]}""";

  private static final String ENDPOINTS =
      """
      {"@type":"type.googleapis.com/envoy.admin.v3.EndpointsConfigDump","dynamic_endpoint_configs":[
        {"endpoint_config":{"cluster_name":"outbound|80||web.shop.svc","endpoints":[
          {"locality":{"region":"north"},"priority":1,"lb_endpoints":[
            {"endpoint":{"address":{"socket_address":{"address":"10.0.0.1","port_value":8080}}},
             "health_status":"HEALTHY","load_balancing_weight":2,
             "metadata":{"filter_metadata":{"istio":{"workload":"web;shop;web;v1;green-id"}}}}]}]}},
        {"endpoint_config":{"cluster_name":"outbound|81||none.shop.svc"}}]}""";

  private final MeshState mesh = new MeshState();

  @Test
  void reads_what_the_proxy_says_of_itself() throws IOException {
    read(dump(BOOTSTRAP));

    assertThat(proxy().node).isEqualTo(new NodeRow("blue-id", "n1", "n1", true));
    assertThat(listed()).containsExactly("Envoy config");
  }

  @Test
  void tells_a_listener_that_only_drains_from_one_that_listens() throws IOException {
    read(dump(LISTENERS));

    assertThat(proxy().listeners)
        .containsExactly(new ListenerRow(15443, true, 2), new ListenerRow(8443, false, 3));
    assertThat(proxy().sniRoutes)
        .containsExactly(new SniRoute(15443, new EnvoyClusterName("web.shop.svc", 80, "", true)));
    assertThat(listed()).containsExactly("Envoy listeners", "Envoy config");
  }

  @Test
  void prefers_the_active_state_in_whichever_order() throws IOException {
    String state = "{\"listener\":{\"address\":{\"socket_address\":{\"port_value\":%d}}}}";
    read(
        dump(
            "{\"dynamic_listeners\":[{\"draining_state\":%s,\"active_state\":%s}]}"
                .formatted(state.formatted(1), state.formatted(2))));

    assertThat(proxy().listeners).containsExactly(new ListenerRow(2, true, 0));
  }

  @Test
  void knows_that_nothing_listens_from_a_part_without_listeners() throws IOException {
    read(dump("{\"@type\":\"type.googleapis.com/envoy.admin.v3.ListenersConfigDump\"}"));

    assertThat(proxy().listeners).isEmpty();
    assertThat(listed()).contains("Envoy listeners");
  }

  @Test
  void reads_endpoints_and_the_cluster_that_istiod_says_they_are_in() throws IOException {
    read(dump(ENDPOINTS));

    EnvoyClusterName web = new EnvoyClusterName("web.shop.svc", 80, "", false);
    assertThat(proxy().clusterIdOf(web, new Place("10.0.0.1", 8080))).isEqualTo("green-id");
    assertThat(proxy().endpoints.clusters().get(web))
        .containsExactly(
            new EnvoyHost("10.0.0.1", new EnvoyHost.State(8080, true, false, 1, null)));
    assertThat(proxy().endpoints.clusters()).hasSize(2);
    assertThat(listed()).containsExactly("Envoy config", "Envoy clusters");
  }

  @Test
  void prefers_the_page_of_clusters_and_a_whole_dump_to_a_table() throws IOException {
    String table = "ENDPOINT     STATUS     OUTLIER CHECK     CLUSTER\n";
    Reading.read(new EndpointTableReader(), InputKind.ENDPOINT_TABLE, "", table, mesh);
    read(dump(ENDPOINTS));
    assertThat(proxy().endpoints.source).isEqualTo(EndpointPage.Source.CONFIG_DUMP);

    String page = "{\"cluster_statuses\":[]}";
    Reading.read(new EnvoyClustersReader(), InputKind.ENVOY_CLUSTERS, "", page, mesh);

    assertThat(proxy().endpoints.source).isEqualTo(EndpointPage.Source.JSON);
  }

  @Test
  void reads_the_certificates_that_istio_gave() throws IOException {
    read(
        dump(
            """
            {"dynamic_active_secrets":[
              {"name":"default","secret":{"tls_certificate":{"certificate_chain":{"inline_bytes":"%s"},
                "private_key":{"inline_bytes":"W3JlZGFjdGVkXQ=="}}}},
              {"name":"ROOTCA","secret":{"validation_context":{"trusted_ca":{"inline_bytes":"%s"}}}},
              {"name":"kubernetes://users-cert","secret":{"tls_certificate":{"certificate_chain":{"inline_bytes":"?"}}}}]}
            """
                .formatted(base64("leaf.pem"), base64("proxy-root.pem"))));

    assertThat(proxy().dumpedCertificates)
        .isEqualTo(
            new CertificateRow(
                List.of("badcafe"),
                "spiffe://mesh.example/ns/shop/sa/web",
                Instant.parse("2026-11-24T06:14:50Z"),
                Instant.parse("2036-11-21T06:14:50Z")));
    assertThat(proxy().certificates).isNull();
  }

  @Test
  void keeps_the_parts_before_a_cut() {
    String dump = dump(BOOTSTRAP, LISTENERS, ENDPOINTS);

    assertThatThrownBy(() -> read(dump.substring(0, dump.length() - 40)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("ends in the middle");

    assertThat(proxy().node).isNotNull();
    assertThat(proxy().listeners).hasSize(2);
    assertThat(listed()).containsExactly("Envoy listeners");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "", "{\"configs\":[]}", "[]"})
  void concludes_nothing_from_a_page_of_another_form(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(IOException.class);

    assertThat(listed()).isEmpty();
  }

  private static String dump(String... parts) {
    return "{\"configs\":[" + String.join(",", parts) + "]}";
  }

  private static String base64(String resource) {
    return Base64.getEncoder()
        .encodeToString(Reading.resource(resource).getBytes(StandardCharsets.US_ASCII));
  }

  private void read(String body) throws IOException {
    Reading.read(new ConfigDumpReader(), InputKind.ENVOY_CONFIG_DUMP, "", body, mesh);
  }

  private ProxyPages proxy() {
    return mesh.cluster(Reading.CLUSTER).proxies.proxy(Reading.NAMESPACE, Reading.POD);
  }

  private List<String> listed() {
    return mesh.cluster(Reading.CLUSTER).listed().stream().map(listed -> listed.kind()).toList();
  }
}
