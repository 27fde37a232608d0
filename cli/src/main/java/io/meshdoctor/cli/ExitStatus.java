package io.meshdoctor.cli;

import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Fleet;
import io.meshdoctor.engine.Verdict;
import io.meshdoctor.facts.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the program ends with, the same for every output format. Scripts depend on it. */
enum ExitStatus {
  /** Nothing at or above {@code --fail-on} was found. */
  PASSED(0, "Nothing at or above --fail-on was found."),
  /** Something at or above {@code --fail-on} was found. */
  FAILED(1, "Something at or above --fail-on was found."),
  /** The command line was wrong, or what it names cannot be read or written. */
  USAGE(2, "The command line was wrong, or what it names cannot be read or written."),
  /** The program itself failed. */
  BROKEN(3, "The program itself failed."),
  /** Nothing was found, but not everything that was needed could be read. */
  UNDECIDED(4, "Nothing was found, but not everything that was needed could be read.");

  /** What a run of several parts comes to if they differ. */
  private static final List<ExitStatus> WORST_FIRST =
      List.of(BROKEN, USAGE, FAILED, UNDECIDED, PASSED);

  private final int code;
  private final String meaning;

  ExitStatus(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** What a diagnosis comes to for scripts. */
  static ExitStatus of(Diagnosis diagnosis, Severity failOn) {
    if (diagnosis.hasAtLeast(failOn)) {
      return FAILED;
    }
    return diagnosis.verdict() == Verdict.UNDECIDED ? UNDECIDED : PASSED;
  }

  /** What a fleet comes to: the worst that one of its meshes does. */
  static ExitStatus of(Fleet fleet, Severity failOn) {
    var worst = PASSED;
    for (var mesh : fleet.meshes()) {
      var one =
          mesh.diagnosis()
              .map(diagnosis -> of(diagnosis, failOn))
              .orElse(mesh.broken() ? BROKEN : USAGE);
      worst = WORST_FIRST.indexOf(one) < WORST_FIRST.indexOf(worst) ? one : worst;
    }
    return worst;
  }

  /** The number that the shell sees. */
  int code() {
    return code;
  }

  /** All of them with their meaning, for usage texts. */
  static Map<String, String> list() {
    Map<String, String> list = new LinkedHashMap<>();
    for (var status : values()) {
      list.put(String.valueOf(status.code), status.meaning);
    }
    return list;
  }
}
