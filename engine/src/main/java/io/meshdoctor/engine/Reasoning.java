package io.meshdoctor.engine;

import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Leg;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.drools.model.Rule;
import org.kie.api.runtime.KieSession;

/**
 * A session in which the rules have concluded what they can from some facts.
 *
 * <p>Of a large mesh, rules that can match nothing there are left out: a session keeps facts for
 * each rule that asks for them, and most rules ask for something that a mesh does not have.
 */
final class Reasoning implements AutoCloseable {

  /** More than any mesh needs; a loop among rules is stopped here. */
  private static final int MOST_FIRINGS = 5_000_000;

  /** From so many facts on, room for them costs more than to make rules ready for one mesh. */
  private static final int LARGE = 10_000;

  private final RuleBase rules;
  private final Collection<? extends Fact> facts;
  private final List<Leg> legs;
  private final Optional<Possible> possible;
  private final List<Rule> leftOut = new ArrayList<>();
  private final List<Fact> admitted = new ArrayList<>();
  private KieSession session;

  private Reasoning(
      RuleBase rules,
      Collection<? extends Fact> facts,
      List<Leg> legs,
      Optional<Possible> possible) {
    this.rules = rules;
    this.facts = facts;
    this.legs = legs;
    this.possible = possible;
    this.session = begin(facts);
  }

  /**
   * Lets the rules conclude what they can.
   *
   * @throws RuleFailedException if a rule throws, or rules go round in a circle
   */
  static Reasoning over(RuleBase rules, Collection<? extends Fact> facts) {
    return over(rules, facts, List.of());
  }

  /**
   * Lets the rules conclude what they can, and answer questions about paths.
   *
   * @throws RuleFailedException if a rule throws, or rules go round in a circle
   */
  static Reasoning over(RuleBase rules, Collection<? extends Fact> facts, List<Leg> legs) {
    return over(rules, facts, legs, facts.size() >= LARGE);
  }

  /**
   * Lets the rules conclude what they can.
   *
   * @param selective whether rules that can match nothing are left out
   * @throws RuleFailedException if a rule throws, or rules go round in a circle
   */
  static Reasoning over(
      RuleBase rules, Collection<? extends Fact> facts, List<Leg> legs, boolean selective) {
    var possible = selective ? Optional.of(new Possible(facts)) : Optional.<Possible>empty();
    var reasoning = new Reasoning(rules, facts, legs, possible);
    try {
      reasoning.conclude();
      return reasoning;
    } catch (RuntimeException failed) {
      reasoning.close();
      throw failed;
    }
  }

  private KieSession begin(Collection<? extends Fact> given) {
    leftOut.clear();
    var base = possible.map(ones -> rules.build(rule -> takes(rule, ones)));
    var begun = base.orElseGet(rules::kieBase).newKieSession();
    given.forEach(begun::insert);
    legs.forEach(begun::insert);
    return begun;
  }

  private boolean takes(Rule rule, Possible ones) {
    boolean takes = ones.isFor(rule) || ones.isFor(rule, admitted);
    if (!takes) {
      leftOut.add(rule);
    }
    return takes;
  }

  /** Whether a rule was left out that may match once there are some more facts. */
  boolean isWithoutRulesFor(Collection<Fact> more) {
    return possible.stream()
        .anyMatch(ones -> leftOut.stream().anyMatch(rule -> ones.isFor(rule, more)));
  }

  /**
   * Puts another session in the place of this one, with the rules that were left out; nothing is
   * concluded in it yet.
   *
   * @param more facts that those rules may match
   * @param now all facts that there are by now
   */
  void beginAgain(Collection<Fact> more, Collection<Fact> now) {
    admitted.addAll(more);
    session.dispose();
    session = begin(now);
  }

  /**
   * Lets the rules conclude what they can from facts that have changed.
   *
   * @throws RuleFailedException if a rule throws, or rules go round in a circle
   */
  void conclude() {
    int firings;
    try {
      firings = session.fireAllRules(MOST_FIRINGS);
    } catch (RuntimeException failed) {
      throw RuleFailedException.of(failed, session);
    }
    if (firings >= MOST_FIRINGS) {
      throw RuleFailedException.endless(session);
    }
  }

  /** The facts that the rules were given. */
  Collection<? extends Fact> facts() {
    return facts;
  }

  KieSession session() {
    return session;
  }

  @Override
  public void close() {
    session.dispose();
  }
}
