package io.meshdoctor.collector.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshdoctor.collector.ListPage.ObjectHandler;
import io.meshdoctor.collector.live.FakeCluster.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagedListTest {

  private static final String NODES = "/api/v1/nodes";
  private static final int PARTS = 7;

  @TempDir private Path directory;
  private final FakeCluster cluster = FakeCluster.start();
  private final Deadline deadline = new Deadline(Duration.ofSeconds(20));
  private final Set<String> seen = new ConcurrentSkipListSet<>();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void reads_each_part_once() throws Exception {
    cluster.answer(NODES, request -> part(number(request)));

    read((version, kind, node) -> see(node.path("metadata").path("name").asString("")));

    assertThat(seen).hasSize(PARTS);
    assertThat(cluster.requests).hasSize(PARTS);
  }

  @Test
  void asks_for_the_next_part_while_it_reads_one() throws Exception {
    var isNextAsked = new CountDownLatch(1);
    cluster.answer(
        NODES,
        request -> {
          if (number(request) == 1) {
            isNextAsked.countDown();
          }
          return part(number(request));
        });

    read(
        (version, kind, node) -> {
          var name = node.path("metadata").path("name").asString("");
          see(name);
          if (name.equals("node-0") && !isAsked(isNextAsked)) {
            throw new IOException("the next part is not asked for");
          }
        });

    assertThat(seen).hasSize(PARTS);
  }

  @Test
  void ends_with_the_first_part_that_cannot_be_read() {
    cluster.answer(
        NODES,
        request ->
            number(request) == 2
                ? Reply.error(401, "Unauthorized", "Unauthorized")
                : part(number(request)));

    assertThatThrownBy(() -> read((version, kind, node) -> {}))
        .isInstanceOf(ApiException.class)
        .extracting(Reason::of)
        .isEqualTo("unauthorized (401): the server does not accept the credentials");
    assertThat(cluster.requests).hasSize(3);
  }

  private void see(String name) throws IOException {
    if (!seen.add(name)) {
      throw new IOException("seen before");
    }
  }

  private static boolean isAsked(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static int number(FakeCluster.Request request) {
    return Integer.parseInt(request.query().getOrDefault("continue", "0"));
  }

  private static Reply part(int number) {
    var next = number + 1 < PARTS ? String.valueOf(number + 1) : "";
    return Reply.json(
        "{\"kind\":\"NodeList\",\"apiVersion\":\"v1\",\"metadata\":{\"continue\":\"%s\"},\"items\":[{\"metadata\":{\"name\":\"node-%d\"}}]}"
            .formatted(next, number));
  }

  private void read(ObjectHandler handler) throws IOException {
    var kubeconfig = directory.resolve("config");
    Files.writeString(
        kubeconfig,
        "contexts: [{name: c, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: '%s'}}]"
            .formatted(cluster.url()));
    var target = Contexts.load(kubeconfig, Map.of()).target("c");
    try (var threads = new LiveThreads();
        var api = new ApiServer(new Login(Map.of(), deadline).access(target), deadline)) {
      new PagedList(api, deadline, threads, NODES, "", ApiServer.JSON, true, handler).read();
    }
  }
}
