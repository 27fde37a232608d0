package io.meshdoctor.engine;

import io.meshdoctor.facts.Fact;
import io.meshdoctor.facts.Leg;
import java.util.Collection;
import java.util.List;
import org.kie.api.runtime.KieSession;

/** A session in which the rules have concluded what they can from some facts. */
final class Reasoning implements AutoCloseable {

  /** More than any mesh needs; a loop among rules is stopped here. */
  private static final int MOST_FIRINGS = 5_000_000;

  private final KieSession session;
  private final Collection<? extends Fact> facts;

  private Reasoning(KieSession session, Collection<? extends Fact> facts) {
    this.session = session;
    this.facts = facts;
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
    var reasoning = new Reasoning(rules.kieBase().newKieSession(), facts);
    try {
      facts.forEach(reasoning.session::insert);
      legs.forEach(reasoning.session::insert);
      reasoning.conclude();
      return reasoning;
    } catch (RuntimeException failed) {
      reasoning.close();
      throw failed;
    }
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

  /**
   * The subjects of all rules. They are looked for when everything is concluded, so that none has
   * to be forgotten again.
   */
  List<Considered> considered() {
    var notes = new LedgerRules.Notes();
    session.addEventListener(notes);
    session.getAgenda().getAgendaGroup(LedgerRules.GROUP).setFocus();
    conclude();
    session.removeEventListener(notes);
    return notes.considered();
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
