package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedMeshesTest {

  @TempDir private Path directory;

  private Path file(String path) throws IOException {
    var file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  @Test
  void a_file_is_one_mesh() throws IOException {
    var file = file("mesh.tar.gz");

    assertThat(RecordedMeshes.at(file).recordings()).containsExactly(file);
  }

  @Test
  void a_bundle_is_one_mesh() throws IOException {
    file("clusters/east/cluster.yaml");

    assertThat(RecordedMeshes.at(directory).recordings()).containsExactly(directory);
  }

  @Test
  void what_another_tool_wrote_is_one_mesh() throws IOException {
    file("cluster/cluster-context");
    file("proxies/shop/web-1/clusters");
    file("istio/istio-system/istiod-1/discovery.log");

    assertThat(RecordedMeshes.at(directory).recordings()).containsExactly(directory);
  }

  @Test
  void a_directory_of_recordings_is_as_many_meshes() throws IOException {
    var archive = file("b.tar.gz");
    file("a/clusters/east/cluster.yaml");
    file("c/clusters/west/cluster.yaml");
    file("README.md");
    file(".git/config");

    file("notes/today.txt");

    var found = RecordedMeshes.at(directory);

    assertThat(found.recordings())
        .containsExactly(directory.resolve("a"), archive, directory.resolve("c"));
    assertThat(found.passedOver()).containsExactly(directory.resolve("notes"));
  }

  @Test
  void what_is_not_there_and_what_holds_nothing_is_left_to_whoever_reads_it() {
    var missing = directory.resolve("missing");

    assertThat(RecordedMeshes.at(missing).recordings()).containsExactly(missing);
    assertThat(RecordedMeshes.at(directory).recordings()).containsExactly(directory);
  }

  @Test
  void a_recording_is_called_as_its_file_is() {
    assertThat(RecordedMeshes.nameOf(Path.of("dir/prod.tar.gz"))).isEqualTo("prod");
    assertThat(RecordedMeshes.nameOf(Path.of("dir/prod"))).isEqualTo("prod");
  }
}
