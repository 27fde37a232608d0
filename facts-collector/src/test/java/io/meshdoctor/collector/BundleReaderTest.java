package io.meshdoctor.collector;

import static io.meshdoctor.collector.Bundles.archive;
import static io.meshdoctor.collector.Bundles.cut;
import static io.meshdoctor.collector.Bundles.directory;
import static io.meshdoctor.collector.Bundles.files;
import static io.meshdoctor.collector.Bundles.put;
import static io.meshdoctor.collector.Bundles.putSpecial;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.meshdoctor.collector.Source.Bounds;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.Unread;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleReaderTest {

  private static final String POD =
      """
      { "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "p" } }
      """;

  @TempDir private Path temp;

  /** What the readers got: {@code KIND path cluster namespace/pod name: content}. */
  private final List<String> read = new ArrayList<>();

  // --- what is a bundle

  @ParameterizedTest
  @ValueSource(strings = {"b.tar.gz", "b.tgz", "b.tar", "b"})
  void reads_a_directory_and_an_archive_alike(String name) throws IOException {
    var files =
        files(
            "clusters/c/istiod/n/p/debug/clusterz.json", "[1]",
            "clusters/c/proxies/n/p/clusters", "x::y",
            "clusters/c/resources/pods.json", POD,
            "README.md", "for humans",
            "probes/tcp.json", "{}");
    var bundle = temp.resolve(name);

    facts(name.equals("b") ? directory(bundle, files) : archive(bundle, files));

    assertThat(read)
        .containsExactly(
            "DEBUG clusters/c/istiod/n/p/debug/clusterz.json c n/p clusterz: [1]",
            "ENVOY_CLUSTERS_TEXT clusters/c/proxies/n/p/clusters c n/p : x::y",
            "RESOURCES clusters/c/resources/pods.json c / : " + POD,
            "PROBE probes/tcp.json  / : {}");
  }

  @Test
  void finds_the_bundle_in_the_only_directory_of_a_source() throws IOException {
    var files = files("b/clusters/c/resources/pods.json", POD, "b/mesh.yaml", "name: m");

    var ofDirectory = facts(directory(temp.resolve("d"), files));
    var ofArchive = facts(archive(temp.resolve("a.tar.gz"), files));

    assertThat(read)
        .hasSize(2)
        .allMatch(input -> input.contains(" clusters/c/resources/pods.json "));
    assertThat(ofDirectory.mesh()).isEqualTo("m");
    assertThat(ofArchive.mesh()).isEqualTo("m");
  }

  @Test
  void reads_archives_whose_names_begin_with_a_dot() throws IOException {
    facts(archive(temp.resolve("a.tar.gz"), files("./clusters/c/resources/pods.json", POD)));

    assertThat(read).hasSize(1);
  }

  @Test
  void says_that_a_path_does_not_exist() {
    var missing = temp.resolve("missing");

    assertUnreadable(
        missing, "%s does not exist; give the path of a bundle, a directory or a .tar.gz");
  }

  @Test
  void says_that_a_directory_holds_no_bundle() throws IOException {
    var what =
        "%s holds no bundle: give what holds clusters/NAME/ with resources, istiod or proxies";

    assertUnreadable(directory(temp.resolve("empty"), files()), what);
    assertUnreadable(directory(temp.resolve("other"), files("a/b/c", "")), what);
    assertUnreadable(archive(temp.resolve("other.tgz"), files("a/b/c", "")), what);
  }

  @Test
  void says_that_a_source_holds_two_bundles() throws IOException {
    var files =
        files("a/clusters/c/resources/pods.json", POD, "b/clusters/d/resources/pods.json", POD);

    assertUnreadable(
        directory(temp.resolve("two"), files),
        "%s holds two bundles, in a/ and b/; give one of them");
  }

  @Test
  void says_that_a_file_is_no_archive() throws IOException {
    var what = "%s is no tar archive; give a bundle, a directory or a .tar.gz";

    assertUnreadable(Files.writeString(temp.resolve("a.tar.gz"), POD), what);
    assertUnreadable(Files.writeString(temp.resolve("b.tar.gz"), "x".repeat(5000)), what);
    assertUnreadable(Files.write(temp.resolve("c.tar"), new byte[10240]), what);
    assertUnreadable(
        Files.createFile(temp.resolve("d.tar.gz")),
        "%s is empty; give a bundle, a directory or a .tar.gz");
  }

  // --- what breaks

  @Test
  void keeps_what_came_before_the_end_of_a_truncated_archive() throws IOException {
    var noise =
        new Random(1)
            .ints(100_000, 'a', 'z')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
    for (var name : List.of("a.tar.gz", "a.tar")) {
      var archive =
          archive(
              temp.resolve(name),
              files(
                  "clusters/c/cluster.yaml",
                  "listed: [pods, secrets]",
                  "clusters/c/resources/pods.json",
                  POD,
                  "clusters/c/resources/x.json",
                  noise.toString(),
                  "clusters/d/resources/pods.json",
                  POD));
      read.clear();

      var facts = facts(cut(archive, 40_000));

      assertThat(read).hasSize(1);
      assertThat(unread(facts))
          .containsExactly(
              ": %s: ends early (truncated)".formatted(name),
              "c: clusters/c/resources/x.json: is not whole: the archive ends early (truncated)");
      assertThat(listed(facts)).isEmpty();
    }
  }

  @Test
  void notices_a_tar_that_was_cut_between_two_entries() throws IOException {
    var archive =
        archive(temp.resolve("a.tar"), files("clusters/c/resources/pods.json", POD, "x", "y"));
    var bytes = Files.readAllBytes(archive);

    var facts = facts(Files.write(archive, Arrays.copyOf(bytes, 1024)));

    assertThat(read).hasSize(1);
    assertThat(unread(facts)).containsExactly(": a.tar: ends early (truncated)");
  }

  @Test
  void says_that_nothing_of_a_truncated_archive_could_be_read() throws IOException {
    var archive = archive(temp.resolve("a.tgz"), files("clusters/c/resources/pods.json", POD));

    assertUnreadable(
        cut(archive, (int) Files.size(archive) - 30),
        "%s ends early (truncated), before its first file; copy it again");
  }

  @Test
  void notices_an_archive_that_is_damaged() throws IOException {
    var archive = archive(temp.resolve("a.tgz"), files("clusters/c/resources/pods.json", POD));
    var bytes = Files.readAllBytes(archive);
    bytes[bytes.length - 5] ^= 1;

    var facts = facts(Files.write(archive, bytes));

    assertThat(read).hasSize(1);
    assertThat(unread(facts)).containsExactly(": a.tgz: is damaged");
  }

  @Test
  void says_which_file_could_not_be_read_and_reads_on() throws IOException {
    var facts =
        facts(
            directory(
                temp.resolve("b"),
                files(
                    "clusters/c/istiod/n/p/debug/clusterz.json", "",
                    "clusters/c/resources/a.json", "{ \"kind\": hunter2 }",
                    "clusters/c/resources/b.json", "{ \"kind\": ",
                    "clusters/c/resources/c.json", POD)));

    assertThat(read).hasSize(1);
    assertThat(unread(facts))
        .containsExactly(
            "c: clusters/c/istiod/n/p/debug/clusterz.json: is empty",
            "c: clusters/c/resources/a.json: is not JSON: unexpected character at line 1, column 11",
            "c: clusters/c/resources/b.json: ends in the middle (truncated)");
    assertThat(facts.facts()).noneMatch(fact -> fact.toString().contains("hunter"));
  }

  @Test
  void says_how_to_see_on_the_cluster_what_could_not_be_read() throws IOException {
    var facts =
        facts(
            directory(
                temp.resolve("b"),
                files(
                    "clusters/c/cluster.yaml", "context: the-context",
                    "clusters/c/istiod/n/p/debug/clusterz.json", "")));

    assertThat(facts.facts())
        .filteredOn(Unread.class::isInstance)
        .extracting(fact -> fact.origin().show())
        .containsExactly(
            "kubectl --context=the-context -n n exec p -c discovery"
                + " -- pilot-discovery request GET /debug/clusterz");
  }

  @Test
  void survives_a_reader_that_fails() throws IOException {
    var facts =
        facts(
            directory(
                temp.resolve("b"),
                files("clusters/c/istiod/n/p/discovery.log", "x", "mesh.yaml", "name: m")));

    assertThat(unread(facts))
        .containsExactly(
            "c: clusters/c/istiod/n/p/discovery.log: is not what was expected (IllegalStateException)");
    assertThat(facts.mesh()).isEqualTo("m");
  }

  // --- what is not safe

  @Test
  void follows_no_links_of_a_directory() throws IOException {
    var outside = directory(temp.resolve("outside"), files("pods.json", POD));
    var bundle = directory(temp.resolve("b"), files("clusters/c/cluster.yaml", "listed: [pods]"));
    Files.createSymbolicLink(bundle.resolve("clusters/c/resources"), outside);
    Files.createSymbolicLink(bundle.resolve("clusters/d"), bundle.resolve("clusters"));
    Files.createSymbolicLink(bundle.resolve("README"), outside);

    var facts = facts(bundle);

    assertThat(read).isEmpty();
    assertThat(unread(facts))
        .containsExactly(
            ": clusters/d: is a symbolic link, not followed",
            "c: clusters/c/resources: is a symbolic link, not followed");
    assertThat(listed(facts)).isEmpty();
  }

  @Test
  void reads_nothing_of_an_archive_that_may_lead_out_of_it() throws IOException {
    var archive =
        archive(
            temp.resolve("a.tar.gz"),
            tar -> {
              put(tar, "../clusters/e/resources/a.json", POD);
              put(tar, "/clusters/e/resources/b.json", POD);
              put(tar, "C:/clusters/e/resources/c.json", POD);
              put(tar, "clusters/c/resources/../../../d.json", POD);
              put(tar, "clusters/c/resources/..\\..\\e.json", POD);
              put(tar, "clusters/c/resources/\u001b[2J.json", POD);
              putSpecial(tar, "clusters/c/resources/f.json", TarConstants.LF_SYMLINK);
              putSpecial(tar, "clusters/c/resources/g.json", TarConstants.LF_LINK);
              putSpecial(tar, "clusters/c/resources/h.json", TarConstants.LF_FIFO);
              putSpecial(tar, "clusters/c/resources/i.json", TarConstants.LF_CHR);
              put(tar, "clusters/c/resources/j.json", POD);
            });

    var facts = facts(archive);

    assertThat(read).hasSize(1).allMatch(input -> input.contains("/j.json"));
    assertThat(unread(facts))
        .containsExactly(
            ": clusters/e/resources/a.json: leads out of the archive",
            ": clusters/e/resources/b.json: has an absolute path",
            ": clusters/e/resources/c.json: has an absolute path",
            "c: clusters/c/resources/../../../d.json: leads out of the archive",
            "c: clusters/c/resources/..\\..\\e.json: leads out of the archive",
            "c: clusters/c/resources/?[2J.json: has a name with control characters",
            "c: clusters/c/resources/f.json: is a link, not followed",
            "c: clusters/c/resources/g.json: is a link, not followed",
            "c: clusters/c/resources/h.json: is no regular file",
            "c: clusters/c/resources/i.json: is no regular file");
  }

  @Test
  void says_why_nothing_of_an_archive_may_be_read() throws IOException {
    assertUnreadable(
        archive(temp.resolve("a.tgz"), files("../clusters/c/resources/a.json", POD)),
        "%s holds no bundle that may be read: ../clusters/c/resources/a.json leads out of the archive");
  }

  @Test
  void says_that_a_file_may_not_be_read() throws IOException {
    var bundle =
        directory(
            temp.resolve("b"),
            files("clusters/c/resources/a.json", POD, "clusters/c/resources/b.json", POD));
    var locked = bundle.resolve("clusters/c/resources/a.json");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(locked), "run by root");

    var facts = facts(bundle);

    assertThat(unread(facts)).containsExactly("c: clusters/c/resources/a.json: permission denied");
  }

  @Test
  void refuses_an_archive_that_unpacks_to_too_much() throws IOException {
    var archive =
        archive(temp.resolve("a.tgz"), files("clusters/c/resources/a.json", " ".repeat(3_000_000)));

    assertThatThrownBy(() -> facts(new Bounds(100, 2 << 20), archive))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessage("%s unpacks to more than 2 MB; unpack it and give the directory", archive);
  }

  @Test
  void refuses_an_archive_that_unpacks_to_many_times_its_size() throws IOException {
    var archive =
        archive(
            temp.resolve("a.tgz"),
            tar -> {
              var megabyte = " ".repeat(1 << 20);
              for (var i = 0; i < 300; i++) {
                put(tar, "noise/" + i, megabyte);
              }
            });

    assertUnreadable(
        archive,
        "%s unpacks to more than 400 times its size; if you trust it, unpack it and give the directory");
  }

  @Test
  void refuses_a_source_of_too_many_files() throws IOException {
    var files = files("clusters/c/resources/a.json", POD, "x/1", "", "x/2", "", "x/3", "");

    var archive = archive(temp.resolve("a.tgz"), files);
    var directory = directory(temp.resolve("d"), files);

    assertThatThrownBy(() -> facts(new Bounds(3, 1 << 20), archive))
        .hasMessage("%s holds more than 3 entries, as no bundle does", archive);
    assertThatThrownBy(() -> facts(new Bounds(3, 1 << 20), directory))
        .hasMessage("%s holds more than 3 files; give the directory of one bundle", directory);
  }

  @Test
  void refuses_an_archive_with_a_header_that_fills_the_memory() throws IOException {
    var archive =
        archive(
            temp.resolve("a.tgz"),
            tar -> {
              put(tar, "clusters/c/resources/a.json", POD);
              var name = new byte[2 << 20];
              var entry = new TarArchiveEntry("name", TarConstants.LF_GNUTYPE_LONGNAME);
              entry.setSize(name.length);
              tar.putArchiveEntry(entry);
              tar.write(name);
              tar.closeArchiveEntry();
            });

    assertUnreadable(
        archive,
        "%s is no archive that a tar program wrote: an entry's header takes more than 1 MB");
  }

  @Test
  void survives_a_reader_that_closes_its_input() throws IOException {
    var readers = new EnumMap<>(Readers.all());
    readers.put(InputKind.RESOURCES, (input, state) -> input.body().close());
    var mesh = new MeshState();
    var reader = new BundleReader(mesh, readers, Bounds.DEFAULT);

    reader.add(directory(temp.resolve("b"), files("clusters/c/resources/pods.json", POD)));
    reader.finish();

    assertThat(unread(Resolver.resolve(mesh))).isEmpty();
  }

  // --- several bundles

  @Test
  void takes_two_bundles_as_one_mesh() throws IOException {
    var one =
        directory(
            temp.resolve("one"),
            files("clusters/c/resources/pods.json", POD, "probes/tcp.json", "{ \"ok\": 1 }"));
    var other =
        archive(
            temp.resolve("other.tgz"),
            files("clusters/d/resources/pods.json", POD, "probes/tcp.json", "{ \"ok\": 2 }"));

    var facts = facts(one, other);

    assertThat(read)
        .containsExactly(
            "RESOURCES clusters/c/resources/pods.json c / : " + POD,
            "PROBE probes/tcp.json  / : { \"ok\": 1 }",
            "RESOURCES clusters/d/resources/pods.json d / : " + POD,
            "PROBE probes/tcp.json  / : { \"ok\": 2 }");
    assertThat(facts.mesh()).isEqualTo("one");
    assertThat(unread(facts)).isEmpty();
  }

  @Test
  void merges_parts_of_one_cluster() throws IOException {
    var one =
        directory(
            temp.resolve("one"),
            files(
                "clusters/c/cluster.yaml",
                "listed: [pods]",
                "clusters/c/resources/pods.json",
                POD));
    var other =
        directory(
            temp.resolve("other"),
            files(
                "clusters/c/cluster.yaml", "listed: [secrets]",
                "clusters/c/resources/secrets.json", "{}",
                "clusters/c/resources/pods.json", POD));

    var facts = facts(one, other);

    assertThat(read).hasSize(2);
    assertThat(listed(facts)).contains("c: Pod", "c: Secret");
  }

  @Test
  void reads_a_bundle_once_that_is_given_twice() throws IOException {
    var files = files("clusters/c/resources/pods.json", POD, "probes/tcp.json", "{}");

    facts(directory(temp.resolve("d"), files), archive(temp.resolve("a.tgz"), files));

    assertThat(read).hasSize(2);
  }

  @Test
  void refuses_two_clusters_of_one_name() throws IOException {
    var one = directory(temp.resolve("one"), files("clusters/c/resources/pods.json", POD));
    var other = directory(temp.resolve("other"), files("clusters/c/resources/pods.json", "{}"));

    assertThatThrownBy(() -> facts(one, other))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessage(
            "two clusters are called c: clusters/c/resources/pods.json differs between %s and %s;"
                + " rename a directory below clusters/, or leave one out",
            one, other);
  }

  @Test
  void refuses_two_clusters_of_one_name_with_different_servers() throws IOException {
    var one =
        directory(temp.resolve("one"), files("clusters/c/cluster.yaml", "server: https://a:6443"));
    var other =
        directory(
            temp.resolve("other"), files("clusters/c/cluster.yaml", "server: https://b:6443"));

    assertThatThrownBy(() -> facts(one, other))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageStartingWith("two clusters are called c: ");
  }

  @Test
  void refuses_an_archive_that_holds_a_file_twice() throws IOException {
    var archive =
        archive(
            temp.resolve("a.tgz"),
            tar -> {
              put(tar, "clusters/c/resources/pods.json", POD);
              put(tar, "clusters/c/resources/pods.json", "{}");
            });

    assertUnreadable(
        archive, "%s holds clusters/c/resources/pods.json twice, with different content");
  }

  // --- mesh.yaml and cluster.yaml

  @Test
  void takes_the_mesh_from_its_file() throws IOException {
    var mesh = new MeshState();
    var bundle =
        directory(
            temp.resolve("b"),
            files(
                "mesh.yaml",
                """
                name: prod
                meshId: mesh1
                systemNamespace: istio-infra
                collectedAt: '2026-11-23T20:27:04Z'
                """));

    reader(mesh, Bounds.DEFAULT).add(bundle);

    assertThat(mesh.name).isEqualTo("prod");
    assertThat(mesh.systemNamespace).isEqualTo("istio-infra");
    assertThat(mesh.collectedAt).isEqualTo(Instant.parse("2026-11-23T20:27:04Z"));
  }

  @Test
  void takes_the_latest_time_of_several_bundles() throws IOException {
    var paths = new ArrayList<Path>();
    for (var time :
        List.of("2026-01-02T00:00:00+02:00", "2026-01-03T00:00:00Z", "2026-01-01T00:00:00Z")) {
      paths.add(
          directory(temp.resolve("at" + paths.size()), files("mesh.yaml", "collectedAt: " + time)));
    }

    var facts = facts(paths.toArray(Path[]::new));

    assertThat(facts.collectedAt()).isEqualTo(Instant.parse("2026-01-03T00:00:00Z"));
  }

  @Test
  void says_that_two_bundles_name_different_system_namespaces() throws IOException {
    var facts =
        facts(
            directory(temp.resolve("one"), files("mesh.yaml", "systemNamespace: istio-one")),
            directory(temp.resolve("other"), files("mesh.yaml", "systemNamespace: istio-other")));

    assertThat(unread(facts))
        .containsExactly(": mesh.yaml: names another systemNamespace than the bundle before");
  }

  @ParameterizedTest
  @ValueSource(strings = {"prod.tar.gz", "prod.tgz", "prod.tar"})
  void names_the_mesh_after_its_archive_otherwise(String name) throws IOException {
    var facts = facts(archive(temp.resolve(name), files("clusters/c/resources/pods.json", POD)));

    assertThat(facts.mesh()).isEqualTo("prod");
  }

  @ParameterizedTest
  @ValueSource(strings = {"collectedAt: yesterday", "systemNamespace: 'a b'", "[]", "a: b: c"})
  void says_what_is_wrong_with_the_file_of_the_mesh(String text) throws IOException {
    var facts =
        facts(
            directory(
                temp.resolve("b"),
                files("clusters/c/resources/pods.json", POD, "mesh.yaml", text)));

    assertThat(unread(facts)).hasSize(1).first().asString().startsWith(": mesh.yaml: ");
    assertThat(read).hasSize(1);
  }

  @Test
  void takes_a_cluster_from_its_file() throws IOException {
    var mesh = new MeshState();
    var reader = reader(mesh, Bounds.DEFAULT);

    reader.add(
        directory(
            temp.resolve("b"),
            files(
                "clusters/c/cluster.yaml",
                """
                context: admin@c
                server: https://user:CANARY@10.0.0.1:6443
                listed:
                - pods
                - gateways.networking.istio.io
                - telemetries
                unread:
                - { kind: secrets, reason: forbidden }
                - { source: istiod/a/b, reason: "timed\\nout" }
                - nodes
                """,
                "clusters/c/resources/all.json",
                POD)));
    reader.finish();

    var cluster = mesh.cluster("c");
    assertThat(cluster.context).isEqualTo("admin@c");
    assertThat(cluster.server).isEqualTo("https://10.0.0.1:6443");
    var facts = Resolver.resolve(mesh);
    assertThat(listed(facts)).containsExactly("c: Gateway", "c: Pod");
    assertThat(unread(facts))
        .containsExactly(
            "c: Secret: forbidden", "c: istiod/a/b: timed out", "c: Node: not collected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pods.json", "all.json"})
  void does_not_believe_that_a_kind_was_read_completely_if_a_file_of_it_is_broken(String name)
      throws IOException {
    var facts =
        facts(
            directory(
                temp.resolve("b"),
                files(
                    "clusters/c/cluster.yaml",
                    "listed: [pods]",
                    "clusters/c/resources/" + name,
                    "{ \"kind\": ")));

    assertThat(listed(facts)).isEmpty();
  }

  @Test
  void believes_that_other_kinds_were_read_completely() throws IOException {
    var facts =
        facts(
            directory(
                temp.resolve("b"),
                files(
                    "clusters/c/cluster.yaml", "listed: [pods, secrets]",
                    "clusters/c/resources/pods.json", "",
                    "clusters/c/resources/all.yaml", POD)));

    assertThat(listed(facts)).contains("c: Secret").doesNotContain("c: Pod");
  }

  @Test
  void believes_that_the_metadata_of_secrets_was_read() throws IOException {
    var facts =
        facts(
            directory(
                temp.resolve("b"),
                files(
                    "clusters/c/cluster.yaml",
                    "listed: [Secret metadata]\nunread: [{source: Secret, reason: not asked for}]",
                    "clusters/c/resources/all.yaml",
                    POD)));
    var broken =
        facts(
            directory(
                temp.resolve("broken"),
                files(
                    "clusters/c/cluster.yaml",
                    "listed: [Secret metadata]",
                    "clusters/c/resources/secrets.json",
                    "{")));

    assertThat(listed(facts))
        .containsExactly("c: Secret metadata", "c: remote secrets", "c: CA secrets");
    assertThat(listed(broken)).isEmpty();
  }

  @Test
  void does_not_believe_that_a_kind_was_read_of_which_nothing_is_here() throws IOException {
    var facts =
        BundleReader.read(
            List.of(
                directory(
                    temp.resolve("b"),
                    files(
                        "clusters/c/cluster.yaml", "listed: [pods, sidecars, secrets]",
                        "clusters/c/resources/pods.json", POD,
                        "clusters/c/resources/sidecars.json",
                            "{\"kind\":\"List\",\"items\":[]}"))));

    assertThat(listed(facts)).containsExactly("c: Pod", "c: Sidecar");
    assertThat(unread(facts))
        .containsExactly("c: Secret: is said to be listed, and nothing of it is here");
  }

  @Test
  void does_not_believe_that_anything_was_read_where_there_are_no_resources() throws IOException {
    var facts =
        BundleReader.read(
            List.of(
                directory(temp.resolve("b"), files("clusters/c/cluster.yaml", "listed: [pods]"))));

    assertThat(listed(facts)).isEmpty();
  }

  @Test
  void does_not_believe_that_a_kind_was_read_completely_that_is_said_to_be_unread()
      throws IOException {
    var facts =
        facts(
            directory(
                temp.resolve("b"),
                files(
                    "clusters/c/cluster.yaml",
                    "listed: [pods, secrets]\nunread: [ { kind: secrets, reason: forbidden } ]",
                    "clusters/c/resources/all.json",
                    POD)));

    assertThat(listed(facts)).containsExactly("c: Pod");
  }

  @Test
  void gives_the_facts_of_a_mesh() throws IOException {
    var facts =
        BundleReader.read(
            List.of(
                directory(
                    temp.resolve("b"),
                    files(
                        "clusters/c/cluster.yaml",
                        "listed: [pods]",
                        "clusters/c/resources/all.json",
                        POD))));

    assertThat(facts.mesh()).isEqualTo("b");
    assertThat(listed(facts)).containsExactly("c: Pod");
  }

  private void assertUnreadable(Path path, String message) {
    assertThatThrownBy(() -> facts(path))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessage(message, path);
  }

  private MeshFacts facts(Path... paths) {
    return facts(Bounds.DEFAULT, paths);
  }

  private MeshFacts facts(Bounds bounds, Path... paths) {
    var mesh = new MeshState();
    var reader = reader(mesh, bounds);
    List.of(paths).forEach(reader::add);
    reader.finish();
    return Resolver.resolve(mesh);
  }

  /** With readers that note what they get; resources are parsed, logs make their reader fail. */
  private BundleReader reader(MeshState mesh, Bounds bounds) {
    var readers = new EnumMap<>(Readers.all());
    InputReader note =
        (input, state) -> note(input, new String(input.body().readAllBytes(), UTF_8));
    readers.put(InputKind.DEBUG, note);
    readers.put(InputKind.ENVOY_CLUSTERS_TEXT, note);
    readers.put(InputKind.PROBE, note);
    readers.put(
        InputKind.RESOURCES,
        (input, state) -> {
          var text = input.body().readAllBytes();
          Json.tree(new ByteArrayInputStream(text));
          note(input, new String(text, UTF_8));
          state.cluster(input.cluster()).sawSomeOf("Pod");
        });
    readers.put(
        InputKind.DISCOVERY_LOG,
        (input, state) -> {
          throw new IllegalStateException("quotes hunter2");
        });
    return new BundleReader(mesh, readers, bounds);
  }

  private void note(Input input, String text) {
    read.add(
        "%s %s %s %s/%s %s: %s"
            .formatted(
                input.kind(),
                input.path(),
                input.cluster(),
                input.namespace(),
                input.pod(),
                input.name(),
                text));
  }

  private static List<String> unread(MeshFacts facts) {
    return of(facts, Unread.class).stream()
        .map(unread -> unread.cluster() + ": " + unread.what() + ": " + unread.reason())
        .toList();
  }

  private static List<String> listed(MeshFacts facts) {
    return of(facts, Listed.class).stream()
        .map(listed -> listed.cluster() + ": " + listed.kind())
        .toList();
  }

  private static <T extends Fact> List<T> of(MeshFacts facts, Class<T> type) {
    return facts.facts().stream().filter(type::isInstance).map(type::cast).toList();
  }
}
