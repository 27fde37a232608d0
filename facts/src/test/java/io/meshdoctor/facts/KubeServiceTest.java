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

  private static KubeService at(String host) {
    return new KubeService(
        "east", "b", "a", host, "", false, null, null, null, null, null, "", "", "", false, "",
        null, null);
  }

  private static KubeService in(String cluster, int port) {
    var ports = List.of(new ServicePort("http", port, "TCP", "http"));
    return new KubeService(
        cluster, "b", "a", "", "", false, ports, null, null, null, null, "", "", "", false, "",
        null, null);
  }
}
