package io.meshdoctor.engine;

import io.meshdoctor.facts.Listed;
import java.util.List;
import org.drools.model.Condition;
import org.drools.model.Pattern;
import org.drools.model.Rule;
import org.drools.model.patterns.CompositePatterns;

/**
 * How the conditions of one rule are divided. They come in the order subject, looked at, fault:
 * those before the first {@code Listed} are the subject, the {@code Listed} ones that follow are
 * what must have been looked at. So the one text of a rule tells which subjects it has, and whether
 * each is found, ruled out or undecided; nobody writes a rule three times.
 *
 * @param subject as far as a {@link FactBase} can be asked for it
 * @param lookedAt what must have been looked at
 * @param fault what makes it a fault
 */
record Division(List<Condition> subject, List<Condition> lookedAt, List<Condition> fault) {

  static Division of(Rule rule) {
    var conditions = ((CompositePatterns) rule.getView()).getSubConditions();
    int first = 0;
    while (first < conditions.size() && !isListed(conditions.get(first))) {
      first++;
    }
    int end = first;
    while (end < conditions.size() && isListed(conditions.get(end))) {
      end++;
    }
    int askable = 0;
    while (askable < first && FactBase.canAnswer(conditions.get(askable))) {
      askable++;
    }
    return new Division(
        conditions.subList(0, askable),
        conditions.subList(first, end),
        conditions.subList(end, conditions.size()));
  }

  /** Whether it tells what became of a subject; else a rule is found, or it is not. */
  boolean hasSubjects() {
    return !subject.isEmpty() && !lookedAt.isEmpty();
  }

  /** How many facts of a match belong to the subject; absences match no fact. */
  int subjectLength() {
    return (int) subject.stream().filter(Pattern.class::isInstance).count();
  }

  /** What a subject binds. */
  Bound bound(Subject matched) {
    var bound = Bound.NOTHING;
    var facts = matched.facts().iterator();
    for (var condition : subject) {
      if (condition instanceof Pattern<?> pattern && facts.hasNext()) {
        bound = bound.with(pattern, facts.next());
      }
    }
    return bound;
  }

  /** What the rule asks to have been read. */
  List<Need.Question> questions() {
    return lookedAt.stream().map(Need.Question::of).toList();
  }

  private static boolean isListed(Condition condition) {
    return condition instanceof Pattern<?> pattern
        && pattern.getType() == Condition.Type.PATTERN
        && pattern.getPatternVariable().getType() == Listed.class;
  }
}
