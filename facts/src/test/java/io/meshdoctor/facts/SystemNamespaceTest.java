package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SystemNamespaceTest {

  @Test
  void is_annotated_for_the_cluster_ids_it_names() {
    var namespace = annotated("a", "b");

    assertThat(namespace.isAnnotatedFor("a")).isTrue();
    assertThat(namespace.isAnnotatedFor("b")).isTrue();
    assertThat(namespace.isAnnotatedFor("c")).isFalse();
  }

  @Test
  void is_annotated_for_everyone_by_an_asterisk() {
    assertThat(annotated("*").isAnnotatedFor("a")).isTrue();
  }

  @Test
  void does_not_trim_what_istiod_does_not_trim() {
    var namespace = annotated("a", " b");

    assertThat(namespace.isAnnotatedFor("b")).isFalse();
    assertThat(namespace.isAnnotatedWithBlanksFor("b")).isTrue();
    assertThat(namespace.isAnnotatedWithBlanksFor("c")).isFalse();
  }

  @Test
  void keeps_its_control_planes_beside_one_more() {
    assertThat(annotated("a", " b").controlPlanesWith("c")).containsExactly("a", "b", "c");
    assertThat(annotated("a", " b").controlPlanesWith("b")).containsExactly("a", "b");
  }

  private static SystemNamespace annotated(String... controlPlanes) {
    return new SystemNamespace(
        "west", "istio-system", "", true, List.of(controlPlanes), Origin.UNKNOWN);
  }
}
