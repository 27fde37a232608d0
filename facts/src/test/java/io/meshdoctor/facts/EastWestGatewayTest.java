package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EastWestGatewayTest {

  @Test
  void is_announced_with_a_label_a_port_and_an_address() {
    var whole = gateway("LoadBalancer", "blue", List.of("10.0.0.1"), List.of(), 15443, false);

    assertThat(whole.isAnnounced()).isTrue();
  }

  @Test
  void is_not_announced_without_a_label_a_port_or_an_address() {
    var unlabelled = gateway("LoadBalancer", "", List.of("10.0.0.1"), List.of(), 15443, false);
    var portless = gateway("LoadBalancer", "blue", List.of("10.0.0.1"), List.of(), 443, false);
    var pending = gateway("LoadBalancer", "blue", List.of(), List.of(), 15443, false);

    assertThat(List.of(unlabelled, portless, pending)).noneMatch(EastWestGateway::isAnnounced);
  }

  @Test
  void of_type_NodePort_is_announced_where_it_is_opted_in() {
    var silent = gateway("NodePort", "blue", List.of(), List.of(), 15443, false);
    var announced = gateway("NodePort", "blue", List.of(), List.of(), 15443, true);

    assertThat(silent.isAnnounced()).isFalse();
    assertThat(announced.isAnnounced()).isTrue();
  }

  @Test
  void is_at_its_own_addresses_and_port() {
    var gateway =
        gateway("LoadBalancer", "blue", List.of("10.0.0.1", "fd00::1"), List.of(), 15443, false);

    assertThat(List.of("10.0.0.1:15443", "[fd00::1]:15443")).allMatch(gateway::isAt);
    assertThat(List.of("10.0.0.1:15021", "10.0.0.2:15443", "10.0.0.1", ""))
        .noneMatch(gateway::isAt);
  }

  @Test
  void can_be_at_any_address_where_it_has_a_host_name() {
    var gateway =
        gateway("LoadBalancer", "blue", List.of(), List.of("lb.example.com"), 15443, false);

    assertThat(List.of("192.0.2.7:15443", "lb.example.com:15443")).allMatch(gateway::isAt);
    assertThat(gateway.isAt("192.0.2.7:15021")).isFalse();
  }

  @Test
  void as_it_is_installed_is_announced_at_each_address() {
    var here = cluster("east");
    var gateway = EastWestGateway.of(cluster("west"), "blue");

    assertThat(gateway.isAnnounced()).isTrue();
    assertThat(NetworkGateway.of(here, gateway))
        .singleElement()
        .satisfies(
            announced -> {
              assertThat(announced.cluster()).isEqualTo("east");
              assertThat(announced.of()).isEqualTo("west");
              assertThat(announced.network()).isEqualTo("blue");
              assertThat(announced.address()).isEqualTo(gateway.addresses().get(0));
            });
  }

  @Test
  void is_announced_under_its_host_name_where_it_has_no_address() {
    var gateway =
        gateway("LoadBalancer", "blue", List.of(), List.of("lb.example.com"), 15443, false);

    assertThat(NetworkGateway.of(cluster("east"), gateway))
        .extracting(NetworkGateway::address)
        .containsExactly("lb.example.com");
  }

  @Test
  void passes_mutual_TLS_at_15443_or_at_its_last_port() {
    var usual = EastWestGateway.of(cluster("west"), "blue");
    var other = gateway("LoadBalancer", "blue", List.of("10.0.0.1"), List.of(), 16443, false);

    assertThat(usual.passingPort()).isEqualTo(15443);
    assertThat(other.passingPort()).isEqualTo(16443);
    assertThat(other.portsWith(15443)).endsWith(16443, 15443);
  }

  private static Cluster cluster(String name) {
    return new Cluster(
        name, name, Role.PRIMARY, "", "", "", "istio-system", name, "", Origin.UNKNOWN);
  }

  @Test
  void is_selected_by_the_label_that_istio_gives_it_else_by_all_that_it_has() {
    assertThat(labelled(Map.of("istio", "eastwest", "app", "gw")).selector())
        .isEqualTo(Map.of("istio", "eastwest"));
    assertThat(labelled(Map.of("app", "gw")).selector()).isEqualTo(Map.of("app", "gw"));
  }

  @Test
  void is_as_in_the_samples_of_istio_where_its_label_and_port_are() {
    var sample = labelled(Map.of("istio", "eastwestgateway"));
    var gateway = labelled(Map.of("istio", "eastwest", "app", "gw"));

    assertThat(sample.isAsInSamples()).isTrue();
    assertThat(gateway.isAsInSamples()).isFalse();
  }

  @Test
  void a_gateway_resource_that_passes_through_is_never_the_one_to_go() {
    var here = new Cluster("east", "", Role.PRIMARY, "", "", "", "", "", "", Origin.UNKNOWN);
    var gateway = labelled(Map.of("istio", "eastwestgateway"));
    var through = GatewayServer.of(here, gateway);
    var ending = like(through, "tlsMode", "SIMPLE");
    var elsewhere = like(through, "namespace", "shop");

    assertThat(gateway.sparing(through, ending)).isEqualTo(ending);
    assertThat(gateway.sparing(ending, through)).isEqualTo(ending);
    assertThat(gateway.sparing(elsewhere, through)).isEqualTo(elsewhere);
    assertThat(gateway.sparing(ending, elsewhere)).isEqualTo(ending);
  }

  private static GatewayServer like(GatewayServer server, String component, String value) {
    return (GatewayServer) Change.adding(server, component, value).addition().orElseThrow();
  }

  private static EastWestGateway labelled(Map<String, String> labels) {
    var plain = gateway("LoadBalancer", "blue", List.of(), List.of(), 15443, false);
    return (EastWestGateway) Change.adding(plain, "podLabels", labels).addition().orElseThrow();
  }

  private static EastWestGateway gateway(
      String type,
      String network,
      List<String> addresses,
      List<String> hostnames,
      int servicePort,
      boolean nodePortOptIn) {
    return new EastWestGateway(
        "east",
        "istio-system",
        "gateway",
        type,
        network,
        "",
        addresses,
        hostnames,
        List.of(servicePort),
        15443,
        "",
        nodePortOptIn,
        Map.of(),
        1,
        Map.of(),
        Origin.UNKNOWN);
  }
}
