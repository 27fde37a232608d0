package io.meshdoctor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs every case of every rule. {@code -Dcases=MD301} runs those of one rule or family. */
class CatalogTest {

  static final Path CATALOG = Path.of("../rules/src/main/resources/io/meshdoctor/rules");
  private static final RuleBase RULES = RuleBase.builtIn();

  /** The folders of all rules. */
  static List<Path> folders() {
    try (var all = Files.walk(CATALOG, 2)) {
      return all.filter(folder -> folder.getFileName().toString().matches("MD\\d{3}-.*"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void every_rule_has_a_folder_and_every_folder_a_rule() {
    var ids = RULES.rules().stream().map(RuleInfo::id).toList();

    assertThat(ids).isNotEmpty();
    assertThat(folders().stream().map(CatalogTest::id)).containsExactlyInAnyOrderElementsOf(ids);
  }

  @TestFactory
  Stream<DynamicContainer> cases() {
    return folders().stream()
        .filter(folder -> id(folder).startsWith(System.getProperty("cases", "")))
        .map(
            folder ->
                DynamicContainer.dynamicContainer(folder.getFileName().toString(), tests(folder)));
  }

  private static Stream<DynamicTest> tests(Path folder) {
    try {
      return RuleCase.of(folder).values().stream()
          .map(
              one ->
                  DynamicTest.dynamicTest(
                      one.name().replace('-', ' '), () -> check(id(folder), one)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void check(String id, RuleCase one) {
    assertThat(one.findings(RULES, id)).containsExactlyInAnyOrderElementsOf(one.expect());
    assertThat(one.expect().isEmpty())
        .as("a case that fires expects findings, one that is silent expects none")
        .isEqualTo(!one.name().startsWith("fires-"));
    if (one.undecided()) {
      assertThat(one.isUndecided(RULES, id)).as("says that it could not look").isTrue();
    }
  }

  static String id(Path folder) {
    return folder.getFileName().toString().substring(0, 5);
  }
}
