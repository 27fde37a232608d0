package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.collector.EnvoyHost.Counters;
import io.meshdoctor.collector.EnvoyHost.Place;
import io.meshdoctor.collector.IstiodState.GatewayRow;
import io.meshdoctor.collector.IstiodState.LogRow;
import io.meshdoctor.collector.IstiodState.ProxyRow;
import io.meshdoctor.collector.IstiodState.RemoteRow;
import io.meshdoctor.collector.IstiodState.ServiceRow;
import io.meshdoctor.collector.ProxyPages.CertificateRow;
import io.meshdoctor.collector.ProxyPages.ListenerRow;
import io.meshdoctor.collector.ProxyPages.NodeRow;
import io.meshdoctor.facts.ClientEndpoints;
import io.meshdoctor.facts.ClientProxy;
import io.meshdoctor.facts.ClientService;
import io.meshdoctor.facts.ConnectedProxies;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.GatewayListener;
import io.meshdoctor.facts.KnownService;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.NetworkGateway;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.Probe;
import io.meshdoctor.facts.Probe.Failure;
import io.meshdoctor.facts.ProxyCertificates;
import io.meshdoctor.facts.RejectedProxies;
import io.meshdoctor.facts.RemoteClusterError;
import io.meshdoctor.facts.RemoteClusterError.Kind;
import io.meshdoctor.facts.RemoteClusterStatus;
import io.meshdoctor.facts.ShardEndpoints;
import io.meshdoctor.facts.Via;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObservedResolverTest {

  private static final String WEB = "web.shop.svc.cluster.local";
  private static final EnvoyClusterName SERVICE = new EnvoyClusterName(WEB, 80, "", false);

  private final MeshState mesh = new MeshState();
  private final KnownNames names = new KnownNames();
  private final IstiodState istiod = mesh.cluster("blue").controlPlane.istiod("ns", "istiod-1");
  private final ProxyPages client = mesh.cluster("blue").proxies.proxy("shop", "client-1");

  @Test
  void names_clusters_as_the_operator_does() {
    istiod.remotes = List.of(new RemoteRow("green-id", "ns/s", "synced"), row("other"));
    istiod.gateways = List.of(new GatewayRow("n2", "green-id", "192.0.2.1", 15443, 0));
    istiod.services = List.of(new ServiceRow(WEB, List.of("other", "green-id"), List.of(), "K"));
    istiod.shards.add(shard("green-id"), "10.2.0.1", true);

    assertThat(resolve(RemoteClusterStatus.class))
        .extracting("istiod", "id", "of")
        .containsExactly(tuple("istiod-1", "green-id", "green"), tuple("istiod-1", "other", ""));
    assertThat(resolve(NetworkGateway.class)).extracting("of").containsExactly("green");
    assertThat(resolve(KnownService.class))
        .extracting("seenIn")
        .containsExactly(List.of("green", "other"));
    assertThat(resolve(ShardEndpoints.class))
        .extracting("of", "endpoints", "healthy", "address")
        .containsExactly(tuple("green", 1, 1, "10.2.0.1"));
  }

  @Test
  void says_of_endpoints_whether_their_cluster_has_others_by_now() {
    istiod.shards.add(shard("green-id"), "10.2.0.1", true);
    istiod.shards.add(shard("green-id"), "10.2.0.2", true);
    var unread = resolve(ShardEndpoints.class);
    names.endpoints.put("green/" + WEB, Set.of("10.2.0.2", "10.2.0.3"));
    var changing = resolve(ShardEndpoints.class);
    names.endpoints.put("green/" + WEB, Set.of("10.2.0.3"));
    var others = resolve(ShardEndpoints.class);
    names.endpoints.put("green/" + WEB, Set.of("fd00::3"));
    var ofOtherFamily = resolve(ShardEndpoints.class);

    assertThat(unread).extracting("outdated").containsExactly(false);
    assertThat(changing).extracting("outdated").containsExactly(false);
    assertThat(others).extracting("outdated").containsExactly(true);
    assertThat(ofOtherFamily).extracting("outdated").containsExactly(false);
  }

  @Test
  void counts_connected_proxies_that_say_the_same_of_themselves() {
    names.gatewayPods.add("in-1");
    istiod.proxies =
        List.of(
            proxy("web-2", "blue-id"),
            proxy("web-1", "blue-id"),
            proxy("in-1", "blue-id"),
            proxy("web-9", "green-id"));

    assertThat(resolve(ConnectedProxies.class))
        .extracting("of", "gateway", "proxies", "proxy")
        .containsExactly(
            tuple("blue", false, 2, "web-1"),
            tuple("blue", true, 1, "in-1"),
            tuple("green", false, 1, "web-9"));
  }

  @Test
  void reports_what_the_log_says_unless_the_cluster_is_synced_now() {
    istiod.log = List.of(error("green-id", true, false), error("red-id", true, false));
    istiod.remotes =
        List.of(new RemoteRow("green-id", "s", "synced"), new RemoteRow("red-id", "s", "timeout"));

    assertThat(resolve(RemoteClusterError.class)).extracting("of").containsExactly("red");
  }

  @Test
  void knows_the_cluster_of_an_error_by_the_server_that_only_its_secret_leads_to() {
    secret("s1", "green-id", "https://green.example.com");
    secret("s2", "red-id", "https://shared.example.com:6443");
    secret("s3", "blue-id", "https://shared.example.com:6443");
    istiod.log =
        List.of(
            errorOfServer("green.example.com:443"),
            errorOfServer("shared.example.com:6443"),
            errorOfServer("10.0.0.1:443"));

    assertThat(resolve(RemoteClusterError.class))
        .extracting("id", "of")
        .containsExactly(tuple("green-id", "green"));
  }

  @Test
  void reports_an_error_that_came_after_the_sync_or_is_about_a_secret() {
    istiod.log = List.of(error("green-id", true, true), error("green-id", false, false));
    istiod.remotes = List.of(new RemoteRow("green-id", "s", "synced"));

    assertThat(resolve(RemoteClusterError.class)).hasSize(2);
  }

  @Test
  void takes_no_error_about_its_own_cluster_for_one_about_a_remote() {
    istiod.configClusterId = "strange";
    istiod.log =
        List.of(
            error("strange", true, false),
            error("blue-id", true, false),
            error("blue-id", false, false));

    assertThat(resolve(RemoteClusterError.class)).hasSize(1);
  }

  @Test
  void tells_pods_of_the_own_cluster_from_the_gateway_to_another() {
    istiod.shards.add(shard("blue-id"), "10.1.0.1", true);
    istiod.shards.add(shard("blue-id"), "10.1.0.2", true);
    istiod.shards.add(shard("green-id"), "10.2.0.1", true);
    istiod.gateways = List.of(new GatewayRow("n2", "green-id", "192.0.2.1", 15443, 0));
    endpoints(
        host("10.1.0.1", 8080, 0, new Counters(5, 1, 1, 9, 2, 7)),
        host("10.1.0.2", 8080, 0, new Counters(1, 0, 0, 1, 0, 1)),
        host("192.0.2.1", 15443, 1, new Counters(3, 3, 0, 0, 3, 0)),
        host("198.51.100.7", 443, 0, null));

    assertThat(resolve(ClientEndpoints.class))
        .extracting(
            "towards",
            "via",
            "address",
            "endpoints",
            "priority",
            "connects",
            "connectFailures",
            "requestSuccesses",
            "counted")
        .containsExactly(
            tuple("blue", Via.POD, "10.1.0.1:8080", 2, 0, 6L, 1L, 8L, true),
            tuple("green", Via.GATEWAY, "192.0.2.1:15443", 1, 1, 3L, 3L, 0L, true),
            tuple("", Via.OTHER, "198.51.100.7:443", 1, 0, 0L, 0L, 0L, false));
    assertThat(resolve(ClientService.class))
        .extracting("host", "port", "endpoints", "system")
        .containsExactly(tuple(WEB, 80, 4, false));
    assertThat(resolve(ClientProxy.class)).extracting("services").containsExactly(1);
  }

  @Test
  void counts_what_envoy_would_use_and_what_it_ejected() {
    names.pod("green", "web-1", "10.2.0.1").pod("green", "web-2", "10.2.0.2");
    endpoints(
        new EnvoyHost("10.2.0.1", new EnvoyHost.State(8080, false, true, 0, null)),
        new EnvoyHost("10.2.0.2", new EnvoyHost.State(8080, false, false, 0, null)),
        new EnvoyHost("10.2.0.2", new EnvoyHost.State(8081, true, false, 0, null)));

    assertThat(resolve(ClientEndpoints.class))
        .extracting("towards", "via", "endpoints", "healthy", "ejected")
        .containsExactly(tuple("green", Via.POD, 3, 1, 1));
  }

  @Test
  void tells_the_address_that_never_answered_from_the_one_that_does() {
    istiod.gateways =
        List.of(
            new GatewayRow("n2", "green-id", "192.0.2.1", 15443, 0),
            new GatewayRow("n2", "green-id", "192.0.2.2", 15443, 0));
    endpoints(
        host("192.0.2.1", 15443, 0, new Counters(5, 4, 1, 7, 4, 7)),
        host("192.0.2.2", 15443, 0, new Counters(3, 3, 0, 0, 3, 0)));

    var endpoints = resolve(ClientEndpoints.class);

    assertThat(endpoints)
        .extracting("unreachable", "neverConnected", "partlyUnreachable")
        .containsExactly(tuple(List.of("192.0.2.2:15443"), false, true));
  }

  @Test
  void finds_gateways_that_only_another_istiod_or_the_services_know() {
    mesh.cluster("green").controlPlane.istiod("ns", "istiod-9").gateways =
        List.of(new GatewayRow("n2", "green-id", "192.0.2.1", 0, 15008));
    names.gateways.put("192.0.2.3:15443", "red");
    endpoints(host("192.0.2.1", 15008, 0, null), host("192.0.2.3", 15443, 0, null));

    assertThat(resolve(ClientEndpoints.class))
        .extracting("towards", "via")
        .containsExactly(tuple("green", Via.GATEWAY), tuple("red", Via.GATEWAY));
  }

  @Test
  void takes_no_cluster_of_a_gateway_that_stands_for_another_one_for_where_it_leads() {
    names.standIns.put("192.0.2.1", "green");
    istiod.gateways = List.of(new GatewayRow("n2", "blue-id", "192.0.2.1", 15443, 0));
    endpoints(host("192.0.2.1", 15443, 0, null));
    client.locate(SERVICE, new Place("192.0.2.1", 15443), "blue-id");

    assertThat(resolve(ClientEndpoints.class))
        .extracting("towards", "via")
        .containsExactly(tuple("green", Via.GATEWAY));
    assertThat(resolve(NetworkGateway.class)).extracting("of").containsExactly("green");
  }

  @Test
  void takes_the_pod_of_a_gateway_for_a_pod_of_its_own_service() {
    istiod.shards.add(shard("blue-id"), "10.1.0.9", true);
    istiod.gateways = List.of(new GatewayRow("n1", "blue-id", "10.1.0.9", 15443, 0));
    endpoints(host("10.1.0.9", 15443, 0, null));

    assertThat(resolve(ClientEndpoints.class)).extracting("via").containsExactly(Via.POD);
  }

  @Test
  void asks_the_istiod_that_the_client_is_connected_to_first() {
    IstiodState own = istiod;
    IstiodState serving = mesh.cluster("green").controlPlane.istiod("ns", "istiod-9");
    own.shards.add(shard("blue-id"), "10.0.0.1", true);
    serving.shards.add(shard("green-id"), "10.0.0.1", true);
    endpoints(host("10.0.0.1", 8080, 0, null));
    assertThat(resolve(ClientEndpoints.class)).extracting("towards").containsExactly("blue");

    serving.proxies = List.of(new ProxyRow("shop", "client-1", "blue-id", "", "", "", false));

    assertThat(resolve(ClientEndpoints.class)).extracting("towards").containsExactly("green");
  }

  @Test
  void leaves_the_cluster_open_where_two_have_the_address() {
    istiod.shards.add(shard("blue-id"), "10.0.0.1", true);
    istiod.shards.add(shard("green-id"), "10.0.0.1", true);
    names.pod("blue", "web-1", "10.0.0.1").pod("green", "web-2", "10.0.0.1");
    endpoints(host("10.0.0.1", 8080, 0, null));
    assertThat(resolve(ClientEndpoints.class))
        .extracting("towards", "via")
        .containsExactly(tuple("", Via.POD));

    client.locate(SERVICE, new Place("10.0.0.1", 8080), "green-id");

    assertThat(resolve(ClientEndpoints.class)).extracting("towards").containsExactly("green");
  }

  @Test
  void takes_the_clusters_of_a_gateway_that_serve_other_networks() {
    EndpointPage page = endpoints(host("10.1.0.1", 8080, 0, null));
    page.add(new EnvoyClusterName(WEB, 80, "", true), List.of());
    page.add(new EnvoyClusterName("only.shop.svc", 81, "", false), List.of());

    assertThat(resolve(ClientService.class))
        .extracting("gateway", "host", "endpoints")
        .containsExactly(tuple(true, WEB, 0), tuple(true, "only.shop.svc", 0));
    assertThat(resolve(ClientEndpoints.class)).isEmpty();
  }

  @Test
  void shows_listeners_of_gateways_only() {
    client.listeners = List.of(new ListenerRow(15443, true, 2));
    assertThat(resolve(GatewayListener.class)).isEmpty();

    client.node = new NodeRow("blue-id", "n1", "n1", true);

    assertThat(resolve(GatewayListener.class))
        .extracting("port", "active", "chains")
        .containsExactly(tuple(15443, true, 2));
    assertThat(resolve(ClientProxy.class))
        .extracting("gateway", "id", "network", "networkKnown")
        .containsExactly(tuple(true, "blue-id", "n1", true));
  }

  @Test
  void prefers_the_page_of_certificates_to_the_config_dump() {
    CertificateRow never = new CertificateRow(List.of(), "", null, null);
    assertThat(resolve(ProxyCertificates.class)).isEmpty();

    client.dumpedCertificates =
        new CertificateRow(List.of("a1"), "spiffe://td/ns/shop/sa/x", null, Instant.MAX);
    assertThat(resolve(ProxyCertificates.class))
        .extracting("trustDomain", "rootSerials", "startedAt")
        .containsExactly(tuple("td", List.of("a1"), Instant.EPOCH));

    client.certificates = never;
    assertThat(resolve(ProxyCertificates.class)).extracting("identity").containsExactly("");
  }

  @Test
  void attributes_answers_to_the_cluster_of_the_pod_that_they_name() {
    names.pod("blue", "web-1", "10.1.0.1").pod("green", "web-2", "10.2.0.1");
    names.pod("blue", "same-0", "10.1.0.2").pod("green", "same-0", "10.2.0.2");
    mesh.probes.add(
        probe(
            "mesh-request",
            10,
            Map.of("I am web-1.", 3, "instance:web-2, v2", 4, "same-0", 1, "web-11", 2),
            ""));

    assertThat(resolve(Probe.class))
        .extracting("answeredBy", "unattributed", "failure")
        .containsExactly(tuple(Map.of("blue", 3, "green", 4), 3, Failure.NONE));
  }

  @Test
  void says_which_kinds_of_probes_were_run_and_how_to_repeat_them() {
    mesh.probes.add(probe("tcp", 0, Map.of(), "curl: (7) refused"));
    mesh.probes.add(probe("mesh-request", 10, Map.of(), ""));
    mesh.probes.add(probe("of-tomorrow", 10, Map.of(), ""));

    assertThat(resolve(Listed.class))
        .extracting("cluster", "kind", "subject")
        .containsExactly(tuple("blue", "tcp", "green"), tuple("blue", "mesh-request", ""));
    assertThat(resolve(Probe.class)).extracting("failure").startsWith(Failure.REFUSED);
    assertThat(resolve(Probe.class).get(0).origin().show())
        .isEqualTo("kubectl --context=blue -n a exec curl-1 -- curl -sS -m 5 10.2.0.1:80");
    assertThat(resolve(Probe.class).get(1).origin().show()).endsWith("curl -sS -m 5 web.shop:80");
  }

  @Test
  void who_is_connected_by_now_is_not_turned_away_any_more() {
    istiod.rejections =
        List.of(
            new IstiodState.RejectionRow("green-id", false, "refused", "", null),
            new IstiodState.RejectionRow("strange", true, "of another cluster", "", null));
    names.claiming.put("green-id", Set.of("shop/web-1", "shop/web-2"));
    names.claiming.put("strange", Set.of("shop/web-3"));
    istiod.proxies = List.of(proxy("web-1", "green-id"), proxy("web-3", "strange"));
    assertThat(resolve(RejectedProxies.class)).hasSize(2);

    istiod.proxies =
        List.of(proxy("web-1", "green-id"), proxy("web-2", "green-id"), proxy("web-3", "strange"));

    assertThat(resolve(RejectedProxies.class)).extracting("id").containsExactly("strange");
  }

  @Test
  void a_pod_that_is_gone_is_not_turned_away_any_more() {
    mesh.cluster("blue").listed("Pod", "", Origin.UNKNOWN);
    istiod.rejections =
        List.of(
            new IstiodState.RejectionRow("blue-id", false, "gone", "10.9.0.7", null),
            new IstiodState.RejectionRow("green-id", false, "elsewhere", "10.9.0.7", null));

    assertThat(resolve(RejectedProxies.class)).extracting("text").containsExactly("elsewhere");
  }

  @Test
  void a_pod_that_is_there_is_turned_away_whatever_its_token_says() {
    mesh.cluster("blue").listed("Pod", "", Origin.UNKNOWN);
    names.pod("blue", "web-1", "10.9.0.1");
    istiod.rejections =
        List.of(new IstiodState.RejectionRow("blue-id", false, "here", "10.9.0.1", null));

    assertThat(resolve(RejectedProxies.class)).extracting("text").containsExactly("here");
  }

  @Test
  void puts_nothing_into_a_command_that_a_shell_would_run() {
    mesh.probes.add(
        new SeenProbe(
            "p", "tcp", "blue", "a", "curl-1", "green", "$(reboot)", "", 1, 1, Map.of(), ""));

    assertThat(resolve(Probe.class).get(0).origin().show()).doesNotContain("reboot");
  }

  private <T extends Fact> List<T> resolve(Class<T> kind) {
    return ObservedResolver.resolve(mesh, names).stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private EndpointPage endpoints(EnvoyHost... hosts) {
    EndpointPage page = new EndpointPage(EndpointPage.Source.JSON);
    page.add(SERVICE, List.of(hosts));
    client.offer(page);
    return page;
  }

  private static EnvoyHost host(String address, int port, int priority, Counters counters) {
    return new EnvoyHost(address, new EnvoyHost.State(port, true, false, priority, counters));
  }

  private static Shards.Kind shard(String id) {
    return new Shards.Kind(WEB, "Kubernetes", id, "n", "istio", "http", 8080);
  }

  private static RemoteRow row(String id) {
    return new RemoteRow(id, "ns/other", "timeout");
  }

  private static ProxyRow proxy(String pod, String id) {
    return new ProxyRow("shop", pod, id, "n1", "", "1.29.6", false);
  }

  private static LogRow error(String id, boolean ofCluster, boolean afterSync) {
    return new LogRow(
        id, "", "", Kind.UNAUTHORIZED, ofCluster, afterSync, "text", Instant.EPOCH, "search");
  }

  private static LogRow errorOfServer(String server) {
    return new LogRow(
        "", server, "", Kind.UNREACHABLE, true, true, "text", Instant.EPOCH, "search");
  }

  private void secret(String name, String id, String server) {
    var key = new ObjectKey("secret", "istio-system", name);
    var kubeconfig = Kubeconfig.ofBase64(SmallMesh.base64(SmallMesh.kubeconfig(server)));
    mesh.cluster("blue")
        .kubernetes
        .remoteSecrets
        .put(
            key,
            new RemoteSecretObject(
                key, "true", "", null, List.of(new RemoteSecretObject.Entry(id, kubeconfig))));
  }

  private static SeenProbe probe(String kind, int ok, Map<String, Integer> answers, String error) {
    boolean byName = kind.equals("mesh-request");
    return new SeenProbe(
        "probes/p.json",
        kind,
        "blue",
        "a",
        "curl-1",
        byName ? "" : "green",
        byName ? "" : "10.2.0.1:80",
        byName ? "web.shop:80" : "",
        10,
        ok,
        answers,
        error);
  }
}
