package io.meshdoctor.collector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DocumentsTest {

  private final List<String> seen = new ArrayList<>();
  private final List<JsonNode> objects = new ArrayList<>();

  @Test
  void reads_a_single_object_which_says_nothing_of_others() throws IOException {
    var listed =
        read(
            """
            { "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "a" } }
            """);

    assertThat(seen).containsExactly("v1 Pod a");
    assertThat(listed).isEmpty();
  }

  @Test
  void reads_a_list_whose_kind_comes_behind_its_items() throws IOException {
    var listed =
        read(
            """
            { "apiVersion": "v1",
              "items": [ { "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "a" } },
                         { "apiVersion": "apps/v1", "kind": "Deployment",
                           "metadata": { "name": "b" } } ],
              "kind": "List", "metadata": { "resourceVersion": "" } }
            """);

    assertThat(seen).containsExactly("v1 Pod a", "apps/v1 Deployment b");
    assertThat(listed).containsExactly("Deployment", "Pod");
  }

  @Test
  void gives_the_items_of_a_typed_list_their_kind() throws IOException {
    var listed =
        read(
            """
            { "kind": "DeploymentList", "apiVersion": "apps/v1", "metadata": {},
              "items": [ { "metadata": { "name": "a" } }, { "metadata": { "name": "b" } } ] }
            """);

    assertThat(seen).containsExactly("apps/v1 Deployment a", "apps/v1 Deployment b");
    assertThat(listed).containsExactly("Deployment");
  }

  @Test
  void gives_them_their_kind_if_it_is_named_only_behind_them() throws IOException {
    var listed =
        read(
            """
            { "items": [ { "metadata": { "name": "a" } } ], "metadata": {},
              "kind": "PodList", "apiVersion": "v1" }
            """);

    assertThat(seen).containsExactly("v1 Pod a");
    assertThat(listed).containsExactly("Pod");
  }

  @Test
  void does_not_wait_for_a_kind_without_bounds() {
    var item = "{ \"metadata\": { \"name\": \"%s\" } },".formatted("x".repeat(1 << 20));

    assertThatThrownBy(() -> read("{ \"items\": [" + item.repeat(40)))
        .isInstanceOf(IOException.class)
        .hasMessage("names the kind of its objects only behind them, and is too large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null"})
  void takes_an_empty_typed_list_as_complete(String items) throws IOException {
    var listed =
        read(
            "{ \"kind\": \"SecretList\", \"apiVersion\": \"v1\", \"items\": %s }".formatted(items));

    assertThat(listed).containsExactly("Secret");
  }

  @Test
  void does_not_know_what_an_empty_plain_list_was_of() throws IOException {
    var listed =
        read(
            """
            { "apiVersion": "v1", "items": [], "kind": "List" }
            """);

    assertThat(listed).isEmpty();
  }

  @Test
  void does_not_take_a_page_of_a_list_as_all_of_it() throws IOException {
    var listed =
        read(
            """
            { "kind": "PodList", "apiVersion": "v1", "items": [ { "metadata": { "name": "a" } } ],
              "metadata": { "continue": "abc" } }
            """);

    assertThat(seen).containsExactly("v1 Pod a");
    assertThat(listed).isEmpty();
  }

  @Test
  void does_not_take_a_kind_of_another_group_for_its_namesake() throws IOException {
    var listed =
        read(
            """
            { "kind": "ServiceList", "apiVersion": "serving.knative.dev/v1", "items": [] }
            """);

    assertThat(listed).isEmpty();
  }

  @Test
  void reads_documents_that_follow_each_other() throws IOException {
    read(
        """
        { "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "a" } }
        { "apiVersion": "v1", "kind": "PodList", "items": [ { "metadata": { "name": "b" } } ] }
        [ { "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "c" } } ]
        """);

    assertThat(seen).containsExactly("v1 Pod a", "v1 Pod b", "v1 Pod c");
  }

  @Test
  void reads_lists_within_a_list() throws IOException {
    read(
        """
        { "apiVersion": "v1", "kind": "List", "items": [
          { "apiVersion": "v1", "kind": "PodList", "items": [ { "metadata": { "name": "a" } } ] } ] }
        """);

    assertThat(seen).containsExactly("v1 Pod a");
  }

  @Test
  void leaves_an_object_alone_that_has_items_of_its_own() throws IOException {
    read(
        """
        { "apiVersion": "example.com/v1", "kind": "Menu", "metadata": { "name": "a" },
          "items": [ { "dish": 1 } ] }
        """);
    read(
        """
        { "items": [ { "dish": 1 } ], "apiVersion": "example.com/v1", "kind": "Menu",
          "metadata": { "name": "b" } }
        """);

    assertThat(seen).containsExactly("example.com/v1 Menu a", "example.com/v1 Menu b");
    assertThat(objects).allMatch(menu -> menu.at("/items/0/dish").intValue() == 1);
  }

  @Test
  void leaves_out_what_no_rule_reads() throws IOException {
    read(
        """
        { "apiVersion": "v1", "kind": "ConfigMap", "data": { "managedFields": "stays" },
          "metadata": { "name": "a", "managedFields": [ { "manager": "x" } ],
            "annotations": { "kubectl.kubernetes.io/last-applied-configuration": "{}", "b": "c" } } }
        """);

    assertThat(objects.get(0).path("metadata"))
        .hasToString(
            """
        {"name":"a","annotations":{"b":"c"}}""");
    assertThat(objects.get(0).at("/data/managedFields").stringValue()).isEqualTo("stays");
  }

  @Test
  void reads_yaml_documents_of_which_some_are_empty() throws IOException {
    var listed =
        read(
            """
            ---
            # kubectl get pod a -o yaml
            apiVersion: v1
            kind: Pod
            metadata:
              name: a
            ---
            ---
            apiVersion: v1
            items:
            - apiVersion: v1
              kind: Service
              metadata:
                name: b
                labels: {}
              spec:
                ports:
                - port: 80
                  name: ""
                enabled: true
                ratio: 0.5
                version: "1.10"
                none: null
            kind: List
            metadata:
              resourceVersion: ""
            ---
            """);

    assertThat(seen).containsExactly("v1 Pod a", "v1 Service b");
    assertThat(listed).containsExactly("Service");
    assertThat(objects.get(1).path("spec"))
        .hasToString(
            """
        {"ports":[{"port":80,"name":""}],"enabled":true,"ratio":0.5,"version":"1.10","none":null}""");
  }

  @Test
  void keeps_a_hash_that_looks_like_a_number_as_text() throws IOException {
    read(
        """
        apiVersion: v1
        kind: Pod
        metadata: { name: a, labels: { commit: 12345e678 } }
        """);

    assertThat(objects.get(0).at("/metadata/labels/commit").stringValue()).isEqualTo("12345e678");
  }

  @Test
  void follows_yaml_aliases() throws IOException {
    read(
        """
        apiVersion: v1
        kind: Pod
        metadata: { name: a, labels: &labels { app: x } }
        spec: { selector: *labels }
        """);

    assertThat(objects.get(0).at("/spec/selector/app").stringValue()).isEqualTo("x");
  }

  @Test
  void refuses_yaml_aliases_that_expand_to_too_much() {
    var bomb = new StringBuilder("kind: Pod\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (var i = 1; i < 12; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i));
      bomb.append("*a%d, ".formatted(i - 1).repeat(10)).append("]\n");
    }

    assertThatThrownBy(() -> read(bomb.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("holds an object of more than \\d+ MB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: *b", "a: &a [ *a ]"})
  void refuses_yaml_aliases_of_nothing(String field) {
    assertThatThrownBy(() -> read("kind: Pod\n" + field))
        .hasMessage("holds a YAML alias of something that was not read");
  }

  @Test
  void refuses_yaml_merge_keys() {
    assertThatThrownBy(() -> read("kind: Pod\na: &a { b: c }\nd: { <<: *a }"))
        .hasMessage("uses YAML merge keys, which are not read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void refuses_what_is_nested_too_deep(String level) {
    assertThatThrownBy(() -> read("{ \"kind\": \"Pod\", \"a\": " + level.repeat(100_000)))
        .hasMessage("is nested deeper than 500 levels");
    assertThatThrownBy(() -> read("kind: Pod\na: " + level.repeat(100_000)))
        .hasMessage("is nested deeper than 500 levels");
  }

  @Test
  void keeps_what_came_before_the_end_of_truncated_json() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    { "kind": "PodList", "apiVersion": "v1", "items": [
                      { "metadata": { "name": "a" } }, { "metadata": { "na"""))
        .hasMessage("ends in the middle (truncated)");
    assertThat(seen).containsExactly("v1 Pod a");
  }

  @Test
  void notices_that_a_yaml_list_was_truncated() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    apiVersion: v1
                    items:
                    - apiVersion: v1
                      kind: Pod
                      metadata:
                        name: a
                    """))
        .hasMessage("is a list without kind, perhaps truncated");
    assertThat(seen).containsExactly("v1 Pod a");
  }

  @Test
  void says_where_something_is_not_json_and_does_not_quote_it() {
    assertThatThrownBy(() -> read("{\n  \"kind\": \"Pod\",\n  \"data\": hunter2 }"))
        .message()
        .startsWith("is not JSON: unexpected character at line 3, column 1")
        .doesNotContain("hunter");
  }

  @Test
  void says_where_something_is_not_yaml_and_does_not_quote_it() {
    assertThatThrownBy(() -> read("kind: Pod\ndata: hunter2: x\n"))
        .hasMessage("is not YAML: unexpected character at line 2, column 14");
  }

  @Test
  void says_what_is_no_kubernetes_object_and_reads_on() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    {} { "name": "x" }
                    { "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "a" } }
                    """))
        .hasMessage("holds an object without kind");
    assertThat(seen).containsExactly("v1 Pod a");
    assertThatThrownBy(() -> read("Unable to connect to the server"))
        .hasMessage("holds something that is no Kubernetes object");
  }

  @Test
  void tells_an_error_of_the_api_server_from_an_object() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    { "kind": "Status", "apiVersion": "v1", "status": "Failure",
                      "message": "pods is forbidden", "reason": "Forbidden", "code": 403 }
                    """))
        .hasMessage("is an error of the API server: Forbidden");
  }

  @Test
  void reads_what_powershell_wrote() throws IOException {
    items(
        new ByteArrayInputStream(
            "\ufeff{ \"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": { \"name\": \"a\" } }"
                .getBytes(UTF_16LE)));
    items(
        new ByteArrayInputStream(
            "\ufeffapiVersion: v1\r\nkind: Pod\r\nmetadata:\r\n  name: b\r\n".getBytes(UTF_16LE)));
    read("\ufeff{ \"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": { \"name\": \"c\" } }");
    read("\ufeffapiVersion: v1\nkind: Pod\nmetadata:\n  name: d\n");

    assertThat(seen).containsExactly("v1 Pod a", "v1 Pod b", "v1 Pod c", "v1 Pod d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{ \"kind\": \"Pod\", \"a\": \"\u00ff\" }", "kind: Pod\na: \u00ff"})
  void refuses_what_is_not_utf_8(String text) {
    assertThatThrownBy(() -> items(new ByteArrayInputStream(text.getBytes(ISO_8859_1))))
        .isInstanceOf(IOException.class)
        .message()
        .startsWith("is not ");
  }

  private Set<String> read(String text) throws IOException {
    return items(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private Set<String> items(InputStream in) throws IOException {
    return Documents.items(
        in,
        true,
        (version, kind, item) -> {
          seen.add(version + " " + kind + " " + item.at("/metadata/name").stringValue(""));
          objects.add(item);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": [1]}", "{a: [1]}", "a: [1]", "# said before\na: [1]\n---\nb: 2"})
  void takes_a_text_for_what_it_is(String text) throws IOException {
    assertThat(Documents.value(text).path("a").path(0).asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing"})
  void a_text_may_hold_nothing(String text) throws IOException {
    assertThat(Documents.value(text).isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "a: [", "{a"})
  void a_text_that_is_cut_holds_no_value(String text) {
    assertThatThrownBy(() -> Documents.value(text)).isInstanceOf(IOException.class);
  }
}
