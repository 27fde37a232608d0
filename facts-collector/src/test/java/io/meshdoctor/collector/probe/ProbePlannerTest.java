package io.meshdoctor.collector.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProbePlannerTest {

  private final FakePods pods = new FakePods();
  private final ProbeMesh mesh = new ProbeMesh().cluster("blue", "ctx/blue").cluster("red", "red");

  @Test
  void asks_for_a_service_that_another_cluster_answers_too_from_a_pod_with_a_proxy() {
    mesh.service("blue", "shop", "alone", 80, 1)
        .service("blue", "shop", "empty", 80, 1)
        .service("red", "shop", "empty", 80, 0)
        .service("blue", "shop", "web", 5000, 1)
        .service("red", "shop", "web", 5000, 1)
        .workload("blue", "shop", "web", true)
        .workload("blue", "shop", "client", true)
        .workload("blue", "shop", "plain", false);
    pods.with("ctx/blue", FakePods.proxied("shop", "web-0", "10.0.0.1"))
        .with("ctx/blue", FakePods.proxied("shop", "client-0", "10.0.0.2"))
        .with("ctx/blue", FakePods.plain("shop", "plain-0", "10.0.0.3"));

    var plan = plan(ProbeNeed.of(ProbeKind.MESH_REQUEST, "blue", "red"));

    assertThat(plan.impossible()).isEmpty();
    assertThat(plan.probes())
        .singleElement()
        .satisfies(
            probe -> {
              assertThat(probe.target().authority()).isEqualTo("web.shop.svc.cluster.local:5000");
              assertThat(probe.target().cluster()).isEmpty();
              assertThat(probe.attempts()).isEqualTo(12);
              // what serves nobody has been put there to make requests
              assertThat(probe.clients())
                  .extracting(ProbeClient::pod, ProbeClient::container)
                  .containsExactly(tuple("client-0", "main"), tuple("web-0", "main"));
              assertThat(probe.command())
                  .isEqualTo(
                      "kubectl --context=ctx/blue -n shop exec client-0 -c main --"
                          + " curl -sS -g --noproxy '*' -m 5 -w '\\n%{http_code}'"
                          + " http://web.shop.svc.cluster.local:5000/");
            });
  }

  @Test
  void does_not_ask_for_a_service_on_whose_port_nothing_is_known_to_listen() {
    mesh.service("blue", "shop", "name", 80, 1)
        .service("red", "shop", "name", 80, 1)
        .workload("blue", "shop", "name", true);
    pods.with(
        "ctx/blue",
        new ProbePod(
            "shop", "name-0", "10.0.0.1", "main", "app", List.of(), true, false, false, true));

    var plan = plan(ProbeNeed.of(ProbeKind.MESH_REQUEST, "blue", ""));

    assertThat(plan.probes()).isEmpty();
    assertThat(plan.impossible()).singleElement().asString().contains("name one with --service");
  }

  @Test
  void takes_the_pod_and_the_service_that_it_is_told() {
    pods.with("ctx/blue", FakePods.proxied("shop", "mine", "10.0.0.1"));

    var plan =
        new ProbePlanner(mesh.facts, pods, new ProbeOptions(3, "shop/mine", "web.shop:81/health"))
            .plan(List.of(ProbeNeed.of(ProbeKind.MESH_REQUEST, "blue", "")));

    assertThat(plan.probes())
        .singleElement()
        .satisfies(
            probe -> {
              assertThat(probe.clients()).containsExactly(new ProbeClient("shop", "mine", "main"));
              assertThat(probe.attempts()).isEqualTo(3);
              assertThat(probe.command()).endsWith(" http://web.shop:81/health");
            });
  }

  @Test
  void connects_past_proxies_from_pod_to_pod_on_one_network() {
    mesh.pair("blue", "red", false)
        .workload("blue", "shop", "web", true)
        .workload("red", "shop", "web", true)
        .workload("red", "tools", "echo", false);
    pods.with("ctx/blue", FakePods.proxied("shop", "web-0", "10.0.0.1"))
        .with("red", FakePods.proxied("shop", "web-0", "10.1.0.1"))
        .with("red", FakePods.plain("tools", "echo-0", "10.1.0.2"));

    var plan = plan(ProbeNeed.of(ProbeKind.POD_CONNECTIVITY, "blue", "red"));

    assertThat(plan.probes())
        .singleElement()
        .satisfies(
            probe -> {
              assertThat(probe.target().authority()).isEqualTo("10.1.0.2:8080");
              assertThat(probe.target().cluster()).isEqualTo("red");
              assertThat(probe.clients())
                  .containsExactly(new ProbeClient("shop", "web-0", "istio-proxy"));
              assertThat(probe.attempts()).isEqualTo(3);
            });
  }

  @Test
  void does_not_connect_pods_of_two_networks() {
    mesh.pair("blue", "red", true).workload("red", "tools", "echo", false);
    pods.with("red", FakePods.plain("tools", "echo-0", "10.1.0.2"));

    var plan = plan(ProbeNeed.of(ProbeKind.POD_CONNECTIVITY, "blue", "red"));

    assertThat(plan.probes()).isEmpty();
    assertThat(plan.impossible())
        .containsExactly(
            "pod-connectivity from blue to red: they are on two networks, whose pods do not reach"
                + " each other");
  }

  @Test
  void connects_to_each_address_of_the_gateway_but_not_from_what_a_ztunnel_serves() {
    mesh.gateway("red", List.of("192.0.2.1", "2001:db8::1"), List.of("lb.example", "$(id)"))
        .workload("blue", "shop", "caught", false)
        .gatewayPods("blue", "istio-system", "edge");
    pods.with(
            "ctx/blue",
            new ProbePod(
                "shop",
                "caught-0",
                "10.0.0.1",
                "main",
                "curl",
                List.of(),
                false,
                true,
                false,
                true))
        .with(
            "ctx/blue",
            new ProbePod(
                "istio-system", "edge-0", "10.0.0.2", "", "", List.of(), true, false, false, true));

    var plan = plan(ProbeNeed.of(ProbeKind.TCP, "blue", "red"));

    assertThat(plan.probes())
        .extracting(probe -> probe.target().authority())
        .containsExactly("192.0.2.1:15443", "[2001:db8::1]:15443", "lb.example:15443");
    assertThat(plan.probes().get(0).clients())
        .containsExactly(new ProbeClient("istio-system", "edge-0", "istio-proxy"));
  }

  @Test
  void connects_to_an_API_server_from_istiod_at_the_address_of_the_remote_secret() {
    mesh.istiod("blue")
        .secret("blue", "red", "https://api.example:6443")
        .workload("blue", "shop", "web", true);
    pods.with("ctx/blue", FakePods.proxied("shop", "web-0", "10.0.0.1"));

    var plan =
        new ProbePlanner(mesh.facts, pods, ProbeOptions.DEFAULTS).planApiServer("blue", "red");

    assertThat(plan.probes())
        .singleElement()
        .satisfies(
            probe -> {
              assertThat(probe.target().authority()).isEqualTo("api.example:6443");
              // a probe of tcp to a cluster would speak of its gateway
              assertThat(probe.target().cluster()).isEmpty();
              assertThat(probe.clients())
                  .containsExactly(
                      new ProbeClient("istio-system", "istiod-0", "discovery"),
                      new ProbeClient("shop", "web-0", "istio-proxy"));
            });
  }

  @Test
  void says_why_a_probe_cannot_be_run() {
    mesh.gateway("red", List.of("192.0.2.1"), List.of()).workload("blue", "shop", "web", true);

    var plan =
        plan(
            ProbeNeed.of(ProbeKind.MESH_REQUEST, "blue", ""),
            ProbeNeed.of(ProbeKind.TCP, "blue", "red"),
            ProbeNeed.of(ProbeKind.TCP, "red", "blue"),
            ProbeNeed.of(ProbeKind.POD_CONNECTIVITY, "blue", "red"));
    var server =
        new ProbePlanner(mesh.facts, pods, ProbeOptions.DEFAULTS).planApiServer("blue", "red");

    assertThat(plan.probes()).isEmpty();
    assertThat(plan.impossible())
        .containsExactly(
            "mesh-request from blue: no service of blue that another cluster has as well is known to"
                + " answer requests; name one with --service",
            "tcp from blue to red: no ready pod of blue can run it",
            "tcp from red to blue: blue has no east-west gateway with an address",
            "pod-connectivity from blue to red: no ready pod of red declares a port to connect to");
    assertThat(server.impossible())
        .containsExactly(
            "API server of red as istiod of blue reaches it: no remote secret that was read leads"
                + " to it");
  }

  @Test
  void says_why_pods_cannot_be_seen() {
    mesh.gateway("red", List.of("192.0.2.1"), List.of()).workload("blue", "shop", "web", true);
    pods.failing = "pod";

    var plan = plan(ProbeNeed.of(ProbeKind.TCP, "blue", "red"));

    assertThat(plan.impossible())
        .containsExactly("tcp from blue to red: pods of blue cannot be seen: forbidden (403)");
  }

  @Test
  void prefers_pods_that_were_made_for_it() {
    mesh.pair("blue", "red", false);
    var planner = new ProbePlanner(mesh.facts, pods, ProbeOptions.DEFAULTS);
    planner.prefer("blue", FakePods.plain("own", "probe", "10.0.0.9"));
    planner.prefer("red", FakePods.plain("own", "probe", "10.1.0.9"));

    var plan = planner.plan(List.of(ProbeNeed.of(ProbeKind.POD_CONNECTIVITY, "blue", "red")));

    assertThat(plan.probes())
        .singleElement()
        .satisfies(
            probe -> {
              assertThat(probe.target().authority()).isEqualTo("10.1.0.9:8080");
              assertThat(probe.clients()).containsExactly(new ProbeClient("own", "probe", "main"));
            });
  }

  private ProbePlan plan(ProbeNeed... needs) {
    return new ProbePlanner(mesh.facts, pods, ProbeOptions.DEFAULTS).plan(List.of(needs));
  }
}
