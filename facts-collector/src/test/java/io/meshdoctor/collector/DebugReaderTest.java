package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.meshdoctor.collector.IstiodState.GatewayRow;
import io.meshdoctor.collector.IstiodState.ProxyRow;
import io.meshdoctor.collector.IstiodState.RemoteRow;
import io.meshdoctor.facts.Listed;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebugReaderTest {

  private final MeshState mesh = new MeshState();

  @Test
  void takes_the_first_cluster_without_a_secret_for_its_own() throws IOException {
    read(
        "clusterz",
        """
        [{"id":"blue-id","secretName":"","syncStatus":"synced"},
         {"id":"green-id","secretName":"istio-system/green","syncStatus":"timeout","new":{"x":[1]}}]
        """);

    assertThat(istiod().configClusterId).isEqualTo("blue-id");
    assertThat(istiod().remotes)
        .containsExactly(new RemoteRow("green-id", "istio-system/green", "timeout"));
    assertThat(mesh.cluster(Reading.CLUSTER).controlPlane.configClusterIds())
        .containsExactly(entry("ns/pod-1", "blue-id"));
    assertThat(listed()).containsExactly("clusterz of ns/pod-1");
  }

  @Test
  void reads_the_gateways_of_networks() throws IOException {
    read(
        "networkz",
        """
        [{"Network":"n2","Cluster":"green-id","Addr":"192.0.2.10","Port":15443,"HBONEPort":15008,
          "ServiceAccount":{"Namespace":"","Name":""}}]
        """);

    assertThat(istiod().gateways)
        .containsExactly(new GatewayRow("n2", "green-id", "192.0.2.10", 15443, 15008));
  }

  @ParameterizedTest
  @CsvSource({
    "clusterz, []",
    "networkz, null",
    "networkz, []",
    "endpointShardz, {}",
    "registryz, null",
    "configz, []",
    "mcsz, null",
    "syncz, []",
  })
  void knows_that_nothing_is_there_from_an_empty_body(String endpoint, String body)
      throws IOException {
    read(endpoint, body);

    assertThat(listed()).containsExactly(endpoint + " of ns/pod-1");
  }

  @Test
  void knows_that_nobody_is_connected_though_clients_are_absent() throws IOException {
    read("adsz", "{\"totalClients\":0}");

    assertThat(istiod().proxies).isEmpty();
    assertThat(listed()).containsExactly("adsz of ns/pod-1");
  }

  @ParameterizedTest
  @CsvSource({
    "adsz, {}",
    "adsz, null",
    "mesh, {}",
    "mesh, null",
    "clusterz, {}",
    "networkz, 404 page",
    "clusterz, ''",
    "registryz, '[{\"Attributes\":{\"ServiceRegistry\":\"Kubernetes\"}}]'",
  })
  void concludes_nothing_from_a_body_of_another_form(String endpoint, String body) {
    assertThatThrownBy(() -> read(endpoint, body)).isInstanceOf(IOException.class);

    assertThat(listed()).isEmpty();
  }

  @Test
  void counts_endpoints_that_are_alike() throws IOException {
    read("endpointShardz", shards("Kubernetes/blue-id", "10.0.0.1", "10.0.0.2", "10.0.0.3"));

    assertThat(istiod().shards.tallies())
        .containsOnlyKeys(
            new Shards.Kind("web.shop.svc", "Kubernetes", "blue-id", "n1", "istio", "http", 8080))
        .containsValue(new Shards.Tally(3, 2, "10.0.0.1"));
    assertThat(istiod().shards.placeOf("web.shop.svc", "10.0.0.2")).isEqualTo("blue-id");
    assertThat(istiod().shards.placeOf("web.shop.svc", "10.9.9.9")).isNull();
  }

  @Test
  void does_not_tell_the_place_of_an_address_that_two_clusters_have() throws IOException {
    String blue = shards("Kubernetes/blue-id", "10.0.0.1");
    String green = shards("Kubernetes/green-id", "10.0.0.1");
    read(
        "endpointShardz",
        blue.replace("]}}}}", "],") + green.substring(green.indexOf("\"Kubernetes")));

    assertThat(istiod().shards.tallies()).hasSize(2);
    assertThat(istiod().shards.placeOf("web.shop.svc", "10.0.0.1")).isEmpty();
  }

  @Test
  void knows_the_place_of_no_address_of_a_service_entry() throws IOException {
    read("endpointShardz", shards("External/blue-id", "203.0.113.9"));

    assertThat(istiod().shards.tallies()).hasSize(1);
    assertThat(istiod().shards.placeOf("web.shop.svc", "203.0.113.9")).isNull();
  }

  @Test
  void keeps_what_came_before_a_body_was_cut() {
    String body = shards("Kubernetes/blue-id", "10.0.0.1", "10.0.0.2");

    assertThatThrownBy(() -> read("endpointShardz", body.substring(0, body.length() - 60)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("ends in the middle");

    assertThat(istiod().shards.placeOf("web.shop.svc", "10.0.0.1")).isEqualTo("blue-id");
    assertThat(listed()).isEmpty();
  }

  @Test
  void prefers_the_endpoints_under_their_present_name() throws IOException {
    read("endpointz", shards("Kubernetes/old-id", "10.0.0.1"));
    read("endpointShardz", shards("Kubernetes/blue-id", "10.0.0.1"));
    read("endpointz", shards("Kubernetes/old-id", "10.0.0.1"));

    assertThat(istiod().shards.placeOf("web.shop.svc", "10.0.0.1")).isEqualTo("blue-id");
    assertThat(listed()).contains("endpointShardz of ns/pod-1");
  }

  @Test
  void replaces_what_the_same_endpoint_said_before() throws IOException {
    String row = "[{\"Network\":\"n\",\"Cluster\":\"c\",\"Addr\":\"192.0.2.1\",\"Port\":15443}]";

    read("networkz", row);
    read("networkz", row);

    assertThat(istiod().gateways).hasSize(1);
  }

  @Test
  void reads_the_clusters_that_have_a_service() throws IOException {
    read(
        "registryz",
        """
        [{"Attributes":{"ServiceRegistry":"Kubernetes","Name":"web"},
          "ports":[{"name":"http","port":80,"protocol":"HTTP"},{"name":"dns","port":53,"protocol":"UDP"}],
          "hostname":"web.shop.svc","clusterVIPs":{"Addresses":{"b":["10.1.0.1"],"a":["10.2.0.1"]}}},
         {"Attributes":{"ServiceRegistry":"External"},"hostname":"example.com","ports":null}]
        """);

    assertThat(istiod().services).hasSize(2);
    assertThat(istiod().services.get(0).clusterIds()).containsExactly("b", "a");
    assertThat(istiod().services.get(0).ports())
        .extracting(port -> port.number() + port.protocol())
        .containsExactly("80TCP", "53UDP");
    assertThat(istiod().services.get(1).clusterIds()).isEmpty();
  }

  @Test
  void reads_what_connected_proxies_say_of_themselves() throws IOException {
    read(
        "adsz",
        """
        {"totalClients":3,"clients":[
          {"connectionId":"web-7d-x.shop-12","metadata":{"CLUSTER_ID":"blue-id","NETWORK":"n1",
            "ISTIO_VERSION":"1.29.6","NAMESPACE":"shop","ANNOTATIONS":{"inject.istio.io/templates":"sidecar"}}},
          {"connectionId":"gw-1.edge-3","metadata":{"CLUSTER_ID":"blue-id","NAMESPACE":"edge",
            "REQUESTED_NETWORK_VIEW":"n1"}},
          {"connectionId":"in-1.edge-4","metadata":{"CLUSTER_ID":"blue-id","NAMESPACE":"edge",
            "ANNOTATIONS":{"inject.istio.io/templates":"other,gateway"}}}]}
        """);

    assertThat(istiod().proxies)
        .containsExactly(
            new ProxyRow("shop", "web-7d-x", "blue-id", "n1", "", "1.29.6", false),
            new ProxyRow("edge", "gw-1", "blue-id", "", "n1", "", true),
            new ProxyRow("edge", "in-1", "blue-id", "", "", "", true));
    assertThat(mesh.cluster(Reading.CLUSTER).controlPlane.connectedClusterIds())
        .containsExactly("blue-id");
  }

  @Test
  void reads_the_settings_of_the_mesh() throws IOException {
    String root = Reading.resource("proxy-root.pem").replace("\n", "\\n");
    read(
        "mesh",
        """
        {"trustDomain":"td","trustDomainAliases":["old"],"discoverySelectors":[{"matchLabels":{}}],
         "caCertificates":[{"pem":"%s"}],"localityLbSetting":{"enabled":false},
         "serviceSettings":[{"settings":{"clusterLocal":true},"hosts":["*.a.svc"]},
                            {"settings":{"clusterLocal":false},"hosts":["b.a.svc"]}],
         "defaultConfig":{"discoveryAddress":"istiod.istio-system.svc:15012"}}
        """
            .formatted(root));

    assertThat(istiod().mesh)
        .extracting(
            "trustDomain",
            "trustDomainAliases",
            "extraRoots",
            "bridged",
            "clusterLocalHosts",
            "discoveryAddress")
        .containsExactly(
            "td",
            List.of("old"),
            Certificates.of(Reading.resource("proxy-root.pem")).fingerprints(),
            true,
            List.of("*.a.svc"),
            "istiod.istio-system.svc:15012");
  }

  @ParameterizedTest
  @ValueSource(strings = {"krtz", "push_status", "instancesz", "unheard_of"})
  void does_not_look_at_other_bodies(String endpoint) throws IOException {
    read(endpoint, "{ not even JSON");

    assertThat(listed()).isEmpty();
  }

  private void read(String endpoint, String body) throws IOException {
    Reading.read(new DebugReader(), InputKind.DEBUG, endpoint, body, mesh);
  }

  private IstiodState istiod() {
    return mesh.cluster(Reading.CLUSTER).controlPlane.istiod(Reading.NAMESPACE, Reading.POD);
  }

  private List<String> listed() {
    return mesh.cluster(Reading.CLUSTER).listed().stream()
        .map((Listed listed) -> listed.kind() + " of " + listed.subject())
        .toList();
  }

  /** Ready endpoints of one host and shard, but the third, which is not. */
  private static String shards(String shard, String... addresses) {
    StringBuilder endpoints = new StringBuilder();
    for (int i = 0; i < addresses.length; i++) {
      endpoints
          .append(i == 0 ? "" : ",")
          .append(
              """
              {"Labels":{"app":"web"},"Addresses":["%s"],"ServicePortName":"http","Network":"n1",
               "Locality":{"Label":"","ClusterID":"x"},"EndpointPort":8080,"TLSMode":"istio","HealthStatus":%d}
              """
                  .formatted(addresses[i], i == 2 ? 2 : 1));
    }
    return "{\"web.shop.svc\":{\"shop\":{\"ServiceAccounts\":{\"spiffe://x\":{}},\"Shards\":{\"%s\":[%s]}}}}"
        .formatted(shard, endpoints);
  }
}
