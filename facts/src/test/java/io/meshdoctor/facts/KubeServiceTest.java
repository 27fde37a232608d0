package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeServiceTest {

  @ParameterizedTest
  @CsvSource({"a.b.svc.cluster.local,cluster.local", "a.b.svc.corp.example,corp.example"})
  void has_the_domain_of_its_cluster(String host, String domain) {
    assertThat(at(host).domain()).isEqualTo(domain);
  }

  @Test
  void of_another_form_has_its_whole_name_as_domain() {
    assertThat(at("example.com").domain()).isEqualTo("example.com");
  }

  @Test
  void of_two_the_one_is_odd_whose_ports_fewer_have() {
    var one = in("east", 80);
    var other = in("west", 8080);

    assertThat(one.oddBeside(other, List.of(one, other))).isSameAs(other);
    assertThat(one.oddBeside(other, List.of(one, other, in("north", 8080)))).isSameAs(one);
    assertThat(one.oddBeside(other, List.of(one, other, in("north", 80)))).isSameAs(other);
  }

  @Test
  void of_two_waypoints_the_one_is_odd_that_is_none_or_that_fewer_have() {
    var one = behind("east", "shop/waypoint");
    var other = behind("west", "infra/gate");
    var bare = behind("north", "");

    assertThat(bare.oddlyRoutedBeside(one, List.of(one, bare, behind("south", "")))).isSameAs(bare);
    assertThat(one.oddlyRoutedBeside(bare, List.of(one, bare))).isSameAs(bare);
    assertThat(one.oddlyRoutedBeside(other, List.of(one, other))).isSameAs(other);
    assertThat(one.oddlyRoutedBeside(other, List.of(one, other, behind("south", "infra/gate"))))
        .isSameAs(one);
  }

  @Test
  void names_its_waypoint() {
    assertThat(behind("west", "infra/gate").waypointNamespace()).isEqualTo("infra");
    assertThat(behind("west", "infra/gate").waypointName()).isEqualTo("gate");
    assertThat(behind("west", "").waypointNamespace()).isEmpty();
    assertThat(behind("west", "").waypointName()).isEmpty();
  }

  private static KubeService behind(String cluster, String waypoint) {
    return new KubeService(
        cluster, "b", "a", "", "", false, null, null, null, null, null, null, "", "", "", false,
        waypoint, null, null);
  }

  private static KubeService at(String host) {
    return new KubeService(
        "east", "b", "a", host, "", false, null, null, null, null, null, null, "", "", "", false,
        "", null, null);
  }

  private static KubeService in(String cluster, int port) {
    var ports = List.of(new ServicePort("http", port, "TCP", "http"));
    return new KubeService(
        cluster, "b", "a", "", "", false, null, ports, null, null, null, null, "", "", "", false,
        "", null, null);
  }
}
