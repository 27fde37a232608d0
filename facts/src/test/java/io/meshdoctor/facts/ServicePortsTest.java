package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServicePortsTest {

  private static KubeService service(ServicePort... ports) {
    return new KubeService(
        "east",
        "shop",
        "cart",
        "cart.shop.svc.cluster.local",
        "ClusterIP",
        false,
        List.of(),
        List.of(ports),
        List.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        "",
        "",
        "",
        false,
        "",
        List.of(),
        Origin.UNKNOWN);
  }

  private static ServicePort port(String name, int number) {
    return new ServicePort(name, number, "TCP", "");
  }

  @Test
  void names_the_numbers_that_the_other_service_lacks_whatever_they_are_called() {
    var own = service(port("http", 80), port("admin", 81));
    var other = service(port("web", 80));

    assertThat(own.portsMissingIn(other)).containsExactly(81);
    assertThat(other.portsMissingIn(own)).isEmpty();
    assertThat(own.isOfSamePortsAs(other)).isFalse();
    assertThat(other.isOfSamePortsAs(own)).isFalse();
    assertThat(other.isOfSamePortsAs(service(port("http", 80)))).isTrue();
    assertThat(own.tcpPortNumbers()).containsExactly(80, 81);
  }

  @Test
  void finds_a_port_of_one_number_and_two_names() {
    var own = service(port("http", 80), port("admin", 81));
    var other = service(port("web", 80), port("admin", 81));

    assertThat(own.portsNamedUnlike(other)).containsExactly(port("http", 80));
    assertThat(own.isNamingPortsUnlike(other)).isTrue();
    assertThat(own.isNumberingPortsUnlike(other)).isFalse();
    assertThat(other.portNumbered(80).title()).isEqualTo("web");
  }

  @Test
  void finds_a_port_of_one_name_and_two_numbers() {
    var own = service(port("http", 80));
    var other = service(port("web", 80), port("http", 8080));

    assertThat(other.portsNumberedUnlike(own)).containsExactly(port("http", 8080));
    assertThat(own.isNamingPortsUnlike(other)).isFalse();
    assertThat(other.isNamingPortsUnlike(own)).isFalse();
    assertThat(own.portCalled("http").number()).isEqualTo(80);
  }

  @Test
  void finds_nothing_where_ports_are_the_same_in_another_order() {
    var own = service(port("http", 80), port("", 81));
    var other = service(port("", 81), port("http", 80));

    assertThat(own.isNamingPortsUnlike(other)).isFalse();
    assertThat(own.isNumberingPortsUnlike(other)).isFalse();
  }

  @Test
  void takes_ports_of_two_protocols_for_two() {
    var own = service(port("dns-tcp", 53), new ServicePort("dns", 53, "UDP", ""));
    var other = service(port("dns", 53));

    assertThat(own.portsNamedUnlike(other)).containsExactly(port("dns-tcp", 53));
    assertThat(port("", 53).title()).isEqualTo("(without a name)");
  }

  @Test
  void takes_over_names_and_numbers_of_another() {
    var own = service(port("http", 80), port("admin", 81));
    var other = service(port("web", 80), port("admin", 8081), port("more", 90));

    assertThat(own.portsNamedAs(other)).containsExactly(port("web", 80), port("admin", 81));
    assertThat(own.portsNumberedAs(other)).containsExactly(port("http", 80), port("admin", 8081));
    assertThat(own.hostCalled("desk")).isEqualTo("desk.shop.svc.cluster.local");
  }
}
