package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteClusterErrorTest {

  @ParameterizedTest
  @CsvSource({
    "cannot list resource \"endpointslices\" in API group \"discovery.k8s.io\", endpointslices.discovery.k8s.io",
    "cannot watch resource \"nodes\" in API group \"\", nodes",
    "Forbidden, namespaces",
  })
  void names_what_it_is_forbidden_to_read(String text, String forbidden) {
    var error =
        new RemoteClusterError(
            "east",
            "istiod-1",
            "c2",
            "west",
            "",
            RemoteClusterError.Kind.FORBIDDEN,
            text,
            null,
            Origin.UNKNOWN);

    assertThat(error.forbidden()).isEqualTo(forbidden);
  }
}
