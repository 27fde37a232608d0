package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {

  private final StringWriter shown = new StringWriter();

  @Test
  void writes_each_line_anew_in_its_place_and_takes_them_away() {
    try (var lines = lines(40)) {
      lines.reading("a", "pods");
      lines.reading("b", "pods");
      lines.reading("a", "services");
      lines.done("b");
    }

    assertThat(shown.toString().replace("\u001b", "^").replace(System.lineSeparator(), "$"))
        .isEqualTo(
            "a: reading pods$b: reading pods$"
                + "^[2A\ra: reading services^[K^[2B\r"
                + "^[1A\rb: done^[K^[1B\r"
                + "^[2A\r^[J");
  }

  @Test
  void shows_nothing_where_nobody_watches() {
    try (var lines = lines(0)) {
      lines.reading("a", "pods");
      lines.done("a");
    }

    assertThat(shown.toString()).isEmpty();
  }

  @Test
  void keeps_lines_short_and_free_of_control_characters() {
    try (var lines = lines(10)) {
      lines.reading("a\u001b[2J", "pods");
    }

    assertThat(shown.toString()).startsWith("a?[2J: re" + System.lineSeparator());
  }

  @Test
  void shows_no_more_lines_than_fit_and_nothing_that_comes_late() {
    var lines = lines(40);
    for (int cluster = 0; cluster < 30; cluster++) {
      lines.reading("c" + cluster, "pods");
    }
    lines.close();
    lines.reading("c0", "late");

    assertThat(shown.toString()).contains("c19").doesNotContain("c20", "late");
  }

  private ProgressLines lines(int width) {
    return new ProgressLines(new PrintWriter(shown), width);
  }
}
