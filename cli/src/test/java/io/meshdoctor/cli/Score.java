package io.meshdoctor.cli;

import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.facts.Confidence;
import io.meshdoctor.facts.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How often diagnoses of meshes are right whose faults are known.
 *
 * @param meshes how many meshes
 * @param causes how many causes there are in them
 * @param found how many of these are among the root causes
 * @param first of the meshes that have a cause, how many diagnoses begin with one
 * @param faulty how many meshes have a cause
 * @param named how many root causes were named
 * @param right how many of those are right
 * @param firmlyWrong how many of the others are said to be certain
 */
record Score(
    int meshes,
    int causes,
    int found,
    int first,
    int faulty,
    int named,
    int right,
    int firmlyWrong) {

  static final Score NONE = new Score(0, 0, 0, 0, 0, 0, 0, 0);

  /** Heads of the columns of {@link #row}, and the line below them. */
  static final String HEAD =
      """
      | | meshes | causes | found | first of the report | right of those named | wrong, but certain |
      |---|---|---|---|---|---|---|""";

  /**
   * Looks at one diagnosis. Notes are left out, unless a note is what is right.
   *
   * @param causes for each cause the findings that name it
   * @param also what may be said beside them
   */
  static Score of(Diagnosis diagnosis, List<Set<String>> causes, Set<String> also) {
    var named =
        diagnosis.rootCauses().stream()
            .filter(
                root ->
                    root.finding().severity() != Severity.INFO
                        || isAny(causes, root.finding().code()))
            .toList();
    var wrong =
        named.stream()
            .filter(root -> !isAny(causes, root.finding().code()))
            .filter(root -> !also.contains(root.finding().code()))
            .toList();
    int found =
        (int)
            causes.stream()
                .filter(
                    codes -> named.stream().anyMatch(root -> codes.contains(root.finding().code())))
                .count();
    boolean first = !named.isEmpty() && isAny(causes, named.get(0).finding().code());
    return new Score(
        1,
        causes.size(),
        found,
        first ? 1 : 0,
        causes.isEmpty() ? 0 : 1,
        named.size(),
        named.size() - wrong.size(),
        (int)
            wrong.stream()
                .filter(root -> root.finding().confidence() == Confidence.CERTAIN)
                .count());
  }

  private static boolean isAny(List<Set<String>> causes, String code) {
    return causes.stream().anyMatch(codes -> codes.contains(code));
  }

  Score plus(Score other) {
    return new Score(
        meshes + other.meshes,
        causes + other.causes,
        found + other.found,
        first + other.first,
        faulty + other.faulty,
        named + other.named,
        right + other.right,
        firmlyWrong + other.firmlyWrong);
  }

  /** A row of a table. */
  String row(String title) {
    return "| %s | %d | %d | %s | %s | %s | %d |"
        .formatted(
            title,
            meshes,
            causes,
            share(found, causes),
            share(first, faulty),
            share(right, named),
            firmlyWrong);
  }

  private static String share(int part, int whole) {
    return String.format(Locale.ROOT, "%.1f %%", whole == 0 ? 100.0 : 100.0 * part / whole);
  }
}
