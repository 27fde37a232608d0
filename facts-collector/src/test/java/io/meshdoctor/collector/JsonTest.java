package io.meshdoctor.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class JsonTest {

  @Test
  void walks_through_arrays_to_the_elements_at_the_end_of_a_path() throws IOException {
    var body =
        """
        { "x": [ 1 ], "configs": [
            { "@type": "b", "listeners": null },
            { "@type": "a", "listeners": [ { "name": "p" }, { "name": "q" } ], "y": {} },
            { "listeners": [ { "name": "r" } ] } ] }
        """;

    assertThat(each(body, "configs", "listeners"))
        .containsExactly("{\"name\":\"p\"}", "{\"name\":\"q\"}", "{\"name\":\"r\"}");
    assertThat(each(body, "x")).containsExactly("1");
    assertThat(each(body, "z")).isEmpty();
  }

  @Test
  void takes_the_body_itself_if_the_path_is_empty() throws IOException {
    assertThat(each("[ {}, 2 ]")).containsExactly("{}", "2");
    assertThat(each("{ \"a\": 1 }")).containsExactly("{\"a\":1}");
    assertThat(each("null")).isEmpty();
    assertThat(each("")).isEmpty();
  }

  @Test
  void reads_a_small_body_as_one_tree() throws IOException {
    var tree = Json.tree(stream("{ \"a\": [ 1, 12345678901, 0.5, true, false, null, \"b\" ] }"));

    assertThat(tree).hasToString("{\"a\":[1,12345678901,0.5,true,false,null,\"b\"]}");
  }

  @Test
  void refuses_a_body_that_is_not_one_value() {
    assertThatThrownBy(() -> Json.tree(stream(" "))).hasMessage("holds nothing");
    assertThatThrownBy(() -> Json.tree(stream("{} {}"))).hasMessage("holds more than one document");
  }

  @Test
  void leaves_the_stream_open() throws IOException {
    var closed = new ArrayList<Boolean>();
    var in =
        new ByteArrayInputStream("[]".getBytes(UTF_8)) {
          @Override
          public void close() {
            closed.add(true);
          }
        };

    Json.tree(in);

    assertThat(closed).isEmpty();
  }

  @Test
  void refuses_a_tree_that_takes_too_much_memory() {
    var endless =
        new InputStream() {
          private int next;

          @Override
          public int read() {
            return "[{},".charAt(next++ == 0 ? 0 : 1 + (next - 2) % 3);
          }
        };

    assertThatThrownBy(() -> Json.tree(endless))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("holds an object of more than \\d+ MB");
  }

  @Test
  void refuses_a_string_that_takes_too_much_memory() {
    var endless =
        new InputStream() {
          private boolean began;

          @Override
          public int read() {
            var next = began ? 'x' : '"';
            began = true;
            return next;
          }
        };

    assertThatThrownBy(() -> Json.tree(endless))
        .isInstanceOfSatisfying(
            JacksonException.class,
            e -> assertThat(Json.reason(e)).isEqualTo("holds a value that is too long"));
  }

  @Test
  void says_why_a_stream_broke() {
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("/secret/path: disk on fire");
          }
        };

    assertThatThrownBy(() -> Json.tree(broken))
        .isInstanceOfSatisfying(
            JacksonException.class, e -> assertThat(Json.reason(e)).isEqualTo("I/O error"));
  }

  private static List<String> each(String body, String... path) throws IOException {
    var elements = new ArrayList<String>();
    try (var parser = Json.parser(stream(body))) {
      Json.each(parser, element -> elements.add(element.toString()), path);
    }
    return elements;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
