package io.meshdoctor.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeReaderTest {

  private static final String POD =
      """
      {"kind":"Pod","apiVersion":"v1",
       "metadata":{"name":"web-1","uid":"7","labels":{"volumes":"a"},"managedFields":[{}],
         "annotations":{"sidecar.istio.io/inject":"true","sidecar.istio.io/status":"{}"}},
       "spec":{"volumes":[{}],"hostNetwork":true,
         "containers":[{"name":"web","image":"web:1","resources":{},"env":[
           {"name":"A","value":"b"},{"name":"B","valueFrom":{"fieldRef":{}}}]}]},
       "status":{"initContainerStatuses":[{}],"containerStatuses":[{"name":"web","ready":true}]}}""";

  private static final String BRIEF =
      "{\"kind\":\"Pod\",\"apiVersion\":\"v1\","
          + "\"metadata\":{\"name\":\"web-1\",\"labels\":{\"volumes\":\"a\"},"
          + "\"annotations\":{\"sidecar.istio.io/inject\":\"true\"}},"
          + "\"spec\":{\"hostNetwork\":true,\"containers\":[{\"name\":\"web\","
          + "\"image\":\"web:1\",\"env\":[{\"name\":\"A\",\"value\":\"b\"},"
          + "{\"name\":\"B\",\"valueFrom\":{}}]}]},"
          + "\"status\":{\"containerStatuses\":[{\"name\":\"web\"}]}}";

  @Test
  void leaves_out_what_no_fact_is_made_of() throws IOException {
    assertThat(read(POD, false)).isEqualTo(BRIEF);
  }

  @Test
  void leaves_it_out_of_the_items_of_lists_whoever_says_of_what_kind_they_are() throws IOException {
    var nameless = POD.replace("\"kind\":\"Pod\",\"apiVersion\":\"v1\",", "");
    var typed = "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[%s]}".formatted(nameless);
    var untyped = "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[%s]}".formatted(POD);

    assertThat(read(typed, false))
        .isEqualTo(BRIEF.replace("\"kind\":\"Pod\",\"apiVersion\":\"v1\",", ""));
    assertThat(read(untyped, false)).isEqualTo(BRIEF);
  }

  @Test
  void keeps_all_of_what_is_no_pod_or_says_so_too_late() throws IOException {
    var other = POD.replace("\"Pod\"", "\"Job\"");
    var late = POD.replace("{\"kind\":\"Pod\",", "{").replaceFirst("}$", ",\"kind\":\"Pod\"}");

    assertThat(read(other, false)).contains("\"volumes\":[{}]").doesNotContain("managedFields");
    assertThat(read(late, false)).contains("\"volumes\":[{}]").doesNotContain("managedFields");
  }

  @Test
  void keeps_objects_whole_that_are_handed_on() throws IOException {
    assertThat(read(POD, true))
        .contains("\"volumes\":[{}]", "\"resources\":{}", "\"initContainerStatuses\":[{}]")
        .doesNotContain("managedFields");
  }

  private static String read(String text, boolean whole) throws IOException {
    List<String> objects = new ArrayList<>();
    Documents.items(
        new ByteArrayInputStream(text.getBytes(UTF_8)),
        whole,
        (version, kind, object) -> objects.add(object.toString()));
    return String.join("", objects);
  }
}
