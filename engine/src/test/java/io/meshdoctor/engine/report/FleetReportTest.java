package io.meshdoctor.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.engine.Fleet;
import io.meshdoctor.engine.FleetMesh;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FleetReportTest {

  private static String text(int width, boolean detailed) throws IOException {
    return Written.by(
        new FleetTextReport(width, Palette.NONE, "meshdoctor", !detailed, detailed),
        Meshes.fleet());
  }

  @Test
  void has_a_line_for_each_mesh_and_says_what_they_share() throws IOException {
    Approved.check("fleet-100.txt", text(100, false));
  }

  @Test
  void cuts_lines_to_the_width_unless_asked_for_details() throws IOException {
    var narrow = text(60, false);
    var detailed = text(60, true);

    assertThat(narrow.lines().limit(8)).allMatch(line -> line.length() <= 60);
    assertThat(narrow).contains("...\n");
    assertThat(detailed)
        .contains("=== east: meshes/east.tar.gz\nFAULTY: 2 root causes in mesh east")
        .contains("HEALTHY: nothing wrong was found in mesh north");
  }

  @Test
  void gives_programs_each_diagnosis_as_it_is_alone() throws IOException {
    var json = new JsonMapper();
    var fleet = json.readTree(Written.by(new FleetJsonReport(), Meshes.fleet()));

    assertThat(fleet.propertyNames())
        .containsExactly("apiVersion", "kind", "totals", "sharedCauses", "meshes");
    assertThat(fleet.get("kind").asString()).isEqualTo("Fleet");
    assertThat(fleet.get("totals").toString())
        .isEqualTo(
            "{\"meshes\":5,\"healthy\":1,\"faulty\":2,\"undecided\":0,\"failures\":2,\"errors\":2,"
                + "\"warnings\":2,\"infos\":2}");
    assertThat(fleet.get("meshes").values().stream().map(one -> one.get("kind").asString()))
        .containsExactly("Unreadable", "Diagnosis", "Diagnosis", "Failed", "Diagnosis");
    assertThat(fleet.at("/meshes/0/reason").asString()).isEqualTo("meshes/cut.tar.gz ends early");
    assertThat(fleet.at("/sharedCauses/0/meshes").values())
        .extracting(JsonNode::asString)
        .isEqualTo(List.of("east", "west"));
    var alone = json.readTree(Written.by(new JsonReport(), Meshes.healthy()));
    assertThat(fleet.at("/meshes/2/coverage")).isEqualTo(alone.get("coverage"));
    assertThat(fleet.at("/meshes/2/ruledOut")).isEqualTo(alone.get("ruledOut"));
  }

  @Test
  void tells_meshes_of_one_name_apart() {
    var one = FleetMesh.of("a.tar.gz", Meshes.healthy());
    var other = FleetMesh.of("b.tar.gz", Meshes.healthy());

    var fleet = Fleet.of(List.of(other, one));

    assertThat(fleet.meshes())
        .extracting(FleetMesh::name)
        .containsExactly("prod (a.tar.gz)", "prod (b.tar.gz)");
  }
}
