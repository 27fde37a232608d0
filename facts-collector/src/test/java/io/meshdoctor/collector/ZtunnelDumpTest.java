package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.facts.ClientProxy;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.ZtunnelService;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of ztunnel that has the name of one of Envoy. */
class ZtunnelDumpTest {

  private static final String SERVICES =
      """
      [{"hostname":"cart.shop.svc","endpoints":{
         "x":{"workloadUid":"own","port":{"80":8080}},"y":{"workloadUid":"gateway","port":{}}},
        "waypoint":{"destination":"shop/waypoint.shop.svc","hboneMtlsPort":15008}},
       {"hostname":"empty.shop.svc","endpoints":{}}]""";

  private static final String WORKLOADS =
      """
      [{"uid":"own","network":"n1","clusterId":"c1"},{"uid":"gateway","network":"n2"}]""";

  private final MeshState mesh = new MeshState();

  @Test
  void is_told_from_the_page_of_envoy() throws IOException {
    read("{\"certificates\":[],\"config\":{},\"services\":[],\"workloads\":[]}");

    assertThat(mesh.cluster(Reading.CLUSTER).listed())
        .extracting(Listed::kind, Listed::subject)
        .containsExactly(tuple("ztunnel config", "ns/pod-1"));
    assertThat(Resolver.resolve(mesh).facts()).noneMatch(ClientProxy.class::isInstance);
  }

  @Test
  void older_releases_write_objects_where_newer_ones_write_arrays() throws IOException {
    read(
        """
        {"workloads":{"/10.0.0.1":{"uid":"own","network":"n1"}},
         "services":{"cart":{"hostname":"cart.shop.svc","endpoints":{"own:/10.0.0.1":{"workloadUid":"own"}}}}}""");

    assertThat(services())
        .extracting(ZtunnelService::host, ZtunnelService::networks)
        .containsExactly(tuple("cart.shop.svc", List.of("n1")));
  }

  @Test
  void tells_on_which_networks_the_endpoints_of_a_service_are() throws IOException {
    read("{\"services\":%s,\"workloads\":%s}".formatted(SERVICES, WORKLOADS));

    assertThat(services())
        .extracting(
            ZtunnelService::host,
            ZtunnelService::endpoints,
            ZtunnelService::networks,
            ZtunnelService::waypoint)
        .containsExactly(
            tuple("cart.shop.svc", 2, List.of("n1", "n2"), true),
            tuple("empty.shop.svc", 0, List.of(), false));
  }

  @Test
  void a_page_that_ends_early_is_not_all_of_it() {
    assertThatThrownBy(() -> read("{\"services\":" + SERVICES)).isInstanceOf(IOException.class);

    assertThat(mesh.cluster(Reading.CLUSTER).listed()).isEmpty();
  }

  @Test
  void a_page_of_neither_kind_holds_no_configuration() {
    assertThatThrownBy(() -> read("{\"error\":\"x\"}")).hasMessage("holds no configuration");
  }

  private List<ZtunnelService> services() {
    return Resolver.resolve(mesh).facts().stream()
        .filter(ZtunnelService.class::isInstance)
        .map(ZtunnelService.class::cast)
        .toList();
  }

  private void read(String text) throws IOException {
    Reading.read(new ConfigDumpReader(), InputKind.ENVOY_CONFIG_DUMP, "", text, mesh);
  }
}
