package io.meshdoctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Verdict;
import io.meshdoctor.facts.Confidence;
import io.meshdoctor.facts.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Takes recordings apart, one part at a time. Whatever lacks, nothing wrong may be certain, and a
 * mesh that is faulty may not be called healthy.
 *
 * <p>{@code -Drecordings=DIR} does so with all recordings of a directory, which takes long.
 */
class MissingPartsTest {

  private static final List<String> RECORDINGS =
      List.of(
          "multi-primary-multi-network-healthy",
          "multi-primary-multi-network-gateway-selector-mismatch",
          "primary-remote-remote-secret-missing",
          "ambient-multi-network-healthy",
          "ambient-multi-network-service-not-global");

  @TestFactory
  Stream<DynamicTest> what_is_not_there_makes_nothing_wrong_certain() {
    return Recordings.chosen(RECORDINGS)
        .map(
            recording ->
                DynamicTest.dynamicTest(
                    recording.name(), () -> assertThat(wrong(recording)).isEmpty()));
  }

  /** What is wrong to say, and of which mesh. */
  static List<String> wrong(Recordings.Recording recording) {
    var whole = recording.diagnosis();
    Set<String> right = recording.right();
    whole.findings().forEach(finding -> right.add(finding.finding().code()));
    return parts(recording.mesh()).entrySet().parallelStream()
        .flatMap(
            part ->
                wrong(part.getValue().diagnose(Recordings.DOCTOR), whole.verdict(), right).stream()
                    .map(line -> part.getKey() + ": " + line))
        .toList();
  }

  private static List<String> wrong(Diagnosis diagnosis, Verdict whole, Set<String> right) {
    List<String> wrong = new ArrayList<>();
    if (whole == Verdict.FAULTY && diagnosis.verdict() == Verdict.HEALTHY) {
      wrong.add("healthy");
    }
    for (var root : diagnosis.rootCauses()) {
      if (!right.contains(root.finding().code()) && isSaidFirmly(root, whole)) {
        wrong.add(
            "%s %s: %s"
                .formatted(
                    root.finding().code(), root.finding().confidence(), root.finding().message()));
      }
    }
    return wrong;
  }

  /** Of a healthy mesh not even a guess is right. */
  private static boolean isSaidFirmly(Conclusion root, Verdict whole) {
    return root.finding().severity() != Severity.INFO
        && (whole == Verdict.HEALTHY || root.finding().confidence() == Confidence.CERTAIN);
  }

  /** The mesh without one part each, by the name of the part. */
  private static Map<String, MeshFiles> parts(MeshFiles mesh) {
    Map<String, MeshFiles> parts = new LinkedHashMap<>();
    SortedSet<String> globs = new TreeSet<>();
    for (var path : mesh.paths()) {
      globs.addAll(partsWith(path));
    }
    for (var glob : globs) {
      var gone = mesh.paths(glob);
      parts.put("without " + glob, mesh.without(gone::contains));
    }
    for (var one : oneOfEachKind(mesh)) {
      parts.put("with half of " + one, mesh.edited(one, half()));
    }
    return parts;
  }

  /** The parts that a file belongs to, each as a glob: of one cluster, and of all. */
  private static List<String> partsWith(String path) {
    var steps = path.split("/", -1);
    if (!steps[0].equals("clusters")) {
      return List.of(path, steps[0] + "{,/**}", path.replaceFirst("-.*", "*"));
    }
    var file = steps[steps.length - 1];
    List<String> parts = new ArrayList<>();
    parts.add("clusters/" + steps[1] + "/**");
    for (var cluster : List.of(steps[1], "*")) {
      var home = "clusters/" + cluster + "/";
      if (steps[2].equals("resources") || cluster.equals("*")) {
        parts.add(home + "**" + file);
      }
      if (steps.length > 3) {
        parts.add(home + steps[2] + "/**");
      }
    }
    return parts;
  }

  private static SortedSet<String> oneOfEachKind(MeshFiles mesh) {
    Map<String, String> kinds = new LinkedHashMap<>();
    for (var path : mesh.paths()) {
      var steps = path.split("/", -1);
      kinds.putIfAbsent(steps[steps.length - 1].replaceFirst("-.*", ""), path);
    }
    return new TreeSet<>(kinds.values());
  }

  private static UnaryOperator<String> half() {
    return text -> text.substring(0, text.length() / 2);
  }
}
