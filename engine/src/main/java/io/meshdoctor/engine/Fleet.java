package io.meshdoctor.engine;

import io.meshdoctor.facts.Severity;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The diagnoses of many meshes.
 *
 * @param meshes the meshes, by name
 */
public record Fleet(List<FleetMesh> meshes) {

  public Fleet {
    meshes = List.copyOf(meshes);
  }

  /** One mesh alone. */
  public static Fleet only(Diagnosis diagnosis) {
    return new Fleet(List.of(FleetMesh.of("", diagnosis)));
  }

  /** Meshes, sorted; those of one name are told apart by where they were read. */
  public static Fleet of(Collection<FleetMesh> meshes) {
    Map<String, List<FleetMesh>> byName =
        meshes.stream().collect(Collectors.groupingBy(FleetMesh::name));
    return new Fleet(
        byName.values().stream()
            .flatMap(Fleet::toldApart)
            .sorted(Comparator.comparing(FleetMesh::name).thenComparing(FleetMesh::source))
            .toList());
  }

  private static Stream<FleetMesh> toldApart(List<FleetMesh> namesakes) {
    if (namesakes.size() == 1) {
      return namesakes.stream();
    }
    long files = namesakes.stream().map(Fleet::file).distinct().count();
    return namesakes.stream()
        .map(
            mesh ->
                mesh.named(
                    "%s (%s)"
                        .formatted(
                            mesh.name(), files == namesakes.size() ? file(mesh) : mesh.source())));
  }

  /** The last name of its path. */
  private static String file(FleetMesh mesh) {
    return mesh.source().substring(mesh.source().lastIndexOf('/') + 1);
  }

  /**
   * A root cause that several meshes have.
   *
   * @param code id of the rule
   * @param title name of the rule
   * @param severity the worst that it has
   * @param meshes names of the meshes, sorted
   */
  public record SharedCause(String code, String title, Severity severity, List<String> meshes) {

    public SharedCause {
      meshes = List.copyOf(meshes);
    }
  }

  /** The root causes that at least two of the meshes have, those of the most meshes first. */
  public List<SharedCause> sharedCauses() {
    Map<String, SharedCause> causes = new LinkedHashMap<>();
    for (var mesh : meshes) {
      mesh.diagnosis().stream()
          .flatMap(diagnosis -> diagnosis.rootCauses().stream())
          .map(Conclusion::finding)
          .map(
              finding ->
                  new SharedCause(
                      finding.code(), finding.title(), finding.severity(), List.of(mesh.name())))
          .forEach(cause -> causes.merge(cause.code(), cause, Fleet::merged));
    }
    return causes.values().stream()
        .filter(cause -> cause.meshes().size() > 1)
        .sorted(
            Comparator.comparingInt((SharedCause cause) -> -cause.meshes().size())
                .thenComparing(SharedCause::severity)
                .thenComparing(SharedCause::code))
        .toList();
  }

  private static SharedCause merged(SharedCause one, SharedCause other) {
    return new SharedCause(
        one.code(),
        one.title(),
        one.severity().compareTo(other.severity()) <= 0 ? one.severity() : other.severity(),
        Stream.concat(one.meshes().stream(), other.meshes().stream()).distinct().toList());
  }

  /** How many of the meshes come to this. */
  public long count(Verdict verdict) {
    return meshes.stream()
        .flatMap(mesh -> mesh.diagnosis().stream())
        .filter(diagnosis -> diagnosis.verdict() == verdict)
        .count();
  }

  /** How many of the meshes have no diagnosis. */
  public long failures() {
    return meshes.stream().filter(mesh -> mesh.diagnosis().isEmpty()).count();
  }

  /** How many root causes of one of these severities there are in all meshes. */
  public long causes(Severity... severities) {
    return meshes.stream()
        .flatMap(mesh -> mesh.diagnosis().stream())
        .mapToLong(diagnosis -> diagnosis.causes(severities))
        .sum();
  }
}
