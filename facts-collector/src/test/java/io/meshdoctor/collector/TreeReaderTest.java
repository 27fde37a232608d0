package io.meshdoctor.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TreeReaderTest {

  private static final String POD =
      """
      {"kind":"Pod","apiVersion":"v1","metadata":{"labels":{"volumes":"a"},"managedFields":[{}]},
       "spec":{"volumes":[{}],"hostNetwork":true,
         "containers":[{"name":"web","image":"web:1","env":[{"name":"A","value":"b"}],"resources":{}}]},
       "status":{"initContainerStatuses":[{}],"containerStatuses":[{"name":"web","ready":true}]}}""";

  @Test
  void leaves_out_what_no_fact_is_made_of() throws IOException {
    assertThat(read(false).toString())
        .isEqualTo(
            "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"labels\":{\"volumes\":\"a\"}},"
                + "\"spec\":{\"hostNetwork\":true,\"containers\":[{\"name\":\"web\","
                + "\"image\":\"web:1\",\"env\":[{\"name\":\"A\",\"value\":\"b\"}]}]},"
                + "\"status\":{\"containerStatuses\":[{\"name\":\"web\"}]}}");
  }

  @Test
  void keeps_objects_whole_that_are_handed_on() throws IOException {
    assertThat(read(true).toString())
        .contains("\"volumes\":[{}]", "\"resources\":{}", "\"initContainerStatuses\":[{}]")
        .doesNotContain("managedFields");
  }

  private static JsonNode read(boolean whole) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    Documents.items(
        new ByteArrayInputStream(POD.getBytes(UTF_8)),
        whole,
        (version, kind, object) -> objects.add(object));
    return objects.get(0);
  }
}
