package io.meshdoctor.collector.probe;

import io.meshdoctor.collector.InputKind;
import io.meshdoctor.collector.MeshSink;
import io.meshdoctor.collector.MeshSink.PodPage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a probe came to.
 *
 * @param probe the probe
 * @param client container that ran it
 * @param attempts how often it was tried; 0 where nothing could run it
 * @param ok how often it succeeded
 * @param answers how often each answer was given, without what may be a secret
 * @param error what the client printed of the last failure, without what may be a secret; where
 *     nothing could run it, why
 */
public record ProbeResult(
    PlannedProbe probe,
    ProbeClient client,
    int attempts,
    int ok,
    SortedMap<String, Integer> answers,
    String error) {

  private static final JsonMapper JSON = new JsonMapper();

  public ProbeResult {
    answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
  }

  /** Whether it was run at all. */
  public boolean isRun() {
    return attempts > 0;
  }

  /** The form of the bundle's contract. */
  public String json() {
    var target = probe.target();
    var json = JSON.createObjectNode();
    json.put("kind", probe.kind().word());
    json.putObject("from")
        .put("cluster", probe.from())
        .put("namespace", client.namespace())
        .put("pod", client.pod());
    json.putObject("to")
        .put("cluster", target.cluster())
        .put("address", target.isRequest() ? "" : target.authority())
        .put("host", target.isRequest() ? target.authority() + target.path() : "");
    json.put("attempts", attempts).put("ok", ok);
    var given = json.putObject("answers");
    answers.forEach(given::put);
    json.put("error", error);
    return json.toPrettyString() + "\n";
  }

  /** Hands it to a mesh that is being diagnosed, which reads it as it would from a bundle. */
  public void addTo(MeshSink mesh) {
    if (isRun()) {
      try {
        mesh.page(
            new PodPage(InputKind.PROBE, probe.from(), client.namespace(), client.pod(), ""),
            new ByteArrayInputStream(json().getBytes(StandardCharsets.UTF_8)));
      } catch (IOException impossible) {
        throw new UncheckedIOException(
            "The result of a probe is what its reader takes.", impossible);
      }
    }
  }

  /**
   * Writes those that were run into the directory {@code probes} of a bundle, where they take the
   * place of older ones of the same probes.
   *
   * @param bundle the bundle; made where it is not there
   * @return the files
   */
  public static List<Path> write(List<ProbeResult> results, Path bundle) throws IOException {
    var directory = Files.createDirectories(bundle.resolve("probes"));
    Map<String, Integer> used = new HashMap<>();
    List<Path> files = new ArrayList<>();
    for (var result : results) {
      if (result.isRun()) {
        var name = result.fileName();
        int same = used.merge(name, 1, Integer::sum);
        var file = directory.resolve(name + (same == 1 ? "" : "-" + same) + ".json");
        var unfinished = Files.createTempFile(directory, ".probe", ".part");
        Files.writeString(unfinished, result.json());
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        files.add(file);
      }
    }
    return files;
  }

  /** Kind and clusters; names of contexts may hold slashes. */
  private String fileName() {
    var to = probe.target().cluster();
    return "%s-%s%s"
        .formatted(probe.kind().word(), probe.from(), to.isEmpty() ? "" : "-" + to)
        .replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
