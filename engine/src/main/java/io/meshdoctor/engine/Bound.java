package io.meshdoctor.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.drools.model.Pattern;
import org.drools.model.Variable;
import org.jspecify.annotations.Nullable;

/** The facts that the conditions of a rule have matched so far, and what they bind. */
final class Bound {

  static final Bound NOTHING = new Bound(null, null, "");

  private final @Nullable Bound before;
  private final @Nullable Pattern<?> pattern;
  private final Object fact;

  private Bound(@Nullable Bound before, @Nullable Pattern<?> pattern, Object fact) {
    this.before = before;
    this.pattern = pattern;
    this.fact = fact;
  }

  /** This, and one fact more. */
  Bound with(Pattern<?> matching, Object matched) {
    return new Bound(this, matching, matched);
  }

  /** The value of a variable; null if it is not bound. */
  @Nullable Object value(Variable<?> variable) {
    for (var one = this; one != null && one.pattern != null; one = one.before) {
      if (one.pattern.getPatternVariable() == variable) {
        return one.fact;
      }
      for (var binding : one.pattern.getBindings()) {
        if (binding.getBoundVariable() == variable) {
          return binding.eval(one.fact);
        }
      }
    }
    return null;
  }

  /** The facts, in the order in which they were matched. */
  List<Object> facts() {
    return factsSince(NOTHING);
  }

  /** The facts that were matched after some others. */
  List<Object> factsSince(Bound others) {
    List<Object> facts = new ArrayList<>();
    for (var one = this; one != null && one != others && one.pattern != null; one = one.before) {
      facts.add(one.fact);
    }
    Collections.reverse(facts);
    return facts;
  }
}
