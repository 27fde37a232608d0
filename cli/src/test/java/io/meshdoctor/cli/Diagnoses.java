package io.meshdoctor.cli;

import io.meshdoctor.engine.Conclusion;
import io.meshdoctor.engine.Diagnosis;
import io.meshdoctor.engine.Diagnosis.Coverage;
import io.meshdoctor.engine.Diagnosis.Undecided;
import io.meshdoctor.engine.Page;
import io.meshdoctor.engine.Verdict;
import io.meshdoctor.facts.Confidence;
import io.meshdoctor.facts.Finding;
import io.meshdoctor.facts.Scope;
import io.meshdoctor.facts.Severity;
import io.meshdoctor.facts.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Diagnoses that say no more than commands look at. */
final class Diagnoses {

  private Diagnoses() {}

  static Diagnosis healthy() {
    return of(Verdict.HEALTHY, List.of(), List.of());
  }

  static Diagnosis called(String mesh) {
    return of(mesh, Verdict.HEALTHY, List.of(), List.of());
  }

  static Diagnosis undecided(Severity... causes) {
    return of(
        Verdict.UNDECIDED,
        causes(causes),
        List.of(
            new Undecided(
                "MD501", "title", List.of("Service of oslo"), List.of("kubectl get services"))));
  }

  /** Faulty but for causes that are notes only. */
  static Diagnosis with(Severity... causes) {
    boolean faulty = Arrays.stream(causes).anyMatch(severity -> severity != Severity.INFO);
    return of(faulty ? Verdict.FAULTY : Verdict.HEALTHY, causes(causes), List.of());
  }

  /** Healthy, of recordings of which so many files hold credentials. */
  static Diagnosis withCredentials(int files) {
    return of(
        Verdict.HEALTHY,
        IntStream.rangeClosed(1, files)
            .mapToObj(file -> cause("MD902", Severity.INFO, "it holds tokens in file-" + file))
            .toList(),
        List.of());
  }

  private static List<Conclusion> causes(Severity... severities) {
    return Arrays.stream(severities)
        .map(severity -> cause("MD301", severity, "it is broken"))
        .toList();
  }

  private static Conclusion cause(String code, Severity severity, String message) {
    var finding =
        new Finding(
            code,
            "title",
            severity,
            Confidence.CERTAIN,
            Stage.DISCOVERY,
            message,
            new Scope(Scope.ANY, Scope.ANY, Scope.ANY, false),
            List.of(),
            false,
            List.of("oslo"),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    return new Conclusion(
        finding,
        List.of(),
        List.of(),
        List.of(),
        new Page("## Fix\nmend it.\n"),
        Optional.empty(),
        "01");
  }

  private static Diagnosis of(Verdict verdict, List<Conclusion> causes, List<Undecided> undecided) {
    return of("prod", verdict, causes, undecided);
  }

  private static Diagnosis of(
      String mesh, Verdict verdict, List<Conclusion> causes, List<Undecided> undecided) {
    return new Diagnosis(
        mesh,
        verdict,
        List.of(),
        causes,
        causes,
        List.of(),
        undecided,
        new Coverage(2, 1, 3, List.of()));
  }
}
