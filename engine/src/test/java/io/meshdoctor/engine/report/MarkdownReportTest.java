package io.meshdoctor.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownReportTest {

  private static final MarkdownReport REPORT = new MarkdownReport("meshdoctor", false);

  @Test
  void reads_well_in_a_ticket() throws IOException {
    Approved.check("faulty.md", Written.by(REPORT, Meshes.faulty()));
  }

  @Test
  void says_what_was_not_read_and_how_to_read_it() throws IOException {
    Approved.check("undecided.md", Written.by(REPORT, Meshes.undecided()));
  }

  @Test
  void says_in_short_that_all_is_well() throws IOException {
    Approved.check("healthy.md", Written.by(REPORT, Meshes.healthy()));
  }

  @Test
  void tells_of_many_meshes_what_they_share_first() throws IOException {
    Approved.check("fleet.md", Written.by(REPORT, Meshes.fleet()));
  }

  @Test
  void shows_how_to_see_nothing_less_when_asked_for_details() throws IOException {
    var detailed = Written.by(new MarkdownReport("meshdoctor", true), Meshes.fleet());

    assertThat(detailed).contains("HEALTHY, nothing wrong was found in mesh north");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "a|b a\\|b",
        "**a** \\*\\*a\\*\\*",
        "<img> \\<img\\>",
        "[a](b) \\[a\\](b)",
        "a`b a\\`b",
        "#a \\#<!--",
        "-a \\-a",
        "1.a 1\\.a",
        "&amp; \\&amp;",
        "a_b a\\_b",
        "$a$ \\$a\\$",
        "a\\b a\\\\b"
      })
  void escapes_what_would_be_markup(String words, String markup) {
    assertThat(MarkdownText.words(words)).startsWith(markup);
  }

  @Test
  void mentions_nobody_and_refers_to_nothing() {
    assertThat(MarkdownText.words("ask @ops about #12"))
        .isEqualTo("ask @<!-- -->ops about #<!-- -->12");
  }

  @Test
  void ends_no_code_before_its_end() {
    assertThat(MarkdownText.code("a`b")).isEqualTo("``a`b``");
    assertThat(MarkdownText.code("`a")).isEqualTo("`` `a ``");
    assertThat(MarkdownText.code("a\nb")).isEqualTo("`a b`");
  }

  @Test
  void ends_no_block_of_commands_before_its_end() throws IOException {
    var report = Written.by(REPORT, Meshes.hostile("x\n```\n# owned"));

    assertThat(report)
        .contains("````sh\nkubectl get x\n```\n# owned\n````\n")
        .doesNotContain("\n\n# owned");
    assertThat(report.lines().filter(line -> line.startsWith("#")))
        .allMatch(
            line -> line.startsWith("## ") || line.startsWith("### ") || line.equals("# owned"));
  }

  @Test
  void lets_no_name_break_out_of_its_row() throws IOException {
    var report = Written.by(REPORT, Meshes.hostile("a | b\n| c"));

    assertThat(
            report.replaceAll("(?s)```sh.*?```", "").lines().filter(line -> line.startsWith("|")))
        .allMatch(line -> line.replace("\\|", "").chars().filter(one -> one == '|').count() == 5);
  }

  @Test
  void prints_the_same_bytes_each_time() throws IOException {
    assertThat(Written.by(REPORT, Meshes.faulty())).isEqualTo(Written.by(REPORT, Meshes.faulty()));
  }
}
