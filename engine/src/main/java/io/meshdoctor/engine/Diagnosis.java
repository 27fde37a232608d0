package io.meshdoctor.engine;

import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Moment;
import io.meshdoctor.facts.Severity;
import io.meshdoctor.facts.Unread;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The answer: what is wrong with a mesh, why, and what could not be told. All lists are in the
 * order in which they are printed, so that two runs over one input print the same.
 *
 * @param mesh name of the mesh
 * @param verdict what it comes to
 * @param clusters the clusters of the mesh, by name
 * @param rootCauses findings that nothing explains
 * @param findings all findings, root causes included
 * @param ruledOut rules that looked at all of their subjects and found nothing
 * @param undecided rules that could not look, and observations that nothing explains
 * @param coverage how much was looked at
 * @param ledger what became of each thing that each rule speaks about; empty unless asked for
 */
public record Diagnosis(
    String mesh,
    Verdict verdict,
    List<Cluster> clusters,
    List<Conclusion> rootCauses,
    List<Conclusion> findings,
    List<RuledOut> ruledOut,
    List<Undecided> undecided,
    Coverage coverage,
    List<Account> ledger) {

  public Diagnosis {
    clusters = List.copyOf(clusters);
    rootCauses = List.copyOf(rootCauses);
    findings = List.copyOf(findings);
    ruledOut = List.copyOf(ruledOut);
    undecided = List.copyOf(undecided);
    ledger = List.copyOf(ledger);
  }

  /** One whose ledger nobody asked for. */
  public Diagnosis(
      String mesh,
      Verdict verdict,
      List<Cluster> clusters,
      List<Conclusion> rootCauses,
      List<Conclusion> findings,
      List<RuledOut> ruledOut,
      List<Undecided> undecided,
      Coverage coverage) {
    this(mesh, verdict, clusters, rootCauses, findings, ruledOut, undecided, coverage, List.of());
  }

  /** Whether a root cause is at least as bad. */
  public boolean hasAtLeast(Severity severity) {
    return rootCauses.stream().anyMatch(root -> root.finding().severity().compareTo(severity) <= 0);
  }

  /** How many root causes are of one of these severities. */
  public long causes(Severity... severities) {
    var wanted = Set.of(severities);
    return rootCauses.stream().filter(root -> wanted.contains(root.finding().severity())).count();
  }

  /**
   * When a finding begins to show; none where something that was observed follows from it already,
   * at first hand or further.
   */
  public List<Moment> breaks(Conclusion conclusion) {
    return isShowing(conclusion, new HashSet<>()) ? List.of() : conclusion.finding().breaks();
  }

  private boolean isShowing(Conclusion conclusion, Set<String> seen) {
    return !conclusion.symptoms().isEmpty()
        || findings.stream()
            .filter(effect -> conclusion.explains().contains(effect.fingerprint()))
            .filter(effect -> seen.add(effect.fingerprint()))
            // an effect is found where it shows
            .anyMatch(effect -> effect.finding().effect() || isShowing(effect, seen));
  }

  /**
   * A rule that looked and found nothing.
   *
   * @param code id of the rule
   * @param title name of the rule
   * @param because some of what excludes its fault, then some of what it looked at
   */
  public record RuledOut(String code, String title, List<Proof> because) {

    public RuledOut {
      because = List.copyOf(because);
    }
  }

  /**
   * Something that could not be told.
   *
   * @param code id of the rule
   * @param title name of the rule
   * @param missing what was not read, or what was observed and is not explained
   * @param decideWith commands that would decide it, cheapest first
   * @param probes probes that would decide it for some subject, where nothing else is missing there
   */
  public record Undecided(
      String code,
      String title,
      List<String> missing,
      List<String> decideWith,
      List<WantedProbe> probes) {

    /** The rule whose findings are what nothing explains; they are no causes. */
    static final String UNEXPLAINED = "MD901";

    public Undecided {
      missing = List.copyOf(missing);
      decideWith = List.copyOf(decideWith);
      probes = List.copyOf(probes);
    }

    /** One that no probe would decide. */
    public Undecided(String code, String title, List<String> missing, List<String> decideWith) {
      this(code, title, missing, decideWith, List.of());
    }

    /** Whether it was observed and nothing explains it, as opposed to not looked at. */
    public boolean isUnexplained() {
      return code.equals(UNEXPLAINED);
    }
  }

  /**
   * A probe that was not made.
   *
   * @param kind as in {@link io.meshdoctor.facts.Probe#kind}
   * @param from operator's name of the cluster that it runs in
   * @param to operator's name of the cluster that it goes to; empty for a request by name
   */
  public record WantedProbe(String kind, String from, String to) {}

  /**
   * How much was looked at.
   *
   * @param rules how many rules there are
   * @param decided how many of them are decided for all of their subjects
   * @param facts how many facts were read
   * @param unread what could not be read
   */
  public record Coverage(int rules, int decided, int facts, List<Unread> unread) {

    public Coverage {
      unread = List.copyOf(unread);
    }
  }
}
