package io.meshdoctor.collector;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads results of probes: one of them, or a list. */
final class ProbeReader implements InputReader {

  @Override
  public void read(Input input, MeshState mesh) throws IOException {
    JsonPull.read(
        input.body(),
        json -> {
          if (json.isArray()) {
            json.elements(() -> mesh.probes.add(probe(json.tree(), input.path())));
          } else {
            mesh.probes.add(probe(json.tree(), input.path()));
          }
        });
  }

  private static SeenProbe probe(JsonNode probe, String path) throws IOException {
    JsonNode from = probe.path("from");
    JsonNode to = probe.path("to");
    String kind = Fields.text(probe, "kind");
    String cluster = Fields.text(from, "cluster");
    if (kind.isEmpty() || cluster.isEmpty()) {
      throw new IOException("holds a probe without its kind or the cluster that it ran in");
    }
    Map<String, Integer> answers = new LinkedHashMap<>();
    probe
        .path("answers")
        .properties()
        .forEach(answer -> answers.put(answer.getKey(), answer.getValue().asInt(0)));
    return new SeenProbe(
        path,
        kind,
        cluster,
        Fields.text(from, "namespace"),
        Fields.text(from, "pod"),
        Fields.text(to, "cluster"),
        Fields.text(to, "address"),
        Fields.text(to, "host"),
        Fields.number(probe, 0, "attempts"),
        Fields.number(probe, 0, "ok"),
        answers,
        Fields.text(probe, "error"));
  }
}
