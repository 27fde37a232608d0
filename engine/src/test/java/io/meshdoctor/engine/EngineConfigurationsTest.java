package io.meshdoctor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.drools.testcoverage.common.util.KieBaseTestConfiguration;
import org.drools.testcoverage.common.util.KieSessionTestConfiguration;
import org.drools.testcoverage.common.util.KieUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kie.api.KieServices;
import org.kie.api.runtime.KieContainer;

/**
 * Rules conclude the same however the rule engine is configured: how it identifies facts, and
 * whether it takes them for a stream. With the configurations of Drools' own tests.
 */
class EngineConfigurationsTest {

  private static final Path FAMILY = CatalogTest.CATALOG.resolve("discovery");

  static List<KieBaseTestConfiguration> configurations() {
    return Arrays.stream(KieBaseTestConfiguration.values())
        .filter(KieBaseTestConfiguration::isExecutableModel)
        .filter(configuration -> !configuration.name().contains("ALPHA_NETWORK"))
        .filter(configuration -> !configuration.name().contains("IMMUTABLE"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void findings_are_the_same(KieBaseTestConfiguration configuration) throws IOException {
    var module =
        KieUtil.getKieModuleFromDrls(
            KieUtil.generateReleaseId("meshdoctor"),
            configuration,
            KieSessionTestConfiguration.STATEFUL_REALTIME,
            Map.of(),
            rules());
    var container = KieServices.get().newKieContainer(module.getReleaseId());
    int checked = 0;
    for (var folder : CatalogTest.folders()) {
      if (folder.startsWith(FAMILY)) {
        for (var one : RuleCase.of(folder).values()) {
          assertThat(findings(container, one, CatalogTest.id(folder)))
              .as(one.name())
              .containsExactlyInAnyOrderElementsOf(one.expect());
          checked++;
        }
      }
    }
    assertThat(checked).isPositive();
  }

  private static List<String> findings(KieContainer container, RuleCase one, String id) {
    var session = container.newKieSession(KieSessionTestConfiguration.KIE_SESSION_MODEL_NAME);
    try {
      one.given().forEach(session::insert);
      session.fireAllRules();
      List<String> findings = new ArrayList<>();
      for (var object : session.getObjects()) {
        if (object instanceof Finding finding && finding.code().equals(id)) {
          findings.add(id + ": " + finding.message());
        }
      }
      return findings;
    } finally {
      session.dispose();
    }
  }

  private static String[] rules() throws IOException {
    List<String> texts = new ArrayList<>();
    // the family also asks what is derived in these
    var derived =
        List.of(
            CatalogTest.CATALOG.resolve("path"), CatalogTest.CATALOG.resolve("ambient/meant.drl"));
    for (var home : Stream.concat(Stream.of(FAMILY), derived.stream()).toList()) {
      try (Stream<Path> files = Files.walk(home)) {
        for (var file : files.filter(name -> name.toString().endsWith(".drl")).sorted().toList()) {
          texts.add(Files.readString(file));
        }
      }
    }
    return texts.toArray(String[]::new);
  }
}
