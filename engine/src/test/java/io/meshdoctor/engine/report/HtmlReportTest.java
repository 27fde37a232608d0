package io.meshdoctor.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReportTest {

  private static final HtmlReport REPORT = new HtmlReport("meshdoctor");
  private static final Pattern TAG = Pattern.compile("<(/?)([a-z0-9]+)[^>]*>");

  @Test
  void reads_well_in_a_browser() throws IOException {
    Approved.check("faulty.html", Written.by(REPORT, Meshes.faulty()));
  }

  @Test
  void says_what_was_not_read_and_how_to_read_it() throws IOException {
    Approved.check("undecided.html", Written.by(REPORT, Meshes.undecided()));
  }

  @Test
  void tells_of_many_meshes_what_they_share_first() throws IOException {
    Approved.check("fleet.html", Written.by(REPORT, Meshes.fleet()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</style><script>",
        "</code></pre><iframe src=//x>",
        "' onmouseover='x",
        "${7*7}@if(true)",
        "a&amp;b"
      })
  void lets_no_name_become_markup(String name) throws IOException {
    var report = Written.by(REPORT, Meshes.hostile(name));
    var plain = Written.by(REPORT, Meshes.hostile("name"));

    assertThat(tags(report)).isEqualTo(tags(plain));
  }

  private static String tags(String report) {
    var tags = new StringBuilder();
    TAG.matcher(report).results().forEach(tag -> tags.append(tag.group()).append('\n'));
    return tags.toString();
  }

  @Test
  void loads_nothing_and_runs_nothing() throws IOException {
    assertThat(Written.by(REPORT, Meshes.faulty()))
        .contains("default-src 'none'")
        .doesNotContainIgnoringCase("<script")
        .doesNotContain("<link", "src=", "url(", "@import");
  }

  @Test
  void skips_no_level_of_headings() throws IOException {
    for (var report :
        new String[] {
          Written.by(REPORT, Meshes.faulty()),
          Written.by(REPORT, Meshes.undecided()),
          Written.by(REPORT, Meshes.fleet())
        }) {
      var levels =
          Pattern.compile("<h([1-6])")
              .matcher(report)
              .results()
              .map(heading -> Integer.valueOf(heading.group(1)))
              .toList();

      assertThat(levels).startsWith(1);
      assertThat(levels).filteredOn(level -> level == 1).hasSize(1);
      for (int i = 1; i < levels.size(); i++) {
        assertThat(levels.get(i)).isLessThanOrEqualTo(levels.get(i - 1) + 1);
      }
    }
  }

  @Test
  void closes_all_that_it_opens() throws IOException {
    var open = new ArrayDeque<String>();

    TAG.matcher(Written.by(REPORT, Meshes.fleet()))
        .results()
        .filter(tag -> !tag.group(2).matches("meta|br"))
        .forEach(
            tag -> {
              if (tag.group(1).isEmpty()) {
                open.push(tag.group(2));
              } else {
                assertThat(open.pop()).isEqualTo(tag.group(2));
              }
            });

    assertThat(open).isEmpty();
  }

  @Test
  void prints_the_same_bytes_each_time() throws IOException {
    assertThat(Written.by(REPORT, Meshes.faulty())).isEqualTo(Written.by(REPORT, Meshes.faulty()));
  }
}
