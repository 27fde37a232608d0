package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.facts.InboundExclusion;
import io.meshdoctor.facts.OutboundExclusion;
import io.meshdoctor.facts.UndeclaredPort;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetPortsTest {

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: cart, namespace: shop}
      spec: {selector: {app: cart}, ports: [{name: http, port: 80, targetPort: %s}]}
      """;

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: cart-1, namespace: shop, labels: {app: cart}}
      spec:
        initContainers:
        - name: %s
          args: [istio-iptables, -p, "15001", -m, REDIRECT, %s]
        containers:
        - {name: app, image: app:1, ports: [%s]}
        - {name: istio-proxy, image: proxyv2:1.30.0, args: [proxy, sidecar], ports: [{containerPort: 15090}]}
      status: {phase: Running}
      """;

  private static final String USUAL = "-i, \"*\", -x, \"\", -b, \"*\", -d, \"15090,15021,15020\"";

  private static SmallMesh mesh(String target, String args, String ports) {
    return new SmallMesh()
        .has("a", SERVICE, target)
        .has("a", POD, "istio-init", args, ports)
        .listed("a", "Pod");
  }

  @Test
  void says_nothing_of_what_is_as_usual() {
    var mesh = mesh("web", USUAL, "{name: web, containerPort: 8080}");

    assertThat(mesh.facts(UndeclaredPort.class)).isEmpty();
    assertThat(mesh.facts(InboundExclusion.class)).isEmpty();
    assertThat(mesh.facts(OutboundExclusion.class)).isEmpty();
  }

  @Test
  void finds_a_port_that_is_left_out_by_the_name_that_leads_to_it() {
    var args = "-i, \"*\", -b, \"*\", -d, \"15090,8080\"";
    var mesh = mesh("web", args, "{name: web, containerPort: 8080}");

    var excluded = mesh.only(InboundExclusion.class, "a");

    assertThat(excluded.port()).isEqualTo(80);
    assertThat(excluded.target()).isEqualTo(8080);
    assertThat(excluded.setting()).isEqualTo("excludeInboundPorts");
    assertThat(excluded.workload()).isEqualTo("cart-1");
  }

  @Test
  void finds_a_port_that_is_not_among_those_that_are_caught() {
    var mesh = mesh("8080", "-b, \"8081,8082\"", "");

    assertThat(mesh.only(InboundExclusion.class, "a").setting()).isEqualTo("includeInboundPorts");
  }

  @Test
  void reads_the_container_that_checks_what_a_plugin_made() {
    var mesh =
        new SmallMesh()
            .has("a", SERVICE, "8080")
            .has("a", POD, "istio-validation", "-i, \"10.0.0.0/8\", -o, \"3306, 80\"", "");

    var excluded = mesh.only(OutboundExclusion.class, "a");

    assertThat(excluded.includedRanges()).containsExactly("10.0.0.0/8");
    assertThat(excluded.excludedPorts()).containsExactly("3306", "80");
    assertThat(excluded.workload()).isEqualTo("cart-1");
  }

  @Test
  void takes_an_empty_list_of_ranges_for_none() {
    var mesh = mesh("8080", "-i, \"\"", "");

    assertThat(mesh.only(OutboundExclusion.class, "a").includedRanges()).isEmpty();
  }

  @Test
  void misses_a_name_that_no_container_has() {
    var byName = mesh("web", USUAL, "");
    var other = mesh("web", USUAL, "{name: http, containerPort: 8080}, {containerPort: 9090}");

    assertThat(byName.only(UndeclaredPort.class, "a").declared()).isEmpty();
    assertThat(other.facts(UndeclaredPort.class))
        .extracting(UndeclaredPort::target, UndeclaredPort::isNamed, UndeclaredPort::declared)
        .containsExactly(tuple("web", true, List.of("8080", "9090", "http")));
  }

  @Test
  void misses_a_number_only_where_all_pods_declare_others() {
    var silent = mesh("8800", USUAL, "");
    var other = mesh("8800", USUAL, "{containerPort: 8080}");

    assertThat(silent.facts(UndeclaredPort.class)).isEmpty();
    assertThat(other.only(UndeclaredPort.class, "a").target()).isEqualTo("8800");
  }

  @Test
  void counts_the_ports_of_native_sidecars() {
    var mesh =
        new SmallMesh()
            .has("a", SERVICE, "web")
            .has(
                "a",
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: cart-1, namespace: shop, labels: {app: cart}}
                spec:
                  initContainers:
                  - {name: front, restartPolicy: Always, ports: [{name: web, containerPort: 8080}]}
                  - {name: once, ports: [{name: other, containerPort: 8081}]}
                  containers:
                  - {name: app, image: app:1}
                status: {phase: Running}
                """);

    assertThat(mesh.facts(UndeclaredPort.class)).isEmpty();
  }
}
