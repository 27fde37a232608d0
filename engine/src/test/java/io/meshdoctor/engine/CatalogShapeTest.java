package io.meshdoctor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.Evidence;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Listed;
import io.meshdoctor.rules.Header;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every rule has its header, its page and its cases, and nothing lies about that belongs to none.
 */
class CatalogShapeTest {

  private static final RuleBase RULES = RuleBase.builtIn();
  private static final Pattern RULE_NAME = Pattern.compile("(?m)^rule \"(.+)\"$");
  private static final Pattern ANNOTATION = Pattern.compile("(?m)^\\s*@(\\w+)");
  private static final Pattern LISTED_KIND =
      Pattern.compile("Listed\\([^)]*?kind == \"([^\"]*)\"[^)]*\\)");
  private static final Pattern OUTDATED =
      Pattern.compile("\\.outdating\\( [^,]*, \"([^\"]*)\" \\)");
  private static final Pattern CHANGES =
      Pattern.compile("\\.(adding|changing|copying|removing|outdating)\\(");
  private static final Pattern DERIVED =
      Pattern.compile("insertLogical\\(\\s*(?:new )?(\\w+)\\s*[.(]");
  private static final Pattern BANNED =
      Pattern.compile(
          "\\b(salience|agenda-group|ruleflow-group|no-loop|global|modify|update|delete|eval|function"
              + "|query|declare|System|insert)\\b");
  private static final Pattern NAMING_THE_CURE = Pattern.compile("\\b(should|must|please)\\b");
  private static final List<String> HEADINGS =
      List.of("## What breaks", "## Why", "## Confirm", "## Fix", "## False alarms", "## See also");

  /** {@link Possible} takes what is a fact for read. */
  @Test
  void what_rules_derive_is_no_fact_but_for_what_was_looked_at() throws Exception {
    Set<String> derived = new TreeSet<>();
    try (var files = Files.walk(CatalogTest.CATALOG)) {
      for (var file : files.filter(one -> one.toString().endsWith(".drl")).toList()) {
        DERIVED
            .matcher(Files.readString(file))
            .results()
            .forEach(insertion -> derived.add(insertion.group(1)));
      }
    }

    assertThat(derived).contains("Conclude", "Explanation", "Symptom");
    derived.removeAll(Set.of("Conclude", Listed.class.getSimpleName()));
    for (var name : derived) {
      var type = Class.forName(Evidence.class.getPackageName() + "." + name);
      assertThat(Fact.class.isAssignableFrom(type)).as(name).isFalse();
    }
  }

  @TestFactory
  Stream<DynamicTest> every_rule_is_a_page_with_its_cases() {
    return CatalogTest.folders().stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
  }

  private static void check(Path folder) throws IOException {
    var id = CatalogTest.id(folder);
    var slug = folder.getFileName().toString().substring(6);
    var files = files(folder);

    assertThat(files).contains(slug + ".drl", slug + ".md");
    files.removeAll(List.of(slug + ".drl", slug + ".md"));
    assertThat(files).as("cases that must fire").anyMatch(file -> file.startsWith("cases/fires-"));
    assertThat(files)
        .as("cases that stay silent")
        .anyMatch(file -> file.startsWith("cases/silent-"));
    files.removeIf(file -> file.matches("cases/(fires|silent)-[a-z0-9-]+\\.yaml"));
    assertThat(files).as("files that belong to no part of a rule").isEmpty();

    var header = RULES.header(id);
    drl(id, header, Files.readString(folder.resolve(slug + ".drl")));
    page(id, header, Files.readString(folder.resolve(slug + ".md")));
    if (!id.startsWith("MD9")) {
      assertThat(RuleCase.of(folder).values())
          .as("a case with the thing unread")
          .anyMatch(RuleCase::undecided);
    }
  }

  private static void drl(String id, Header header, String text) {
    var code = text.replaceAll("(?m)//.*$", "").replaceAll("\"[^\"]*\"", "\"\"");
    var names = RULE_NAME.matcher(text).results().map(match -> match.group(1)).toList();

    assertThat(names).as("one rule in a file").containsExactly(header.title());
    assertThat(text).contains("@id( %s )".formatted(id));
    assertThat(ANNOTATION.matcher(text).results().map(match -> match.group(1)).toList())
        .as("header of " + id)
        .isSubsetOf(Header.KEYS);
    assertThat(BANNED.matcher(code).results().map(match -> match.group()).toList())
        .as("words that a rule has no need of")
        .isEmpty();
    assertThat(code.split("insertLogical\\(", -1)).as("insertions").hasSize(2);
    assertThat(header.title()).isEqualTo(header.title().strip()).doesNotEndWith(".");
    assertThat(NAMING_THE_CURE.matcher(header.title()).find())
        .as("the title names the cure")
        .isFalse();
    var looked = LISTED_KIND.matcher(text).results().map(match -> match.group(1)).toList();
    assertThat(looked).as("what must have been looked at").isSubsetOf(Listed.KINDS);
    assertThat(OUTDATED.matcher(text).results().map(match -> match.group(1)).toList())
        .as("what the rule does not look at")
        .isSubsetOf(Listed.KINDS)
        .noneMatch(looked::contains);
    assertThat(header.untried().isEmpty() || !CHANGES.matcher(code).find())
        .as("has either changes or a reason why there are none")
        .isTrue();
    if (!id.startsWith("MD9")) {
      var division = RULES.division(id);
      assertThat(division.subject()).as("the subject").isNotEmpty();
      assertThat(division.lookedAt()).as("what must have been looked at").isNotEmpty();
    }
  }

  private static void page(String id, Header header, String text) {
    var page = new Page(text);
    var headings = text.lines().filter(line -> line.startsWith("## ")).toList();
    List<String> inOrder = new ArrayList<>(HEADINGS);
    inOrder.retainAll(Set.copyOf(headings));

    assertThat(text.lines().findFirst()).contains("# %s: %s".formatted(id, header.title()));
    assertThat(headings).containsExactlyElementsOf(inOrder).contains("## What breaks", "## Fix");
    assertThat(page.fix()).as("first sentence of the fix").isNotBlank();
    assertThat(page.doc())
        .as("link to Istio's documentation")
        .startsWith("https://istio.io/latest/");
  }

  private static Set<String> files(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      Set<String> names = new TreeSet<>();
      all.filter(Files::isRegularFile)
          .forEach(file -> names.add(folder.relativize(file).toString().replace('\\', '/')));
      return names;
    }
  }
}
