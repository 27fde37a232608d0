package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.engine.Diagnosis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Gives everything in recordings other names: what a rule concludes may not rest on a name. */
class RenamedMeshTest {

  private static final List<String> RECORDINGS =
      List.of(
          "multi-primary-multi-network-healthy",
          "multi-primary-multi-network-remote-secret-key-mismatch",
          "multi-primary-multi-network-gateway-label-wrong",
          "multi-primary-multi-network-service-missing-in-remote",
          "multi-primary-multi-network-discovery-selectors-hide-namespace",
          "multi-primary-network-policy",
          "multi-primary-remote-proxies-on-local-istiod",
          "primary-remote-multi-network-webhook-injection-path",
          "three-clusters-healthy",
          "ambient-multi-network-healthy",
          "ambient-multi-network-service-not-global",
          "ambient-multi-network-gateway-address-pending",
          "ambient-multi-network-remote-secret-replaced");

  /** Names that begin with each other, with blanks in their place of what is in all names. */
  private static final Map<String, String> PREFIXES =
      Map.ofEntries(
          Map.entry("east", "prod"),
          Map.entry("west", "prod-2"),
          Map.entry("north", "prod-20"),
          Map.entry("cluster1", "c"),
          Map.entry("cluster2", "c-1"),
          Map.entry("cluster3", "c-10"),
          Map.entry("network1", "net"),
          Map.entry("network2", "net-net"),
          Map.entry("fra", "prod"),
          Map.entry("iad", "prod-2"),
          Map.entry("eu-prod", "c"),
          Map.entry("us-prod", "c-1"),
          Map.entry("net-eu", "net"),
          Map.entry("net-us", "net-net"),
          Map.entry("shop", "app"),
          Map.entry("catalog", "app-app"),
          Map.entry("sample", "shop"),
          Map.entry("uninjected-sample", "shop-shop"),
          Map.entry("helloworld", "shop"));

  /** Names with dots and digits, as clouds give them; and another namespace for Istio. */
  private static final Map<String, String> CLOUD =
      Map.ofEntries(
          Map.entry("east", "gke_acme.org_europe-north1-a_1"),
          Map.entry("west", "gke_acme.org_europe-north1-a_11"),
          Map.entry("north", "arn_aws_eks_eu-1_123456789012_x"),
          Map.entry("cluster1", "cn-acme-1.eu"),
          Map.entry("cluster2", "cn-acme-11.eu"),
          Map.entry("cluster3", "7f3a9c2e-0000-4000-8000-000000000001"),
          Map.entry("network1", "acme.org-default"),
          Map.entry("network2", "acme.org-default-2"),
          Map.entry("fra", "gke_acme.org_europe-north1-a_1"),
          Map.entry("iad", "gke_acme.org_europe-north1-a_11"),
          Map.entry("eu-prod", "cn-acme-1.eu"),
          Map.entry("us-prod", "cn-acme-11.eu"),
          Map.entry("net-eu", "acme.org-default"),
          Map.entry("net-us", "acme.org-default-2"),
          Map.entry("shop", "team-1"),
          Map.entry("catalog", "v1"),
          Map.entry("sample", "team-1"),
          Map.entry("uninjected-sample", "team-11"),
          Map.entry("helloworld", "v1"),
          Map.entry("istio-system", "mesh-1"));

  @TestFactory
  Stream<DynamicTest> names_make_no_difference() {
    return Recordings.chosen(RECORDINGS)
        .flatMap(
            recording ->
                Stream.of(
                    test(recording, "names that begin alike", PREFIXES),
                    test(recording, "names of clouds", CLOUD)));
  }

  private static DynamicTest test(
      Recordings.Recording recording, String title, Map<String, String> names) {
    return DynamicTest.dynamicTest(
        recording.name() + " with " + title,
        () -> {
          var own = new HashMap<>(names);
          if (recording.name().startsWith("ambient-")) {
            // there they are words of Istio, in the name of a class
            own.keySet().removeAll(Set.of("east", "west"));
          }

          var renamed = renamed(recording.mesh(), own).diagnose(Recordings.DOCTOR);

          assertThat(codes(renamed)).isEqualTo(codes(recording.diagnosis()));
        });
  }

  private static List<String> codes(Diagnosis diagnosis) {
    return Stream.concat(
            Stream.of(diagnosis.verdict().toString()),
            Stream.concat(
                diagnosis.rootCauses().stream().map(root -> "root " + line(root)),
                diagnosis.findings().stream().map(finding -> "finding " + line(finding))))
        .sorted()
        .toList();
  }

  private static String line(Conclusion conclusion) {
    return conclusion.finding().code() + " " + conclusion.finding().confidence();
  }

  /** All names at once, so that none is given another one's new name; whole words only. */
  static MeshFiles renamed(MeshFiles mesh, Map<String, String> names) {
    var longestFirst =
        names.keySet().stream().sorted((a, b) -> b.length() - a.length()).map(Pattern::quote);
    var words =
        Pattern.compile(
            "(?<![A-Za-z0-9])(?:%s)(?![A-Za-z0-9])"
                .formatted(String.join("|", longestFirst.toList())));
    return mesh.renamed(
        text ->
            words
                .matcher(text)
                .replaceAll(match -> Objects.requireNonNull(names.get(match.group()))));
  }
}
