package io.meshdoctor.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every fact has to be, whoever adds one. */
class VocabularyTest {

  /** Words that the language of rules reads as its own. */
  private static final Set<String> WORDS_OF_THE_LANGUAGE = Set.of("bind", "when", "not", "then");

  static List<Class<?>> facts() throws IOException, URISyntaxException {
    var home = Path.of(Fact.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.list(home.resolve("io/meshdoctor/facts"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.contains("$"))
          .sorted()
          .<Class<?>>map(name -> load(name.replace(".class", "")))
          .filter(type -> Evidence.class.isAssignableFrom(type) && !type.isInterface())
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName("io.meshdoctor.facts." + name);
    } catch (ClassNotFoundException gone) {
      throw new IllegalStateException(gone);
    }
  }

  @Test
  void there_are_facts() throws Exception {
    assertThat(facts()).contains(Cluster.class, RemoteSecret.class, Finding.class);
  }

  @ParameterizedTest
  @MethodSource("facts")
  void a_fact_is_a_record(Class<?> type) {
    assertThat(type.isRecord()).isTrue();
  }

  /**
   * Drools looks for the names of its own index methods by {@code contains}, so that a component
   * whose name is a part of those breaks the code that it generates.
   */
  @ParameterizedTest
  @MethodSource("facts")
  void a_component_has_a_name_that_rules_can_be_compiled_with(Class<?> type) {
    assertThat(Arrays.stream(type.getRecordComponents()).map(component -> component.getName()))
        .noneMatch("alphaIndexedBy"::contains)
        .noneMatch("betaIndexedBy"::contains)
        .noneMatch(WORDS_OF_THE_LANGUAGE::contains);
  }

  @ParameterizedTest
  @MethodSource("facts")
  void the_place_comes_last(Class<?> type) {
    var components = type.getRecordComponents();

    assertThat(Fact.class.isAssignableFrom(type))
        .isEqualTo(components[components.length - 1].getName().equals("origin"));
  }
}
