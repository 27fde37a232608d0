package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.HostedControlPlane;
import io.meshdoctor.facts.Istiod;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.facts.NetworkPair;
import io.meshdoctor.facts.Origin;
import io.meshdoctor.facts.RemoteClusterStatus;
import io.meshdoctor.facts.RemoteSecret;
import io.meshdoctor.facts.Role;
import io.meshdoctor.facts.Serves;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExternalControlPlanesTest {

  private static final String ISTIOD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: istiod-1, namespace: for-%1$s, labels: {app: istiod}}
      spec:
        containers:
        - name: discovery
          args: [discovery]
          env:
          - {name: CLUSTER_ID, value: %1$s-id}
          - {name: LOCAL_CLUSTER_SECRET_WATCHER, value: "%2$s"}
      """;

  private static final String WEBHOOK =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingWebhookConfiguration
      metadata: {name: hook, labels: {istio.io/rev: default}}
      webhooks:
      - name: namespace.sidecar-injector.istio.io
        clientConfig: {url: "https://istiod.example:15017/inject/cluster/%1$s-id/net/inside"}
        namespaceSelector: {matchLabels: {injects: x}}
      """;

  private static final String SECRET =
      """
      apiVersion: v1
      kind: Secret
      type: Opaque
      metadata: {name: access, namespace: %s, labels: {istio/multiCluster: "true"}}
      data: {%s: %s}
      """;

  /** One cluster that runs the control plane of another one. */
  private static SmallMesh mesh(String watching) {
    var mesh =
        new SmallMesh()
            .system("host", "outside", "")
            .istiod("host", "host-id")
            .has("host", ISTIOD, "inner", watching)
            .has("inner", WEBHOOK, "inner")
            .listed("host", "Secret", "Pod")
            .listed("inner", "Pod");
    var state = mesh.state.cluster("host");
    state.listed("clusterz", "for-inner/istiod-1", Origin.UNKNOWN);
    state.controlPlane.istiod("for-inner", "istiod-1").remotes =
        List.of(new IstiodState.RemoteRow("inner-id", "", "synced"));
    return mesh;
  }

  @Test
  void counts_a_control_plane_among_what_belongs_to_the_cluster_that_it_is_configured_in() {
    var mesh = mesh("true");
    var kubeconfig = SmallMesh.base64(SmallMesh.kubeconfig("https://192.0.2.2:6443"));
    mesh.has("host", SECRET, "for-inner", "third-id", kubeconfig);

    var facts = Resolver.resolve(mesh.state).facts();

    assertThat(only(Istiod.class, facts))
        .extracting(Istiod::cluster, Istiod::namespace, one -> one.origin().cluster())
        .containsExactlyInAnyOrder(
            tuple("host", "istio-system", "host"), tuple("inner", "for-inner", "host"));
    assertThat(only(RemoteSecret.class, facts))
        .extracting(RemoteSecret::heldBy, RemoteSecret::key, one -> one.origin().cluster())
        .containsExactly(tuple("inner", "third-id", "host"));
    assertThat(only(RemoteClusterStatus.class, facts))
        .extracting(RemoteClusterStatus::cluster, one -> one.origin().cluster())
        .containsExactly(tuple("inner", "host"));
    assertThat(only(Listed.class, facts))
        .extracting(Listed::cluster, Listed::kind, Listed::subject)
        .contains(tuple("inner", "clusterz", "for-inner/istiod-1"), tuple("inner", "Secret", ""))
        .doesNotContain(tuple("host", "clusterz", "for-inner/istiod-1"));
    assertThat(only(Serves.class, facts))
        .extracting(Serves::controlPlane, Serves::cluster)
        .containsExactly(tuple("inner", "inner"));
  }

  @Test
  void takes_what_only_runs_the_control_plane_of_another_cluster_for_no_part_of_the_mesh() {
    var apart = Resolver.resolve(mesh("true").state).facts();
    var kubeconfig = SmallMesh.base64(SmallMesh.kubeconfig("https://192.0.2.2:6443"));
    var mesh = mesh("true").has("host", SECRET, "for-inner", "host-id", kubeconfig);
    var joined = Resolver.resolve(mesh.state).facts();

    assertThat(only(HostedControlPlane.class, apart))
        .extracting(HostedControlPlane::of, HostedControlPlane::apart)
        .containsExactly(tuple("inner", true));
    assertThat(only(Cluster.class, apart))
        .extracting(Cluster::name, Cluster::id, Cluster::role)
        .containsExactly(
            tuple("host", "host-id", Role.UNKNOWN), tuple("inner", "inner-id", Role.PRIMARY));
    assertThat(only(NetworkPair.class, apart)).isEmpty();
    assertThat(only(HostedControlPlane.class, joined))
        .extracting(HostedControlPlane::apart)
        .containsExactly(false);
    assertThat(only(NetworkPair.class, joined)).hasSize(2);
  }

  @Test
  void leaves_an_istiod_that_is_configured_where_it_runs() {
    var facts = Resolver.resolve(mesh("false").state).facts();

    assertThat(only(HostedControlPlane.class, facts)).isEmpty();
    assertThat(only(Istiod.class, facts)).extracting(Istiod::cluster).containsOnly("host");
  }

  private static <T extends Fact> List<T> only(Class<T> type, List<Fact> facts) {
    return facts.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
