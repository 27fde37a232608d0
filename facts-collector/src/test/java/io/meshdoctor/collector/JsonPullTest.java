package io.meshdoctor.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPullTest {

  @Test
  void walks_through_members_and_elements_of_all_kinds() throws IOException {
    List<String> seen = new ArrayList<>();

    JsonPull.read(
        stream("{'a':[1,{'x':2},null],'b':null,'c':{'d':[[]]},'e':'text'}"),
        json ->
            json.members(
                name -> {
                  switch (name) {
                    case "a" -> json.elements(() -> seen.add(json.tree().toString()));
                    case "b" -> json.elements(() -> seen.add("never"));
                    case "e" -> seen.add(json.text());
                    default -> json.skip();
                  }
                }));

    assertThat(seen).containsExactly("1", "{\"x\":2}", "null", "text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                        | is empty",
        "{'token':'s3cret          | ends in the middle",
        "{'token':                 | ends in the middle",
        "s3cret                    | is not JSON: unexpected character at line 1, column",
        "[] []                     | holds more than one JSON value",
      })
  void says_what_is_wrong_without_quoting_it(String body, String message) {
    assertThatThrownBy(() -> JsonPull.read(stream(body.strip()), JsonPull::skip))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("s3cret")
        .hasMessageNotContaining("\n");
  }

  @Test
  void says_that_the_form_is_another_than_expected() {
    assertThatThrownBy(() -> JsonPull.read(stream("{}"), json -> json.elements(json::skip)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("has another form than expected, at line 1");
  }

  @Test
  void says_that_its_source_broke() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("some detail");
          }
        };

    assertThatThrownBy(() -> JsonPull.read(broken, JsonPull::skip))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("some detail");
  }

  private static InputStream stream(String json) {
    return new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
