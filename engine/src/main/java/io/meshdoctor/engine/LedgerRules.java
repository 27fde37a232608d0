package io.meshdoctor.engine;

import io.meshdoctor.facts.Listed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.drools.model.Condition;
import org.drools.model.Constraint;
import org.drools.model.Model;
import org.drools.model.Pattern;
import org.drools.model.Rule;
import org.drools.model.Variable;
import org.drools.model.consequences.ConsequenceImpl;
import org.drools.model.functions.Block0;
import org.drools.model.impl.ModelImpl;
import org.drools.model.impl.RuleImpl;
import org.drools.model.patterns.CompositePatterns;
import org.jspecify.annotations.Nullable;
import org.kie.api.event.rule.AfterMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;

/**
 * Derives from the one text of a rule what it considers. With its subjects, its {@code Listed}
 * conditions and its findings each subject is found, ruled out or undecided, and nobody writes a
 * rule three times.
 *
 * <p>A rule's conditions come in the order subject, looked at, fault. The conditions before the
 * first {@code Listed} are the subject; the {@code Listed} ones that follow are what must have been
 * looked at.
 */
final class LedgerRules {

  /** The agenda group of these rules. */
  static final String GROUP = "ledger";

  /** Key of the id of the rule whose subjects a rule notes. */
  private static final String OF = "of";

  private static final Block0 NOTHING = () -> {};

  private LedgerRules() {}

  /** How the conditions of one rule are divided. */
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
      return new Division(
          conditions.subList(0, first),
          conditions.subList(first, end),
          conditions.subList(end, conditions.size()));
    }

    /** How many facts of a match belong to the subject; absences match no fact. */
    int subjectLength() {
      return (int) subject.stream().filter(Pattern.class::isInstance).count();
    }

    /** The values of the variables that the subject binds. */
    Map<String, Object> bindings(Considered.Subject matched) {
      Map<String, Object> bindings = new HashMap<>();
      var facts = matched.facts().iterator();
      for (var condition : subject) {
        if (condition instanceof Pattern<?> pattern && facts.hasNext()) {
          var fact = facts.next();
          bindings.put(pattern.getPatternVariable().getName(), fact);
          for (var binding : pattern.getBindings()) {
            bindings.put(binding.getBoundVariable().getName(), binding.eval(fact));
          }
        }
      }
      return bindings;
    }

    /** The value of a variable that the subject binds; null for others. */
    @Nullable Object bound(String variable, Considered.Subject matched) {
      int position = 0;
      for (var condition : subject) {
        if (condition instanceof Pattern<?> pattern && position < matched.facts().size()) {
          var fact = matched.facts().get(position++);
          if (pattern.getPatternVariable().getName().equals(variable)) {
            return fact;
          }
          for (var binding : pattern.getBindings()) {
            if (binding.getBoundVariable().getName().equals(variable)) {
              return binding.eval(fact);
            }
          }
        }
      }
      return null;
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

  /**
   * The rules that note the subjects of others.
   *
   * @param divisions how the conditions of those are divided, by id
   */
  static Model of(SortedMap<String, Division> divisions) {
    List<Rule> derived = new ArrayList<>();
    divisions.forEach(
        (id, division) -> {
          if (!division.subject().isEmpty() && !division.lookedAt().isEmpty()) {
            derived.add(noting(id, division));
          }
        });
    return new ModelImpl("ledger").withRules(derived);
  }

  private static Rule noting(String id, Division division) {
    var view = new CompositePatterns(Condition.Type.AND, new ArrayList<>(division.subject()));
    return new RuleImpl(
        "io.meshdoctor.ledger",
        "subjects of " + id,
        "",
        view,
        new ConsequenceImpl(NOTHING.asBlockN(), new Variable<?>[0], false, false, "java"),
        Map.of(Rule.Attribute.AGENDA_GROUP, GROUP),
        Map.of(OF, id));
  }

  /** Takes down the subjects; they are no facts, which a session has to remember why it holds. */
  static final class Notes extends DefaultAgendaEventListener {

    private final List<Considered> considered = new ArrayList<>();

    List<Considered> considered() {
      return considered;
    }

    @Override
    public void afterMatchFired(AfterMatchFiredEvent event) {
      var match = event.getMatch();
      if (match.getRule().getMetaData().get(OF) instanceof String id) {
        var facts = match.getObjects();
        considered.add(new Considered(id, Considered.Subject.of(facts, facts.size())));
      }
    }
  }

  /**
   * The text of a {@code Listed} condition's constraints, such as {@code cluster == $here.name}.
   */
  static List<String> constraints(Condition listed) {
    List<String> texts = new ArrayList<>();
    collect(((Pattern<?>) listed).getConstraint(), texts);
    return texts;
  }

  private static void collect(Constraint constraint, List<String> texts) {
    if (constraint.getType() == Constraint.Type.SINGLE) {
      texts.add(constraint.predicateInformation().getStringConstraint());
    } else {
      constraint.getChildren().forEach(child -> collect(child, texts));
    }
  }
}
