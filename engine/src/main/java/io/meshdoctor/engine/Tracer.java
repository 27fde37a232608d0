package io.meshdoctor.engine;

import io.meshdoctor.engine.Account.Entry;
import io.meshdoctor.engine.Account.Missing;
import io.meshdoctor.engine.Account.Outcome;
import io.meshdoctor.engine.Trace.Ground;
import io.meshdoctor.engine.Trace.Observed;
import io.meshdoctor.engine.Trace.State;
import io.meshdoctor.engine.Trace.Step;
import io.meshdoctor.engine.Trace.Unseen;
import io.meshdoctor.engine.Trace.Verdict;
import io.meshdoctor.facts.Cluster;
import io.meshdoctor.facts.Evidence;
import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Finding;
import io.meshdoctor.facts.Leg;
import io.meshdoctor.facts.NetworkPair;
import io.meshdoctor.facts.Scope;
import io.meshdoctor.facts.Serves;
import io.meshdoctor.facts.ServiceBacking;
import io.meshdoctor.facts.Severity;
import io.meshdoctor.facts.Stage;
import io.meshdoctor.facts.Symptom;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Lays out along a path what the rules conclude of a mesh. Concludes nothing itself. */
final class Tracer {

  /** Stages that a path within one cluster has nothing to do with. */
  private static final Set<Stage> BETWEEN_CLUSTERS =
      EnumSet.of(Stage.DISCOVERY, Stage.NETWORK, Stage.GATEWAY);

  /** Components of facts that say which clusters and which service they are about. */
  private static final Set<String> PLACES =
      Set.of("cluster", "heldBy", "controlPlane", "of", "from", "to", "host");

  private final RuleBase rules;
  private final Inference inference;
  private final Diagnosis diagnosis;
  private final Proofs proofs;

  Tracer(RuleBase rules, Inference inference, Diagnosis diagnosis) {
    this.rules = rules;
    this.inference = inference;
    this.diagnosis = diagnosis;
    proofs = new Proofs(inference);
  }

  /** The legs of a path: to other clusters first. */
  static List<Leg> legs(PathClient client, PathService service, Collection<? extends Fact> facts) {
    return facts.stream()
        .filter(Cluster.class::isInstance)
        .map(fact -> ((Cluster) fact).name())
        .distinct()
        .sorted(
            Comparator.comparing((String name) -> name.equals(client.cluster()))
                .thenComparing(Comparator.naturalOrder()))
        .map(
            to ->
                new Leg(
                    client.cluster(),
                    client.namespace(),
                    client.workload(),
                    client.pod(),
                    service.host(),
                    service.port(),
                    to))
        .toList();
  }

  Trace trace(PathClient client, PathService service, List<Leg> legs) {
    return new Trace(client, service, legs.stream().map(this::leg).toList(), diagnosis);
  }

  private Trace.Leg leg(Leg leg) {
    List<Step> steps = new ArrayList<>();
    for (var stage : Stage.values()) {
      steps.add(step(leg, stage));
    }
    if (isShown(leg, Stage.DATA_PATH)) {
      steps.replaceAll(Tracer::implied);
      if (isShown(leg, Stage.BALANCING) && steps.stream().allMatch(s -> s.symptoms().isEmpty())) {
        steps.replaceAll(Tracer::harmless);
      }
    }
    return new Trace.Leg(leg.to(), leg.isLocal(), verdict(leg, steps), steps);
  }

  /** What gets through needs all stages up to it. */
  private static Step implied(Step step) {
    boolean open = step.state() == State.PARTLY_SEEN || step.state() == State.NOT_SEEN;
    return open && step.stage().compareTo(Stage.DATA_PATH) < 0 ? step.as(State.IMPLIED) : step;
  }

  /** Where requests get through and nothing else was observed, no fault shows yet. */
  private static Step harmless(Step step) {
    return step.state() == State.BROKEN ? step.as(State.AT_RISK) : step;
  }

  private boolean isShown(Leg leg, Stage stage) {
    return inference.holds().stream()
        .anyMatch(one -> one.leg().equals(leg) && one.stage() == stage && one.whole());
  }

  private Verdict verdict(Leg leg, List<Step> steps) {
    if (steps.stream().anyMatch(step -> step.state() == State.BROKEN)) {
      return Verdict.BROKEN;
    }
    if (isEmpty(leg)) {
      return Verdict.EMPTY;
    }
    if (steps.stream().anyMatch(step -> step.state() == State.CONFIGURED)) {
      return Verdict.KEPT_AWAY;
    }
    // the last stage shows only where somebody has sent something
    boolean reached =
        steps.stream()
            .filter(step -> step.stage() != Stage.BALANCING)
            .allMatch(
                step ->
                    step.state() == State.HOLDS
                        || step.state() == State.AT_RISK
                        || step.state() == State.IMPLIED);
    return reached ? Verdict.REACHED : Verdict.UNDECIDED;
  }

  /** Whether it is known that nothing is behind the service there. */
  private boolean isEmpty(Leg leg) {
    boolean read = isListed(leg.to(), "Service") && isListed(leg.to(), "EndpointSlice");
    return read
        && inference.evidence().stream()
            .noneMatch(
                one ->
                    one instanceof ServiceBacking backing
                        && backing.cluster().equals(leg.to())
                        && backing.host().equals(leg.host())
                        && backing.ready() > 0);
  }

  private boolean isListed(String cluster, String kind) {
    return inference.listed().stream()
        .anyMatch(one -> one.cluster().equals(cluster) && one.kind().equals(kind));
  }

  private Step step(Leg leg, Stage stage) {
    var findings =
        diagnosis.findings().stream()
            .filter(
                one ->
                    one.finding().stage() == stage && concerns(one.finding().scope(), leg, stage))
            .toList();
    var symptoms =
        inference.symptoms().stream()
            .filter(one -> one.stage() == stage && concerns(one, leg))
            .toList();
    return new Step(
        stage,
        state(leg, stage, findings, symptoms),
        holds(leg, stage),
        findings,
        symptoms.stream().map(this::observed).toList(),
        unseen(leg, stage),
        ruledOut(leg, stage));
  }

  private State state(Leg leg, Stage stage, List<Conclusion> findings, List<Symptom> symptoms) {
    boolean broken =
        findings.stream()
                .map(Conclusion::finding)
                .anyMatch(one -> one.severity() != Severity.INFO && !one.shows().isEmpty())
            || symptoms.stream().anyMatch(one -> !isIntended(one));
    if (broken) {
      return State.BROKEN;
    }
    if (!symptoms.isEmpty()) {
      return State.CONFIGURED;
    }
    if (isShown(leg, stage)) {
      return findings.stream().allMatch(one -> one.finding().severity() == Severity.INFO)
          ? State.HOLDS
          : State.AT_RISK;
    }
    return inference.holds().stream().anyMatch(one -> one.leg().equals(leg) && one.stage() == stage)
        ? State.PARTLY_SEEN
        : State.NOT_SEEN;
  }

  /** Whether all that explains it is what somebody configured. */
  private boolean isIntended(Symptom symptom) {
    var causes = inference.causesOf(symptom);
    return !causes.isEmpty()
        && causes.stream().allMatch(cause -> cause.severity() == Severity.INFO);
  }

  private Observed observed(Symptom symptom) {
    return new Observed(
        symptom.message(),
        proofs.of(symptom),
        inference.causesOf(symptom).stream().map(Finding::code).distinct().toList());
  }

  /** By what it holds; a part that a whole rests on is not said again. */
  private List<Ground> holds(Leg leg, Stage stage) {
    List<Ground> grounds = new ArrayList<>();
    Set<Evidence> said = new HashSet<>();
    for (var one : inference.holds()) {
      if (one.leg().equals(leg) && one.stage() == stage) {
        var premises = inference.premises().getOrDefault(one, Set.of());
        var telling = premises.stream().filter(fact -> !isBackground(fact)).toList();
        var shown = telling.isEmpty() ? premises : telling;
        if (one.whole() || !said.containsAll(shown)) {
          grounds.add(
              new Ground(
                  one.message(),
                  one.whole(),
                  proofs.leaves(shown),
                  telling.isEmpty()
                      ? List.of()
                      : proofs.leaves(premises.stream().filter(Tracer::isBackground).toList())));
          said.addAll(shown);
        }
      }
    }
    return grounds;
  }

  private static boolean isBackground(Evidence fact) {
    return fact instanceof Cluster || fact instanceof NetworkPair || fact instanceof Serves;
  }

  /**
   * Whether a symptom is about the leg. Of one that does not say which cluster was not reached, its
   * causes do.
   */
  private boolean concerns(Symptom symptom, Leg leg) {
    var causes = inference.causesOf(symptom);
    boolean elsewhere =
        symptom.scope().to().equals(Scope.ANY)
            && !causes.isEmpty()
            && causes.stream().noneMatch(cause -> concerns(cause.scope(), leg, cause.stage()));
    return !elsewhere && concerns(symptom.scope(), leg, symptom.stage());
  }

  /** Whether something of this scope is about the leg, seen by its client or its control plane. */
  private boolean concerns(Scope scope, Leg leg, Stage stage) {
    if (leg.isLocal() && (BETWEEN_CLUSTERS.contains(stage) || !scope.host().equals(leg.host()))) {
      return false;
    }
    return Stream.concat(Stream.of(leg.from()), controlPlanes(leg).stream())
        .anyMatch(from -> scope.covers(new Scope(from, leg.to(), leg.host(), false)));
  }

  private Set<String> controlPlanes(Leg leg) {
    Set<String> planes = new TreeSet<>();
    for (var one : inference.evidence()) {
      if (one instanceof Serves serves && serves.cluster().equals(leg.from())) {
        planes.add(serves.controlPlane());
      }
    }
    return planes;
  }

  private List<Unseen> unseen(Leg leg, Stage stage) {
    var rulesOf = new TreeMap<Missing, Set<String>>(Accounts.CHEAPEST);
    for (var account : diagnosis.ledger()) {
      for (var entry : entries(account, leg, stage, Outcome.UNDECIDED)) {
        entry
            .missing()
            .forEach(
                one ->
                    rulesOf
                        .computeIfAbsent(one, missing -> new LinkedHashSet<>())
                        .add(account.code()));
      }
    }
    return rulesOf.entrySet().stream()
        .map(one -> new Unseen(one.getKey(), List.copyOf(one.getValue())))
        .toList();
  }

  private int ruledOut(Leg leg, Stage stage) {
    return (int)
        diagnosis.ledger().stream()
            .filter(account -> !entries(account, leg, stage, Outcome.RULED_OUT).isEmpty())
            .filter(account -> entries(account, leg, stage, Outcome.UNDECIDED).isEmpty())
            .filter(account -> entries(account, leg, stage, Outcome.FOUND).isEmpty())
            .count();
  }

  private List<Entry> entries(Account account, Leg leg, Stage stage, Outcome outcome) {
    if (rules.header(account.code()).stage() != stage
        || (leg.isLocal() && BETWEEN_CLUSTERS.contains(stage))) {
      return List.of();
    }
    return account.entries().stream()
        .filter(entry -> entry.outcome() == outcome)
        .filter(entry -> entry.about().stream().allMatch(fact -> concerns(fact, leg)))
        .toList();
  }

  /** Whether what a rule speaks about is on the leg. */
  private boolean concerns(Evidence fact, Leg leg) {
    if (fact instanceof NetworkPair pair) {
      return pair.from().equals(leg.from()) && pair.to().equals(leg.to());
    }
    Set<String> clusters = controlPlanes(leg);
    clusters.add(leg.from());
    clusters.add(leg.to());
    if (fact instanceof Cluster cluster) {
      return clusters.contains(cluster.name());
    }
    for (var component : fact.getClass().getRecordComponents()) {
      var name = component.getName();
      if (component.getType() == String.class && PLACES.contains(name)) {
        var value = value(fact, component);
        boolean met = name.equals("host") ? value.equals(leg.host()) : clusters.contains(value);
        if (!value.isEmpty() && !met) {
          return false;
        }
      }
    }
    return true;
  }

  private static String value(Evidence fact, RecordComponent component) {
    try {
      return String.valueOf(component.getAccessor().invoke(fact));
    } catch (ReflectiveOperationException unreadable) {
      throw new IllegalStateException("%s of %s".formatted(component, fact), unreadable);
    }
  }
}
