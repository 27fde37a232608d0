package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Paths through recorded meshes. */
class PathCommandTest {

  private static final String HEALTHY = "multi-primary-multi-network-healthy";

  private static Run path(String recording, String... options) throws URISyntaxException {
    var bundle = PathCommandTest.class.getResource("/recordings/%s.tar.gz".formatted(recording));
    List<String> arguments =
        new ArrayList<>(List.of("path", "--bundle=" + Path.of(bundle.toURI())));
    arguments.addAll(List.of(options));
    return Run.of(arguments.toArray(String[]::new));
  }

  private static Run fromEast(String recording, String... options) throws URISyntaxException {
    List<String> all = new ArrayList<>(List.of("--from=east/sample/curl", "--to=helloworld:5000"));
    all.addAll(List.of(options));
    return path(recording, all.toArray(String[]::new));
  }

  private static JsonNode json(String recording) throws URISyntaxException {
    return new JsonMapper().readTree(fromEast(recording, "-o", "json").out());
  }

  @Test
  void shows_why_a_healthy_path_works() throws Exception {
    var run = fromEast(HEALTHY);

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith(
            "REACHED: from sample/curl of east to helloworld.sample.svc.cluster.local:5000\n")
        .contains("to west: every stage holds\n")
        .contains("  trust     holds; ")
        .contains("proxies of east and of west are given the same root\n")
        .contains("--> west: configmap istio-system/istio-ca-root-cert .data.root-cert\\.pem\n")
        .contains("  discovery holds; ")
        .contains("a remote secret leads istiod of east to west, at https://172.30.2.1:6443\n")
        .contains("--> east: secret istio-system/istio-remote-secret-cluster2 .data.cluster2\n")
        .contains("the client is connected to istiod of east\n")
        .contains("istiod of east sees the endpoints in west on network2\n")
        .contains("istiod of east announces 172.18.2.10:15443 for network2, which is gateway\n")
        .contains("the client has the endpoints of west, at its gateway 172.18.2.10:15443\n")
        .contains("connections to 172.18.2.10:15443 stand, and none failed\n")
        .contains("4 of 12 requests were answered by pods of west\n")
        .doesNotContain("kubectl")
        .doesNotContain("DOES NOT HOLD");
  }

  @Test
  void shows_the_commands_and_the_own_cluster_when_asked_for_details() throws Exception {
    assertThat(fromEast(HEALTHY, "-v").out())
        .contains("kubectl --context=east -n istio-system get secret istio-remote-secret-cluster2")
        .contains("no gateway is needed within a cluster\n");
  }

  @Test
  void shows_a_finding_at_its_stage_and_what_follows_at_later_ones() throws Exception {
    var run = fromEast("multi-primary-multi-network-remote-secret-missing");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("BROKEN: ")
        .contains("  to west: breaks at discovery\n")
        .contains("  to east (its own cluster): every stage holds\n")
        .containsSubsequence(
            "  trust     holds",
            "  discovery DOES NOT HOLD",
            "error[MD316]: istiod of east has no remote secret for west",
            "istioctl create-remote-secret --context=west --name=cluster2",
            "  gateway   holds",
            "  endpoints does not hold, in consequence",
            "observed: clients of east have no endpoint in west for",
            "which follows from MD316",
            "  balancing does not hold, in consequence");
  }

  @ParameterizedTest
  @CsvSource({
    "roots-differ, broken, trust",
    "api-forbidden, broken, discovery",
    "gateway-label-missing, broken, network",
    "services-not-exposed, broken, gateway",
    "gateway-15443-blocked, broken, data_path",
    "locality-prefers-local, kept_away, ''",
    "remote-secret-key-mismatch, reached, ''",
    "healthy, reached, ''"
  })
  void says_where_a_path_breaks(String recording, String verdict, String stage) throws Exception {
    var leg = json("multi-primary-multi-network-" + recording).get("legs").get(0);

    assertThat(leg.get("cluster").asString()).isEqualTo("west");
    assertThat(leg.get("verdict").asString()).isEqualTo(verdict);
    assertThat(leg.get("breaksAt").asString()).isEqualTo(stage);
  }

  @Test
  void says_that_no_gateway_is_needed_on_one_network() throws Exception {
    assertThat(fromEast("multi-primary-healthy").out())
        .contains("no gateway is needed on one network\n")
        .contains("the client has the endpoints of west, at pods such as ");
  }

  @Test
  void follows_the_path_from_a_remote_to_its_primary() throws Exception {
    var run = path("primary-remote-healthy", "--from=west/sample/curl", "--to=helloworld.sample");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith("REACHED: ")
        .contains("the istiod that serves west runs in east, so it needs no remote secret\n");
  }

  @Test
  void gives_programs_each_stage_with_its_facts() throws Exception {
    var path = json(HEALTHY);

    assertThat(path.get("kind").asString()).isEqualTo("Path");
    assertThat(path.get("verdict").asString()).isEqualTo("reached");
    assertThat(path.get("from").get("pod").asString()).startsWith("curl-");
    assertThat(path.get("to").get("host").asString())
        .isEqualTo("helloworld.sample.svc.cluster.local");
    assertThat(path.get("legs")).hasSize(2);
    for (var stage : path.get("legs").get(0).get("stages")) {
      assertThat(stage.get("state").asString()).isEqualTo("holds");
      for (var ground : stage.get("holds")) {
        assertThat(ground.get("because")).isNotEmpty();
        for (var fact : ground.get("because")) {
          assertThat(fact.get("origin").asString()).isNotBlank();
          assertThat(fact.get("show").asString()).startsWith("kubectl --context=");
        }
      }
    }
    assertThat(fromEast(HEALTHY, "-o", "json").out())
        .isEqualTo(fromEast(HEALTHY, "-o", "json").out());
  }

  @Test
  void names_the_candidates_where_there_is_no_such_client() throws Exception {
    assertThat(path(HEALTHY, "--from=north/sample/curl", "--to=helloworld").err())
        .isEqualTo("meshdoctor: no cluster is called north; there are east, west\n");
    assertThat(path(HEALTHY, "--from=east/sample/nginx", "--to=helloworld").err())
        .isEqualTo(
            "meshdoctor: no pod or workload of east/sample is called nginx; there are"
                + " east/sample/curl, east/sample/helloworld-v1\n");
    assertThat(path(HEALTHY, "--from=east/shop/curl", "--to=helloworld").err())
        .contains("namespace shop of east has no client that was seen; there are ");
    assertThat(path(HEALTHY, "--from=curl", "--to=helloworld").err())
        .contains("a client is named as cluster/namespace/pod, and there are ");
    assertThat(path(HEALTHY, "--from=east/sample/curl", "--to=helloworld", "-o=xml").status())
        .isEqualTo(2);
  }

  @Test
  void takes_the_start_of_a_name_and_the_id_of_a_cluster() throws Exception {
    var run = path(HEALTHY, "--from=cluster1/sample/cu", "--to=helloworld.sample.svc");

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("REACHED: from sample/curl of east to helloworld.sample.svc.");
  }

  @Test
  void names_near_services_where_there_is_none_of_that_name() throws Exception {
    var unknown = path(HEALTHY, "--from=east/sample/curl", "--to=heloworld.sample");
    var port = path(HEALTHY, "--from=east/sample/curl", "--to=helloworld:80");

    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err())
        .startsWith(
            "meshdoctor: no service is called heloworld.sample; near are"
                + " helloworld.sample.svc.cluster.local, ");
    assertThat(port.err())
        .isEqualTo("meshdoctor: helloworld.sample.svc.cluster.local has no port 80; it has 5000\n");
    assertThat(path(HEALTHY, "--from=east/sample/curl", "--to=helloworld:x").err())
        .contains("a service is named as host or host:port");
  }

  @Test
  void has_to_be_told_both_ends() throws Exception {
    assertThat(path(HEALTHY, "--from=east/sample/curl").status()).isEqualTo(2);
    assertThat(path(HEALTHY, "--from=east/sample/curl").err()).contains("--to=HOST[:PORT]");
  }
}
