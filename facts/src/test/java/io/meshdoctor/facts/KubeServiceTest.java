package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

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

  private static KubeService at(String host) {
    return new KubeService(
        "east", "b", "a", host, "", false, null, null, null, null, null, "", "", "", false, "",
        null, null);
  }
}
