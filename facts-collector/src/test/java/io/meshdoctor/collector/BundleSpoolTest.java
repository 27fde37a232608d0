package io.meshdoctor.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshdoctor.collector.MeshSink.PodPage;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.NamespaceLabels;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Unread;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class BundleSpoolTest {

  private static final PodPage NETWORKS =
      new PodPage(InputKind.DEBUG, "c", "istio-system", "istiod-1", "networkz");

  @TempDir private Path temp;

  @Test
  void keeps_names_that_no_directory_can_have() throws IOException {
    var names = List.of("arn:aws:eks:cluster/c", "./../x", "a%b");

    var facts =
        written(
            spool -> {
              for (var name : names) {
                spool.cluster(name, name, "https://user:CANARY@192.0.2.1:6443");
                namespace(spool, name);
                spool.listed(name, "Namespace");
              }
            },
            false);

    assertThat(of(facts, Cluster.class))
        .extracting(Cluster::name)
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(of(facts, NamespaceLabels.class)).hasSameSizeAs(names);
    assertThat(of(facts, Listed.class)).hasSameSizeAs(names);
    assertThat(facts.toString()).doesNotContain("CANARY");
  }

  @Test
  void does_not_take_half_of_a_page_for_all_of_it() throws IOException {
    var facts =
        written(
            spool -> {
              spool.cluster("c", "c", "");
              namespace(spool, "c");
              assertThatThrownBy(() -> spool.page(NETWORKS, in("[{\"Network\":\"n\"")))
                  .isInstanceOf(IOException.class)
                  .hasMessageContaining("truncated");
              spool.unread("c", "networkz", "ends in the middle");
            },
            false);

    assertThat(of(facts, Listed.class)).extracting(Listed::kind).doesNotContain("networkz");
    assertThat(of(facts, Unread.class)).extracting(Unread::reason).contains("ends in the middle");
  }

  @Test
  void writes_nothing_outside_of_its_directory() throws IOException {
    written(
        spool -> {
          spool.cluster("c", "c", "");
          var page = new PodPage(InputKind.DEBUG, "c", "..", "../../../evil", "networkz");
          assertThatThrownBy(() -> spool.page(page, in("[]"))).isInstanceOf(IOException.class);
        },
        false);

    assertThat(files()).containsExactly("mesh.tar.gz");
  }

  @Test
  void replaces_the_names_of_contexts_that_are_no_words_or_were_not_read() throws IOException {
    var facts =
        written(
            spool -> {
              spool.cluster("admin@acme", "admin@acme", "");
              namespace(spool, "admin@acme");
              spool.unread("", MeshSink.CONTEXT + "acme/two", "unauthorized (401)");
            },
            true);

    assertThat(facts.toString()).contains("unauthorized (401)").doesNotContain("acme");
  }

  @Test
  void says_once_what_is_of_no_cluster() throws IOException {
    var facts =
        written(
            spool -> {
              for (var cluster : List.of("c", "d")) {
                spool.cluster(cluster, cluster, "");
                namespace(spool, cluster);
              }
              spool.unread("", MeshSink.CONTEXT + "e", "unauthorized (401)");
            },
            false);

    assertThat(facts)
        .filteredOn(Unread.class::isInstance)
        .singleElement()
        .isEqualTo(new Unread("", "context e", "unauthorized (401)", Origin.UNKNOWN));
  }

  @Test
  void takes_nothing_that_comes_late_and_leaves_nothing_behind() throws IOException {
    var target = temp.resolve("mesh.tar.gz");
    BundleSpool late;
    try (var spool = new BundleSpool(target)) {
      late = spool;
      spool.cluster("c", "c", "");
      spool.write(false);
      assertThatThrownBy(() -> namespace(spool, "c")).hasMessage("came too late");
    }

    late.close();
    assertThat(files()).containsExactly("mesh.tar.gz");
  }

  /** Tells a spool what is read. */
  private interface Telling {
    void tell(BundleSpool spool) throws IOException;
  }

  private List<?> written(Telling telling, boolean redactNames) throws IOException {
    var target = temp.resolve("mesh.tar.gz");
    try (var spool = new BundleSpool(target)) {
      telling.tell(spool);
      spool.write(redactNames);
    }
    return BundleReader.read(List.of(target)).facts();
  }

  private static void namespace(BundleSpool spool, String cluster) throws IOException {
    var namespace = new JsonMapper().readTree("{\"metadata\":{\"name\":\"shop\"}}");
    spool.object(cluster, "v1", "Namespace", namespace);
  }

  private static ByteArrayInputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static <T> List<T> of(List<?> facts, Class<T> type) {
    return facts.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(temp)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
