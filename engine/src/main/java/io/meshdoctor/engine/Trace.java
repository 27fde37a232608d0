package io.meshdoctor.engine;

import io.meshdoctor.engine.Account.Missing;
import io.meshdoctor.facts.Stage;
import java.util.List;
import java.util.stream.Stream;

/**
 * A path that somebody asked about: from a client to the endpoints of a service in each cluster of
 * its mesh, stage by stage.
 *
 * @param client the client
 * @param service the service
 * @param legs one for each cluster; that of the client comes last
 * @param diagnosis what is wrong with the mesh, for this path and for others
 */
public record Trace(PathClient client, PathService service, List<Leg> legs, Diagnosis diagnosis) {

  public Trace {
    legs = List.copyOf(legs);
  }

  /** The worst that a leg comes to; that there is nothing in one cluster matters only if in all. */
  public Verdict verdict() {
    return Stream.of(
            Verdict.BROKEN, Verdict.UNDECIDED, Verdict.KEPT_AWAY, Verdict.REACHED, Verdict.EMPTY)
        .filter(one -> legs.stream().anyMatch(leg -> leg.verdict() == one))
        .findFirst()
        .orElse(Verdict.UNDECIDED);
  }

  /** What a leg comes to. */
  public enum Verdict {
    /** Everything that was seen says that requests get there. */
    REACHED,
    /** A stage does not hold. */
    BROKEN,
    /** Requests are kept from going there, by what somebody configured. */
    KEPT_AWAY,
    /** There is no endpoint to reach. */
    EMPTY,
    /** Not all that tells was seen. */
    UNDECIDED
  }

  /**
   * One leg.
   *
   * @param to operator's name of the cluster of the endpoints
   * @param local whether that is the client's own
   * @param verdict what it comes to
   * @param steps all stages, in the order of the path
   */
  public record Leg(String to, boolean local, Verdict verdict, List<Step> steps) {

    public Leg {
      steps = List.copyOf(steps);
    }

    /** The stage where it breaks: the first that has a cause of its own, or else an effect. */
    public Stage breaksAt() {
      return steps.stream()
          .filter(Step::hasCause)
          .findFirst()
          .or(() -> steps.stream().filter(step -> step.state() == State.BROKEN).findFirst())
          .map(Step::stage)
          .orElse(Stage.BALANCING);
    }
  }

  /** How it stands with a stage. */
  public enum State {
    /** Something seen shows that it holds. */
    HOLDS,
    /** It holds, and something is wrong that shows as nothing yet. */
    AT_RISK,
    /** It is not seen itself, but requests or connections get through that need it. */
    IMPLIED,
    /** It is as somebody configured it, which keeps requests away. */
    CONFIGURED,
    /** Some of what it needs was seen, and nothing against it. */
    PARTLY_SEEN,
    /** Nothing that tells was seen. */
    NOT_SEEN,
    /** It does not hold. */
    BROKEN
  }

  /**
   * One stage of a leg.
   *
   * @param stage the stage
   * @param state how it stands
   * @param holds by what it holds, or a part of it, with the facts
   * @param findings what is wrong with it
   * @param symptoms what was observed and should not be
   * @param unseen what could not be told about it
   * @param ruledOut how many rules looked for a fault here and found none
   */
  public record Step(
      Stage stage,
      State state,
      List<Ground> holds,
      List<Conclusion> findings,
      List<Observed> symptoms,
      List<Unseen> unseen,
      int ruledOut) {

    public Step {
      holds = List.copyOf(holds);
      findings = List.copyOf(findings);
      symptoms = List.copyOf(symptoms);
      unseen = List.copyOf(unseen);
    }

    /** The same in another state. */
    Step as(State other) {
      return new Step(stage, other, holds, findings, symptoms, unseen, ruledOut);
    }

    /** Whether something was observed that nothing explains. */
    public boolean isUnexplained() {
      return symptoms.stream().anyMatch(one -> one.causes().isEmpty());
    }

    /** Whether a fault that is no mere effect breaks it. */
    public boolean hasCause() {
      return state == State.BROKEN
          && findings.stream()
              .anyMatch(one -> !one.finding().effect() && !one.finding().shows().isEmpty());
    }
  }

  /**
   * Something by which a stage holds.
   *
   * @param message what it is
   * @param whole whether it shows by itself that the stage holds
   * @param because the facts that tell
   * @param background facts that it also rests on, which say how the mesh is made
   */
  public record Ground(String message, boolean whole, List<Proof> because, List<Proof> background) {

    public Ground {
      because = List.copyOf(because);
      background = List.copyOf(background);
    }
  }

  /**
   * Something observed that should not be.
   *
   * @param message what it is
   * @param because the facts that tell
   * @param causes ids of the findings that explain it; empty where nothing does
   */
  public record Observed(String message, List<Proof> because, List<String> causes) {

    public Observed {
      because = List.copyOf(because);
      causes = List.copyOf(causes);
    }
  }

  /**
   * Something that could not be told.
   *
   * @param missing what was not read, and how to read it
   * @param rules ids of the rules that could not look for it
   */
  public record Unseen(Missing missing, List<String> rules) {

    public Unseen {
      rules = List.copyOf(rules);
    }
  }
}
