package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.collector.IstiodState.SyncRow;
import io.meshdoctor.facts.StaleProxies;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {

  private final MeshState mesh = new MeshState();

  private List<SyncRow> read(String body) throws IOException {
    Reading.read(new DebugReader(), InputKind.DEBUG, "syncz", body, mesh);
    return mesh.cluster(Reading.CLUSTER).controlPlane.istiods().iterator().next().unconfirmed;
  }

  private static String proxy(String cluster) {
    return """
        [{"cluster_id":"blue-id","proxy":"web-1.v2.shop","proxy_type":"router",
          "resources":{"type.googleapis.com/envoy.config.cluster.v3.Cluster":%s}}]
        """
        .formatted(cluster);
  }

  @Test
  void keeps_nothing_of_what_is_confirmed() throws IOException {
    assertThat(read(proxy("{\"sent\":\"x/1\",\"acked\":\"x/1\"}"))).isEmpty();
  }

  @Test
  void knows_what_a_proxy_refused_without_keeping_the_reason() throws IOException {
    var rows = read(proxy("{\"sent\":\"x/1\",\"acked\":\"x/1\",\"lastError\":\"CANARY\"}"));

    assertThat(rows)
        .containsExactly(
            new SyncRow(
                new ObjectKey("pod", "shop", "web-1.v2"), "blue-id", "Cluster", true, null));
  }

  @Test
  void reads_pairs_where_there_is_nothing_better() throws IOException {
    var rows =
        read(
            """
            [{"proxy":"web-1.shop","cluster_id":"blue-id",
              "cluster_sent":"2026-01-01T00:00:00Z/1","cluster_acked":"",
              "listener_sent":"x","listener_acked":"x"}]
            """);

    assertThat(rows)
        .extracting(SyncRow::type, SyncRow::sentAt)
        .containsExactly(tuple("cluster", Instant.parse("2026-01-01T00:00:00Z")));
  }

  @Test
  void takes_only_what_was_sent_long_ago_for_stale() throws IOException {
    read(
        """
        [{"proxy":"web-1.shop","resources":{
          "x.Cluster":{"sent":"a","acked":"","sentTime":"2026-01-01T00:00:00Z"},
          "x.Listener":{"sent":"a","acked":"","sentTime":"2026-01-01T00:09:59Z"}}}]
        """);
    mesh.collectedAt = Instant.parse("2026-01-01T00:10:00Z");

    assertThat(ObservedResolver.resolve(mesh, new KnownNames()))
        .filteredOn(StaleProxies.class::isInstance)
        .extracting("type", "pod", "rejected")
        .containsExactly(tuple("Cluster", "web-1", false));
  }

  @Test
  void counts_the_gateways_among_those_that_refused() throws IOException {
    read(
        """
        [{"proxy":"web-1.shop","cluster_id":"blue-id","resources":{"x.Listener":{"sent":"a","acked":"","lastError":"no"}}},
         {"proxy":"gate-1.ns","cluster_id":"blue-id","resources":{"x.Listener":{"sent":"a","acked":"","lastError":"no"}}}]
        """);
    var names = new KnownNames();
    names.gatewayPods.add("gate-1");

    assertThat(ObservedResolver.resolve(mesh, names))
        .filteredOn(StaleProxies.class::isInstance)
        .extracting("type", "proxies", "gateways")
        .containsExactly(tuple("Listener", 2, 1));
  }
}
