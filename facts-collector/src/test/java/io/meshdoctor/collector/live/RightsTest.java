package io.meshdoctor.collector.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.facts.Listed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class RightsTest {

  private static final Path MANIFEST = Path.of("../deploy/clusterrole.yaml");

  @Test
  void the_manifest_gives_what_is_made_use_of_and_no_more() throws IOException {
    var needed =
        Right.all().stream()
            .map(right -> "%s %s.%s".formatted(right.verb(), right.resource(), right.group()))
            .collect(Collectors.toCollection(TreeSet::new));

    var granted = granted();

    assertThat(granted).isEqualTo(needed);
  }

  @Test
  void no_right_changes_anything() {
    assertThat(Right.all())
        .allMatch(
            right ->
                Set.of("get", "list").contains(right.verb())
                    || (right.verb().equals("create")
                        && Set.of("pods/portforward", "pods/exec").contains(right.resource())));
  }

  @Test
  void all_kinds_that_rules_ask_for_are_read() {
    var read =
        Stream.concat(ListedKind.ALL.stream().map(ListedKind::kind), Stream.of(ListedKind.SECRET));

    assertThat(read)
        .containsExactlyInAnyOrderElementsOf(
            Listed.KINDS.stream().filter(kind -> kind.matches("[A-Z][A-Za-z]+")).toList());
  }

  @Test
  void all_pages_that_rules_ask_for_are_read() {
    List<String> read = new ArrayList<>(PodPages.LOG.whats());
    PodPages.DEBUG.forEach(page -> read.addAll(page.whats()));
    PodPages.ZTUNNEL.forEach(page -> read.addAll(page.whats()));
    PodPages.ENVOY.forEach(page -> read.addAll(page.whats()));

    var others =
        Set.of(
            "mesh-request",
            "pod-connectivity",
            "tcp",
            Listed.SECRET_METADATA,
            Listed.REMOTE_SECRETS,
            Listed.CA_SECRETS,
            Listed.KNOWN_CLUSTERS,
            Listed.GLOBAL_BACKING);
    assertThat(read)
        .containsAll(
            Listed.KINDS.stream()
                .filter(kind -> !kind.matches("[A-Z][A-Za-z]+") && !others.contains(kind))
                .toList());
  }

  private static Set<String> granted() throws IOException {
    Set<String> granted = new TreeSet<>();
    for (var document : Files.readString(MANIFEST).split("\n---\n")) {
      for (var rule : new YAMLMapper().readTree(document).path("rules")) {
        for (var resource : texts(rule, "resources")) {
          for (var verb : texts(rule, "verbs")) {
            texts(rule, "apiGroups")
                .forEach(group -> granted.add("%s %s.%s".formatted(verb, resource, group)));
          }
        }
      }
    }
    return granted;
  }

  private static List<String> texts(JsonNode rule, String field) {
    List<String> texts = new ArrayList<>();
    rule.path(field).forEach(value -> texts.add(value.asString()));
    return texts;
  }
}
