package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshdoctor.collector.Layout.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleLayoutTest {

  private final BundleLayout layout = new BundleLayout("b.tar.gz");

  @ParameterizedTest
  @CsvSource({
    "mesh.yaml, MESH, ''",
    "probes/tcp-a-b.json, PROBE, ''",
    "clusters/c/cluster.yaml, CLUSTER, c",
    "clusters/c/resources/pods.json, RESOURCES, c",
    "clusters/c/resources/some/where/all.yaml, RESOURCES, c",
    "clusters/a@b:c/resources/all.yml, RESOURCES, a@b:c"
  })
  void knows_the_files_of_a_mesh_and_of_a_cluster(String path, InputKind kind, String cluster) {
    assertThat(layout.place(path)).hasValue(new Place(kind, path, cluster, "", "", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "istiod/n/p/discovery.log, DISCOVERY_LOG, ''",
    "istiod/n/p/debug/clusterz.json, DEBUG, clusterz",
    "istiod/n/p/debug/push_status, DEBUG, push_status",
    "proxies/n/p/clusters.json, ENVOY_CLUSTERS, ''",
    "proxies/n/p/clusters, ENVOY_CLUSTERS_TEXT, ''",
    "proxies/n/p/endpoints.txt, ENDPOINT_TABLE, ''",
    "proxies/n/p/endpoints.json, ENDPOINT_JSON, ''",
    "proxies/n/p/certs.json, ENVOY_CERTS, ''",
    "proxies/n/p/certs, ENVOY_CERTS, ''",
    "proxies/n/p/config_dump.json, ENVOY_CONFIG_DUMP, ''",
    "proxies/n/p/config_dump, ENVOY_CONFIG_DUMP, ''"
  })
  void knows_the_files_of_a_pod(String file, InputKind kind, String name) {
    var path = "clusters/c/" + file;

    assertThat(layout.place(path)).hasValue(new Place(kind, path, "c", "n", "p", name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "clusters",
        "clusters/c/notes.txt",
        "clusters/c/resources",
        "clusters/c/resources/pods.txt",
        "clusters/c/resources/._pods.json",
        "clusters/.c/resources/pods.json",
        "clusters/c/istiod/n/p/debug/a/b.json",
        "clusters/c/istiod/n/p/debug/$(id).json",
        "clusters/c/istiod/n/p;id/discovery.log",
        "clusters/c/proxies/n/p/stats",
        "clusters/c/other/n/p/clusters.json",
        "probes/a/b.json",
        "a/b/clusters/c/cluster.yaml"
      })
  void leaves_other_files_alone(String path) {
    assertThat(layout.place(path)).isEmpty();
  }

  @Test
  void finds_a_bundle_in_a_directory_of_its_source() {
    assertThat(layout.place("b/clusters/c/cluster.yaml"))
        .hasValue(new Place(InputKind.CLUSTER, "clusters/c/cluster.yaml", "c", "", "", ""));
    assertThat(layout.place("b/mesh.yaml"))
        .hasValue(new Place(InputKind.MESH, "mesh.yaml", "", "", "", ""));
    assertThat(layout.place("other/mesh.yaml")).isEmpty();
  }

  @Test
  void does_not_mix_two_bundles_of_one_source() {
    layout.place("a/clusters/c/cluster.yaml");

    assertThatThrownBy(() -> layout.place("b/clusters/d/cluster.yaml"))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessage("b.tar.gz holds two bundles, in a/ and b/; give one of them");
  }
}
